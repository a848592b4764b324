"""The plan as a PDF: one page or many, complete for its reader, silent to the other side, the same whenever it is made."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from pypdf import PdfReader
from tests.transition.programme import AT, Programme

from handfast.foundation.scope import entered
from handfast.transition.actions import simulate_now
from handfast.transition.models import Activity
from handfast.transition.queries.exports import pdf
from handfast.transition.queries.exports.files import plan_file
from handfast.transition.queries.outlook import outlook_of
from handfast.transition.queries.pictures.leaves import Paper
from handfast.transition.queries.plans import rows_of

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
HOSTILE = '#eval("1") $x$ *bold* </svg><script>\x0b\ufffe'


def printed(programme: Programme, paper: Paper | None = None, *, by_provider: bool = False) -> PdfReader:
    actor = programme.provider if by_provider else programme.client
    with entered(actor.reach):
        content = plan_file(actor, programme.plan(), "pdf", at=AT, paper=paper or Paper()).content
    return PdfReader(io.BytesIO(content))


def text_of(reader: PdfReader) -> str:
    pages = (page.extract_text() for page in reader.pages)
    return " ".join(" ".join(pages).replace("\xa0", " ").split())


def size_of(reader: PdfReader) -> tuple[int, int]:
    """Of its first page, in whole millimetres."""
    box = reader.pages[0].mediabox
    return round(box.width / 72 * 25.4), round(box.height / 72 * 25.4)


def fonts_of(reader: PdfReader) -> list[Any]:
    found = []
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            (inner,) = font.get_object()["/DescendantFonts"]
            found.append(inner.get_object()["/FontDescriptor"].get_object())
    return found


def test_first_page_says_who_sees_it_as_of_when_and_the_go_live(programme: Programme) -> None:
    reader = printed(programme)
    text = " ".join(reader.pages[0].extract_text().replace("\xa0", " ").split())
    for said in (
        "Plan: Customer Support", "Lumen and Danube Care", "Made for Lumen", "As of 16 Apr 2026",
        "days are those of Europe/Belgrade", "Baseline none agreed", "Live at full volume on",
    ):  # fmt: skip
        assert said in text
    assert (reader.metadata or {})["/Title"] == "Plan: Customer Support"


def test_every_activity_stands_there_with_its_dates_and_its_reason(programme: Programme) -> None:
    text = text_of(printed(programme))
    with entered(programme.client.reach):
        for one in Activity.objects.filter(plan_id=programme.plan_id):
            kept = programme.dates(one.key)
            assert " ".join(one.name.split()) in text
            assert " ".join(kept.why.split()) in text


def test_odds_are_those_of_the_page(programme: Programme) -> None:
    simulate_now(programme.cast.engagement.pk, at=AT, runs=300)
    text = text_of(printed(programme))
    with entered(programme.client.reach):
        outlook = outlook_of(programme.plan())
    assert outlook is not None
    assert "ven odds" in text
    assert f"{outlook.live.p80_at:%b %Y}" in text


@pytest.mark.parametrize(("name", "size"), [("a4", (297, 210)), ("a3", (420, 297))])
def test_many_pages_are_sheets_of_that_paper(programme: Programme, name: Any, size: tuple[int, int]) -> None:
    reader = printed(programme, Paper(name))
    assert size_of(reader) == size
    assert len(reader.pages) > 1


def test_one_page_is_one_page_in_the_proportions_of_the_paper(programme: Programme) -> None:
    reader = printed(programme, Paper("a4", is_one=True))
    wide, high = size_of(reader)
    assert len(reader.pages) == 1
    assert abs(wide * 210 - high * 297) <= 297
    assert wide > 297


def test_each_sheet_of_the_picture_names_the_step_that_it_continues(programme: Programme) -> None:
    second = " ".join(printed(programme).pages[1].extract_text().split())
    assert "Activity Starts Ends Float" in second
    assert ", continued" in second


def test_faces_are_embedded_and_its_structure_is_tagged(programme: Programme) -> None:
    reader = printed(programme)
    fonts = fonts_of(reader)
    assert fonts
    assert all("/FontFile2" in one or "/FontFile3" in one for one in fonts)
    assert {str(one["/FontName"]).partition("+")[2] for one in fonts} == {"Inter"}
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"


def test_same_version_for_the_same_reader_is_the_same_file(programme: Programme) -> None:
    with entered(programme.client.reach):
        first, again = (
            plan_file(programme.client, programme.plan(), "pdf", at=at, paper=Paper()).content
            for at in (AT, AT.replace(hour=11))
        )
    assert first == again


def test_hostile_name_is_words_and_nothing_else(programme: Programme) -> None:
    with entered(programme.client.reach):
        Activity.objects.filter(plan_id=programme.plan_id, key="write.tone").update(name=HOSTILE)
    text = text_of(printed(programme))
    assert '#eval("1") $x$ *bold* </svg><script>' in text


def test_side_sees_its_own_and_nothing_of_the_other(programme: Programme) -> None:
    with entered(programme.client.reach):
        own = programme.internal(
            programme.client, "severance", "Announce the severance", lead="client", likely="9d"
        )
        programme.link(programme.client, own, programme.activity("prepare.goal"))
    programme.date()
    mine, theirs = text_of(printed(programme)), text_of(printed(programme, by_provider=True))
    assert "Announce the severance" in mine
    assert "only Lumen" in mine
    assert "1 of its own is not seen by the other side" in mine
    assert "everance" not in theirs
    assert "only Lumen" not in theirs


def test_plan_that_is_not_dated_yet_says_so(programme: Programme) -> None:
    with entered(programme.client.reach):
        plan = programme.plan()
        content = pdf.plan_pdf(
            rows_of(plan, is_dated=False),
            {"client": "Lumen", "provider": "Danube Care"},
            "Lumen",
            Paper(),
            at=AT,
        )
    assert "The plan is being dated." in text_of(PdfReader(io.BytesIO(content)))


def test_plan_too_long_to_print_is_refused_with_the_way_on(
    client: Client, programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "MOST_PRINTED", 10)
    client.force_login(programme.cast.owner)
    answer = client.get(reverse("transition:plan_export", args=[programme.cast.engagement.pk, "pdf"]))
    assert answer.status_code == 422
    assert b"take it as sheets (XLSX)" in answer.content
    api = client.get(f"/api/transition/engagements/{programme.cast.engagement.pk}/plan/exports/pdf")
    assert (api.status_code, api.json()["code"]) == (422, "plan-too-long-to-print")


def test_program_says_which_paper(client: Client, programme: Programme) -> None:
    client.force_login(programme.cast.owner)
    here = f"/api/transition/engagements/{programme.cast.engagement.pk}/plan/exports/pdf"
    answer = client.get(here, {"paper": "a3", "pages": "one"})
    assert answer["Content-Type"] == "application/pdf"
    assert len(PdfReader(io.BytesIO(answer.content)).pages) == 1
    assert client.get(here, {"paper": "b5"}).status_code == 422


def test_page_of_the_plan_offers_both(client: Client, programme: Programme) -> None:
    client.force_login(programme.cast.owner)
    page = client.get(reverse("transition:plan", args=[programme.cast.engagement.pk])).content.decode()
    here = reverse("transition:plan_export", args=[programme.cast.engagement.pk, "pdf"])
    assert f'href="{here}"' in page
    assert f'href="{here}?pages=one"' in page
