"""What a move would do is told before it is made: in the panel beside the picture, and on a page of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.transition.web.test_pages import address, signed_in

from handfast.foundation.scope import entered

if TYPE_CHECKING:
    from django.test import Client
    from tests.transition.programme import Programme

    from handfast.transition.models import Activity

pytestmark = pytest.mark.django_db


def named(programme: Programme, key: str) -> Activity:
    with entered(programme.client.reach):
        return programme.activity(key)


def test_preview_names_what_the_other_side_must_accept_and_changes_nothing(
    client: Client, programme: Programme
) -> None:
    tasks = named(programme, "prepare.tasks")
    here = address(programme, "effect", tasks.pk)
    page = signed_in(client, programme.cast.owner).get(here, {"longer": "5"}, headers={"HX-Request": "true"})
    said = page.content.decode()
    assert page.status_code == 200
    assert "to be accepted" in said
    assert ">Propose<" in said
    assert "<html" not in said
    assert named(programme, "prepare.tasks").version == tasks.version


def test_move_within_the_float_is_made_at_once_and_offered_to_be_taken_back(
    client: Client, programme: Programme
) -> None:
    tone = named(programme, "write.tone")
    page = signed_in(client, programme.cast.owner).get(address(programme, "effect", tone.pk), {"days": "1"})
    assert "Nothing else moves." in page.content.decode()
    given = {
        "name": tone.name, "lead": tone.lead, "low": tone.low, "likely": tone.likely, "high": tone.high,
        "not_before_on": "2026-05-12", "as_seen": tone.seen_as, "zoom": "days",
    }  # fmt: skip
    done = client.post(address(programme, "change", tone.pk), given)
    assert done.headers["Location"] == f"{address(programme, 'plan')}?zoom=days"
    shown = client.get(done.headers["Location"])
    assert f"“{tone.name}” is changed." in shown.content.decode()
    undone = client.post(shown.context["undo"] and address(programme, "undo", shown.context["undo"].id))
    assert undone.status_code == 302
    assert named(programme, "write.tone").not_before_on is None


def test_drag_that_nothing_lets_through_says_that_it_stays(client: Client, programme: Programme) -> None:
    tasks = named(programme, "prepare.tasks")
    page = signed_in(client, programme.cast.owner).get(
        address(programme, "effect", tasks.pk), {"starts_on": "2026-05-01"}
    )
    assert "holds it there" in page.content.decode()


def test_form_of_the_drawer_is_previewed_too_and_a_wrong_field_is_named(
    client: Client, programme: Programme
) -> None:
    tone = named(programme, "write.tone")
    given = {"name": tone.name, "lead": "client", "low": "5d", "likely": "2d", "high": "3d"}
    signed_in(client, programme.cast.owner)
    wrong = client.post(address(programme, "effect", tone.pk), given)
    assert wrong.status_code == 422
    assert "At best is not longer than likely" in wrong.content.decode()
    right = client.post(address(programme, "effect", tone.pk), given | {"low": "1d"})
    assert "Runs <strong>" in right.content.decode()


@pytest.mark.parametrize("given", [{"days": "x"}, {"starts_on": "31.5."}, {"days": "9999"}])
def test_drag_to_nowhere_is_refused(client: Client, programme: Programme, given: dict[str, str]) -> None:
    tone = named(programme, "write.tone")
    page = signed_in(client, programme.cast.owner).get(address(programme, "effect", tone.pk), given)
    assert page.status_code == 422


def test_preview_is_not_for_whoever_only_reads(client: Client, programme: Programme) -> None:
    tone = named(programme, "write.tone")
    page = signed_in(client, programme.cast.reader).get(address(programme, "effect", tone.pk), {"days": "1"})
    assert page.status_code == 403


def test_other_sides_internal_activity_has_no_effect_to_ask_for(client: Client, programme: Programme) -> None:
    with entered(programme.client.reach):
        own = programme.internal(programme.client, "own", "Budget", lead="client", likely="2d")
    page = signed_in(client, programme.cast.delivery).get(address(programme, "effect", own.pk), {"days": "1"})
    assert page.status_code == 404
