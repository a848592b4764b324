"""Ticked rows: a form, a preview that saves nothing, and the change; and the same by the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.transition.web.test_pages import address, signed_in

from handfast.foundation.scope import entered
from handfast.transition.models import ProposedChange

if TYPE_CHECKING:
    from django.test import Client
    from tests.transition.programme import Programme

pytestmark = pytest.mark.django_db


def given_of(programme: Programme, *keys: str, **more: str) -> dict[str, object]:
    with entered(programme.client.reach):
        ids = [str(programme.activity(key).pk) for key in keys]
        return {"activity": ids, "as_seen": programme.plan().seen_as, **more}


def test_ticked_rows_are_previewed_and_then_changed_by_one_action(
    client: Client, programme: Programme
) -> None:
    signed_in(client, programme.cast.owner)
    here = address(programme, "bulk")
    first = client.post(here, given_of(programme, "write.tone", "setup.desk"))
    assert "Change 2 activities together" in first.content.decode()
    preview = client.post(here, given_of(programme, "write.tone", "setup.desk", step="preview", days="1"))
    assert "1 is changed at once, 1 must be proposed" in preview.content.decode()
    wanting = client.post(here, given_of(programme, "write.tone", "setup.desk", step="change", days="1"))
    assert wanting.status_code == 422
    with entered(programme.client.reach):
        assert programme.activity("write.tone").version == 1
    done = client.post(
        here, given_of(programme, "write.tone", "setup.desk", step="change", days="1", reason="Since.")
    )
    assert done.headers["Location"] == address(programme, "plan")
    with entered(programme.client.reach):
        assert programme.activity("write.tone").version == 2
        assert ProposedChange.objects.count() == 1


def test_nothing_wanted_and_nothing_ticked_are_told(client: Client, programme: Programme) -> None:
    signed_in(client, programme.cast.owner)
    here = address(programme, "bulk")
    nothing = client.post(here, given_of(programme, "write.tone", step="preview"))
    assert nothing.status_code == 422
    assert "nothing is wanted of them" in nothing.content.decode()
    assert "Nothing is ticked" in client.post(here, {}).content.decode()


def test_whoever_only_reads_ticks_nothing(client: Client, programme: Programme) -> None:
    signed_in(client, programme.cast.reader)
    assert b"hf-tick" not in client.get(address(programme, "plan")).content
    assert client.post(address(programme, "bulk"), given_of(programme, "write.tone")).status_code == 403
