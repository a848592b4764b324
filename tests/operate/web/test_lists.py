"""Every list of operate, records and the deals leaves by the one door, as CSV and XLSX; every thing shows its history."""

from __future__ import annotations

import csv
import io
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook
from tests.operate.actions.test_reported import REPORTING, report_of, reported
from tests.operate.month import AT, Month, a_month
from tests.operate.queries.test_revising import MORE, OUTAGE, WORLD, after

from handfast.operate.actions import propose_adjustment
from handfast.operate.queries.records import PAGE
from handfast.operate.web import lists

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from handfast.operate.models import Statement
    from handfast.people.models import Person

pytestmark = pytest.mark.django_db
LEVEL = "first_response"
EVIL = "=cmd|' /C calc'!A0"
SAID = {"kind": "record excluded", "type": "duplicate", "records": ["L-2"], "reason": EVIL}
ASKED_BY_AN_EXPORT = 13


@pytest.fixture
def month() -> Month:
    made = a_month(WORLD)
    made.send(MORE)
    return made


def as_(person: Person) -> Client:
    browser = Client()
    browser.force_login(person)
    return browser


def place_of(month: Month, name: str, *more: object) -> str:
    if name in {"engagement:list_export", "journeys:notices_export", "journeys:portfolio_export"}:
        return reverse(name, args=more)
    return reverse(name, args=[month.bargain.cast.engagement.pk, *more])


def rows_of(answer: Any) -> list[list[str]]:
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def exported(month: Month, name: str, *more: object, query: str = "") -> list[dict[str, str]]:
    """The rows of an export as CSV, by their heads; the XLSX holds as many."""
    browser = as_(month.bargain.cast.reader)
    heads, *rows = rows_of(browser.get(place_of(month, name, *more, "csv") + query))
    sheet = browser.get(place_of(month, name, *more, "xlsx") + query)
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(sheet.streaming_content)))
    read = book.get_sheet_by_index(0).to_python()
    assert read[0] == heads
    assert len(read) == len(rows) + 1
    return [dict(zip(heads, row, strict=True)) for row in rows]


def proposed(month: Month, said: dict[str, Any] = SAID) -> None:
    propose_adjustment(month.provider, month.bargain.agreement, side="provider", said=said, at=AT)


def test_statements_are_exported_with_their_figures(month: Month) -> None:
    made = month.issued()
    (row,) = exported(month, "operate:statements_export")
    assert (row["Month"], row["Revision"], row["State"]) == ("2026-03", "1", "waits for Lumen")
    assert (row["Credit"], row["Currency"], row["SHA-256"]) == ("10000.00", "CAD", made.digest)


def test_service_levels_are_exported_month_by_month_and_the_own_draft_is_named(month: Month) -> None:
    month.issued()
    month.drafted(month.client, "2026-04", after(5))
    issued, draft = exported(month, "operate:levels_export")
    assert (issued["Month"], issued["Service level"]) == ("2026-03", "First response")
    assert (issued["Value"], issued["Unit"], issued["Made as"]) == ("60.00", "%", "issued")
    assert (draft["Month"], draft["Made as"]) == ("2026-04", "draft")
    theirs = as_(month.bargain.cast.delivery).get(place_of(month, "operate:levels_export", "csv"))
    assert [line[-1] for line in rows_of(theirs)[1:]] == ["issued"]


def test_records_behind_a_figure_are_all_exported_or_those_of_an_outcome(month: Month) -> None:
    many = [
        (f"M-{n:03}", f"2026-03-12T{hour}:00:00", event)
        for n in range(PAGE + 5)
        for hour, event in (("09", "created"), ("10", "first_reply"))
    ]
    month.send(tuple(many), after(1))
    made = month.issued(at=after(2))
    every = exported(month, "operate:records_export", made.pk, LEVEL)
    assert len(every) == PAGE + 10
    missed = exported(month, "operate:records_export", made.pk, LEVEL, query="?outcome=missed")
    two = next(row for row in missed if row["Record"] == "L-2")
    assert {row["Outcome"] for row in missed} == {"missed"}
    assert (two["Started"], two["Stopped"]) == ("2026-03-03T09:00:00Z", "2026-03-03T15:00:01Z")
    assert float(two["Counted, seconds"]) == 6 * 3600 + 1


def test_adjustments_are_exported_and_a_formula_stays_a_text(month: Month) -> None:
    proposed(month)
    proposed(month, OUTAGE)
    outage, duplicate = exported(month, "operate:adjustments_export")
    assert duplicate["Reason"] == f"'{EVIL}"
    assert (outage["From"], outage["To"]) == ("2026-03-11T09:00:00Z", "2026-03-11T11:00:00Z")
    assert (duplicate["Proposed by"], duplicate["Side"]) == ("Jovana Petrović", "provider")


