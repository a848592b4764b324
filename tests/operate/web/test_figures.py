"""Months as they were reported: brought in by a page or the API, shown apart, told where they differ, and sent round again."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook
from tests.factories.cast import make_cast
from tests.operate.month import POOL, TERMS, Month, a_month

from handfast.foundation.scope import entered
from handfast.operate.models import FigureSheet

if TYPE_CHECKING:
    from django.http import HttpResponse

pytestmark = pytest.mark.django_db
SHEET = "Month\tKPI\tResult\tMet\tTotal\tCredit\n2026-02\tFirst response\t95.34 %\t41\t43\t\n2026-03\tFirst response\t70 %\t\t\t100\n"


@pytest.fixture
def month() -> Month:
    return a_month(TERMS + POOL)


def browser_of(month: Month, who: str = "delivery") -> Client:
    client = Client()
    client.force_login(getattr(month.bargain.cast, who))
    return client


def url(month: Month, name: str, *more: object) -> str:
    return reverse(f"operate:{name}", args=[month.bargain.cast.engagement.pk, *more])


def sent(month: Month, text: str = SHEET, step: str = "save", **more: Any) -> HttpResponse:
    told = {"pasted": text, "step": step, **more}
    return browser_of(month).post(url(month, "bring_in_figures"), told)


def kept(month: Month) -> list[FigureSheet]:
    with entered(month.provider.reach):
        return list(FigureSheet.objects.order_by("number"))


def shown(month: Month, name: str, who: str = "delivery") -> str:
    return browser_of(month, who).get(url(month, name)).content.decode()


def test_preview_says_what_becomes_of_each_row_and_writes_nothing(month: Month) -> None:
    page = sent(month, step="preview").content.decode()
    assert "Of 2 rows 2 are new, 0 change what stands, 0 stand already, 0 are refused." in page
    assert "Bring in 2 figures" in page
    assert kept(month) == []


def test_sheet_is_shown_apart_to_both_sides(month: Month) -> None:
    assert sent(month).status_code == 302
    for who in ("owner", "delivery", "reader"):
        page = shown(month, "reported_months", who)
        assert (
            "2 months, February 2026 to March 2026, stand as they were reported; none is recomputed." in page
        )
        assert "Reported, not recomputed" in page
        assert "41 of 43" in page
    assert "Reported, not recomputed" in shown(month, "statements", "owner")
    assert "2 months stand as reported, not recomputed" in shown(month, "service_levels", "owner")


def test_where_a_statement_stands_too_the_difference_is_told(month: Month) -> None:
    month.issued()
    sent(month)
    page = shown(month, "reported_months")
    assert "1 figure differs from what was computed." in page
    assert "points" in page


def test_refused_rows_are_told_with_why_and_nothing_is_written(month: Month) -> None:
    answer = sent(month, f"{SHEET}2026-01\tResolution\t90 %\t\t\t\n")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "the terms have no level “Resolution”" in page
    assert "figures-refused" in page
    assert "Bring in 2" not in page
    assert kept(month) == []


def test_columns_of_other_names_are_read_as_the_form_says(month: Month) -> None:
    text = "A\tB\tC\n2026-02\tFirst response\t95 %\n"
    page = sent(month, text, "preview").content.decode()
    assert "write the month as 2026-03" in page
    answer = sent(month, text, **{"column-0": "period", "column-1": "level", "column-2": "value"})
    assert answer.status_code == 302
    assert kept(month)[0].figures[0]["value"] == "95"


def test_levels_of_other_names_are_read_as_the_form_says(month: Month) -> None:
    text = SHEET.replace("First response", "FRT (all)")
    page = sent(month, text, "preview").content.decode()
    assert "FRT (all) means" in page
    answer = sent(month, text, **{"word-said-0": "FRT (all)", "word-0": "first_response"})
    assert answer.status_code == 302
    assert [one["level"] for one in kept(month)[0].figures] == ["first_response"] * 2
    assert sent(month, text, **{"word-said-0": "FRT (all)", "word-0": "no level"}).status_code == 422


def test_nothing_sent_is_refused_and_so_is_what_is_no_table(month: Month) -> None:
    assert sent(month, "").status_code == 422
    assert sent(month, "Month").status_code == 422
    file = SimpleUploadedFile("year.pdf", b"%PDF-1.7")
    answer = browser_of(month).post(url(month, "bring_in_figures"), {"file": file, "step": "preview"})
    assert answer.status_code == 422
    assert "a PDF" in answer.content.decode()
    assert kept(month) == []


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_export_comes_in_again_as_nothing_new(month: Month, form: str) -> None:
    sent(month)
    before = [one.figures for one in kept(month)]
    export = browser_of(month).get(url(month, "figures_export", form))
    file = SimpleUploadedFile(f"again.{form}", b"".join(export.streaming_content))  # type: ignore[attr-defined]  # an export is streamed
    answer = browser_of(month).post(url(month, "bring_in_figures"), {"file": file, "step": "save"})
    assert answer.status_code == 409
    assert "figures-stand" in answer.content.decode()
    file.seek(0)
    with entered(month.provider.reach):
        FigureSheet.objects.all().delete()
    browser_of(month).post(url(month, "bring_in_figures"), {"file": file, "step": "save"})
    assert [one.figures for one in kept(month)] == before


def test_sheet_to_fill_in_names_twelve_months_by_the_levels_and_is_read_when_filled(month: Month) -> None:
    export = browser_of(month).get(url(month, "figures_template_export", "xlsx"))
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(export.streaming_content)))  # type: ignore[attr-defined]  # an export is streamed
    heads, *rows = book.get_sheet_by_index(0).to_python()
    assert len(rows) == 12
    place = heads.index("Value")
    filled = [heads, *([*row[:place], "95.4", *row[place + 1 :]] for row in rows)]
    assert sent(month, "\n".join("\t".join(map(str, row)) for row in filled)).status_code == 302
    assert kept(month)[0].rows == 12


def test_withdrawn_sheet_is_told_and_its_figures_are_gone(month: Month) -> None:
    sent(month)
    answer = browser_of(month).post(url(month, "withdraw_sheet", kept(month)[0].pk))
    assert answer.status_code == 302
    page = shown(month, "reported_months")
    assert "No month stands as it was reported." in page
    assert "withdrawn" in page


def test_deal_without_terms_says_what_belongs_here_and_refuses_a_sheet() -> None:
    cast = make_cast()
    client = Client()
    client.force_login(cast.owner)
    page = client.get(reverse("operate:reported_months", args=[cast.engagement.pk]))
    assert "No month as it was reported" in page.content.decode()
    answer = client.get(reverse("operate:bring_in_figures", args=[cast.engagement.pk]))
    assert answer.status_code == 409
    assert "no-terms-yet" in answer.content.decode()


def test_api_tells_what_becomes_of_each_row_and_brings_in_the_same(month: Month) -> None:
    base = f"/api/operate/engagements/{month.bargain.cast.engagement.pk}"
    csv = SHEET.replace("\t", ",")
    dry = browser_of(month).post(
        f"{base}/figure-sheets", {"csv": csv, "dry_run": True}, content_type="application/json"
    )
    assert (dry.status_code, dry.json()["sheet"]) == (200, None)
    assert [one["outcome"] for one in dry.json()["lines"]] == ["new", "new"]
    made = browser_of(month).post(f"{base}/figure-sheets", {"csv": csv}, content_type="application/json")
    assert made.status_code == 201
    told = browser_of(month, "owner").get(f"{base}/figures-as-reported").json()
    assert [(one["period"], one["value"]) for one in told] == [("2026-03", "70"), ("2026-02", "95.34")]
    gone = browser_of(month).post(f"/api/operate/figure-sheets/{made.json()['sheet']['id']}/withdrawal")
    assert gone.json()["withdrawn_at"]
    assert browser_of(month, "owner").get(f"{base}/figures-as-reported").json() == []


def test_page_asks_as_much_for_one_sheet_as_for_thirty(month: Month) -> None:
    counts = []
    for number in range(30):
        sent(month, f"Month\tCredit\n2026-01\t{number}\n")
        if number in {0, 29}:
            with CaptureQueriesContext(connection) as asked:
                shown(month, "reported_months")
            counts.append(len(asked))
    assert counts[0] == counts[1]
