"""The page and the operation that take rows of a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.transition.sheet import TWO, exported
from tests.transition.web.test_pages import address, signed_in

from handfast.foundation.refusals import NotPermitted
from handfast.foundation.scope import entered
from handfast.transition.models import Activity, ProposedChange
from handfast.transition.queries.sheets import read_sheet
from handfast.transition.reading.tables import read_pasted

if TYPE_CHECKING:
    from django.test import Client
    from tests.transition.programme import Programme


pytestmark = pytest.mark.django_db


def test_reader_brings_no_rows_in(client: Client, programme: Programme) -> None:
    reader = programme.cast.actor(programme.cast.reader)
    with entered(reader.reach), pytest.raises(NotPermitted):
        read_sheet(reader, programme.plan(), read_pasted(TWO), is_internal=False)
    signed_in(client, programme.cast.reader)
    assert client.get(address(programme, "sheet")).status_code == 403


def test_page_shows_a_preview_and_saves_it_without_script(client: Client, programme: Programme) -> None:
    signed_in(client, programme.cast.owner)
    here = address(programme, "sheet")
    assert "See what comes of it" in client.get(here).content.decode()
    preview = client.post(
        here, {"pasted": TWO + "Bad\tTrain\tclient\tlong\n", "audience": "shared", "step": "preview"}
    )
    page = preview.content.decode()
    assert "2 new, 1 refused" in page
    assert "Save 2 rows" in page
    assert preview.status_code == 200
    text = page.partition("<textarea")[2].partition(">")[2].partition("</textarea>")[0].lstrip("\n")
    given = {"pasted": text, "audience": "shared", "as_seen": seen(programme)}
    file = client.post(here, {**given, "step": "refused"})
    assert file["Content-Disposition"].endswith('.csv"')
    assert "Bad" in file.content.decode()
    done = client.post(here, {**given, "step": "save"})
    assert done.headers["Location"] == address(programme, "plan")
    assert "2 activities are added." in client.get(address(programme, "plan")).content.decode()


def seen(programme: Programme) -> str:
    with entered(programme.client.reach):
        return programme.plan().seen_as


def test_page_takes_a_workbook_and_asks_for_the_reason_of_what_is_proposed(
    client: Client, programme: Programme
) -> None:
    signed_in(client, programme.cast.owner)
    here = address(programme, "sheet")
    whole = SimpleUploadedFile("plan.xlsx", exported(programme, "xlsx"))
    preview = client.post(here, {"file": whole, "audience": "shared", "step": "preview"}).content.decode()
    assert "every row says what the plan says" in preview
    given = {"pasted": "Key\tActivity\nsetup.desk\tDesk\n", "audience": "shared", "as_seen": seen(programme)}
    asked = client.post(here, {**given, "step": "save"})
    assert asked.status_code == 422
    assert "Say why" in asked.content.decode()
    client.post(here, {**given, "step": "save", "reason": "Said so."})
    with entered(programme.client.reach):
        assert ProposedChange.objects.count() == 1


def test_page_tells_what_it_cannot_read(client: Client, programme: Programme) -> None:
    signed_in(client, programme.cast.owner)
    here = address(programme, "sheet")
    for given, said in (
        ({"pasted": "", "audience": "shared"}, "nothing was sent"),
        ({"pasted": "Activity\n", "audience": "shared"}, "heads and no rows"),
        ({"file": SimpleUploadedFile("x.pdf", b"%PDF-1.7"), "audience": "shared"}, "it is a PDF"),
    ):
        answer = client.post(here, given)
        assert answer.status_code == 422
        assert said in answer.content.decode()
    stale = client.post(here, {"pasted": TWO, "audience": "shared", "as_seen": "0.0.0", "step": "save"})
    assert stale.status_code == 409


def test_program_previews_and_saves(client: Client, programme: Programme) -> None:
    signed_in(client, programme.cast.owner)
    here = f"/api/transition/engagements/{programme.cast.engagement.pk}/activities/sheet"
    given = {"rows": TWO, "as_seen": seen(programme)}
    told = client.post(here, {**given, "is_preview": True}, content_type="application/json")
    assert told.json()["said"] == "2 new"
    with entered(programme.client.reach):
        assert not Activity.objects.filter(name="Check the line").exists()
    assert client.post(here, given, content_type="application/json").status_code == 200
    own = {"rows": "Own\t\tclient\t1d", "as_seen": seen(programme), "is_internal": True}
    assert client.post(here, own, content_type="application/json").json()["lines"][0]["outcome"] == "new"
    wrong = client.post(here, {"rows": "Activity\n", "as_seen": ""}, content_type="application/json")
    assert (wrong.status_code, wrong.json()["code"]) == (422, "sheet-refused")
    assert reverse("transition:sheet", args=[programme.cast.engagement.pk])