def test_reported_values_sources_engagements_and_notices_are_exported() -> None:
    month = a_month(REPORTING)
    reported(month)
    (row,) = exported(month, "operate:reported_export")
    assert (row["What"], row["Side"], row["State"]) == ("Satisfaction", "provider", "Reported")
    (source,) = exported(month, "records:sources_export")
    assert (source["Key"], source["Batches that stand"]) == ("desk", "1")
    assert [one["Provider"] for one in exported(month, "engagement:list_export")] == ["Danube Care"]
    assert exported(month, "journeys:notices_export") == []


LISTS = ["statements_export", "levels_export", "adjustments_export", "reported_export"]


@pytest.mark.parametrize("name", [f"operate:{one}" for one in LISTS] + ["records:sources_export"])
def test_rival_finds_no_export_and_nobody_another_form(month: Month, name: str) -> None:
    assert as_(month.bargain.cast.rival).get(place_of(month, name, "csv")).status_code == 404
    assert as_(month.bargain.cast.owner).get(place_of(month, name, "pdf")).status_code == 404


def test_rival_finds_no_records_behind_a_figure_and_the_client_none_of_a_draft(month: Month) -> None:
    made, draft = month.issued(), month.drafted(month.provider, "2026-04", after(5))
    there = place_of(month, "operate:records_export", made.pk, LEVEL, "csv")
    assert as_(month.bargain.cast.rival).get(there).status_code == 404
    of_draft = place_of(month, "operate:records_export", draft.pk, LEVEL, "csv")
    assert as_(month.bargain.cast.owner).get(of_draft).status_code == 404


@pytest.mark.parametrize("many", [1, 30])
def test_export_asks_the_same_however_long_the_list_is(
    month: Month, many: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(many):
        proposed(month)
    browser = as_(month.bargain.cast.owner)
    there = place_of(month, "operate:adjustments_export", "csv")
    browser.get(there)
    with django_assert_num_queries(ASKED_BY_AN_EXPORT):
        rows = rows_of(browser.get(there))
    assert len(rows) == many + 1
    assert rows[0] == list(lists.ADJUSTMENTS)


PAGES = ["operate:statements", "operate:service_levels", "operate:adjustments", "records:sources"]


@pytest.mark.parametrize("name", PAGES)
def test_page_of_a_list_leads_to_its_exports(month: Month, name: str) -> None:
    month.issued()
    proposed(month)
    links = exports_on(month, place_of(month, name))
    assert [link.rpartition("/")[2] for link in links] == ["csv", "xlsx"]


def test_drawer_of_a_figure_and_reported_values_lead_to_their_exports() -> None:
    month = a_month(REPORTING)
    reported(month, report_of())
    made: Statement = month.issued(at=after(5))
    drawer = place_of(month, "operate:level", made.pk, LEVEL)
    assert len(exports_on(month, drawer)) == 2
    assert all("outcome=missed" in link for link in exports_on(month, f"{drawer}?outcome=missed"))
    assert len(exports_on(month, place_of(month, "operate:reported"))) == 2


def exports_on(month: Month, address: str) -> list[str]:
    browser = as_(month.bargain.cast.owner)
    links = re.findall(r'href="([^"]*/export/[^"]+)"', browser.get(address).content.decode())
    for link in links:
        answer = browser.get(link.replace("&amp;", "&"))
        assert (answer.status_code, bool(b"".join(answer.streaming_content))) == (200, True)
    return links


def test_every_thing_leads_to_its_history() -> None:
    month = a_month(REPORTING)
    reported(month)
    month.issued(at=after(5))
    proposed(month, OUTAGE)
    browser = as_(month.bargain.cast.owner)
    statement = place_of(month, "operate:statement", "2026-03")
    mapping = place_of(month, "records:mapping", month.source.pk)
    for address in (
        statement,
        mapping,
        place_of(month, "operate:adjustments"),
        place_of(month, "operate:reported"),
    ):
        links = re.findall(r'href="([^"]*/journal/[0-9a-f-]{36}/)"', browser.get(address).content.decode())
        assert links, address
        for link in links:
            assert browser.get(link).status_code == 200, (address, link)


def test_instants_of_a_sheet_are_instants(month: Month) -> None:
    month.issued()
    browser = as_(month.bargain.cast.owner)
    sheet = browser.get(place_of(month, "operate:statements_export", "xlsx"))
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(sheet.streaming_content)))
    heads, row = book.get_sheet_by_index(0).to_python()
    assert isinstance(row[heads.index("Issued")], datetime)
    assert isinstance(row[heads.index("Credit")], float)
