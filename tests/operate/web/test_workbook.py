"""The workbook of a statement says what the page says, its numbers as numbers and its texts as texts."""

from __future__ import annotations

import io
import json
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook
from tests.operate.month import AT, LATE, Month, a_month
from tests.operate.queries.test_revising import MORE, REVOKED, WORLD, accepted, after

from handfast.operate.actions import dispute_line

if TYPE_CHECKING:
    from handfast.operate.models import Statement

pytestmark = pytest.mark.django_db
EVIL = '=HYPERLINK("http://evil.example","ours")'
SHEETS = ["Statement", "Levels", "Adjustments", "Revision causes", "Disputes"]


@pytest.fixture
def month() -> Month:
    made = a_month(WORLD)
    made.send(MORE)
    return made


def revised(month: Month) -> Statement:
    """Disputed with a reason that a spreadsheet would run, then revised by late records and a revoked pause."""
    first = month.issued()
    dispute_line(month.client, first, level="first_response", reason=EVIL, at=AT)
    month.send(LATE, after(10))
    accepted(month, REVOKED | {"reason": "+1+1"}, after(20))
    return month.issued(at=after(30))


def answer_of(month: Month, made: Statement, person: Any) -> Any:
    browser = Client()
    browser.force_login(person)
    place = {"engagement": month.bargain.cast.engagement.pk, "statement": made.pk}
    return browser.get(reverse("operate:workbook", kwargs=place))


def content_of(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)  # the client closes what was read to its end


def sheets_of(month: Month, made: Statement) -> dict[str, list[list[Any]]]:
    answer = answer_of(month, made, month.bargain.cast.reader)
    assert answer.status_code == 200
    assert 'filename="statement-2026-03-revision-' in answer["Content-Disposition"]
    book = CalamineWorkbook.from_filelike(io.BytesIO(content_of(answer)))
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def after_heads(rows: list[list[Any]], first: str) -> list[dict[str, Any]]:
    """The rows under the heads that begin with `first`, by their heads."""
    place = next(number for number, row in enumerate(rows) if row[0] == first)
    return [dict(zip(rows[place], row, strict=True)) for row in rows[place + 1 :]]


def test_workbook_has_its_five_sheets_and_says_what_the_body_says(month: Month) -> None:
    made = revised(month)
    sheets = sheets_of(month, made)
    assert list(sheets) == SHEETS
    facts = {row[0]: row[1] for row in sheets["Statement"]}
    assert (facts["Revision"], facts["SHA-256"], facts["Client"]) == (2, made.digest, "Lumen")
    assert facts["As of"] == made.as_of.replace(tzinfo=None)
    assert "Jovana Petrović" in facts["Danube Care issued"]
    line = after_heads(sheets["Statement"], "Service level")[0]
    level = json.loads(made.body)["levels"][0]
    assert (line["Numerator"], line["Denominator"]) == (int(level["numerator"]), level["n"])
    assert Decimal(str(line["Result"])) == Decimal(level["value"])
    assert (line["Expected"], line["Minimum"], line["Verdict"]) == (92, 70, "Missed")


def test_money_and_totals_are_numbers_that_lose_no_digit(month: Month) -> None:
    made = revised(month)
    rows = after_heads(sheets_of(month, made)["Statement"], "Service level")
    credit = json.loads(made.body)["consequence"]["credit"]
    assert credit == "10000.00"
    for row in rows[:2]:  # the line, and the total under it
        assert isinstance(row["Credit, CAD"], float)
        assert f"{row['Credit, CAD']:.2f}" == credit
    assert rows[1]["Working"] == "Credit to Lumen, CAD"


def test_causes_and_disputes_stand_in_their_sheets_with_exact_points(month: Month) -> None:
    sheets = sheets_of(month, revised(month))
    lines = after_heads(sheets["Revision causes"], "Line")
    assert [(row["Cause"], row["Exactly"], row["Money"]) for row in lines[::2]] == [
        ("desk.csv", "20/1", -10000), ("A-1", "-20/1", 10000),
    ]  # fmt: skip
    assert [(row["Service level"], row["Money"]) for row in lines[1::2]] == [
        ("in all", -10000),
        ("in all", 10000),
    ]
    (dispute,) = after_heads(sheets["Disputes"], "Revision")
    assert (dispute["Revision"], dispute["Service level"]) == (1, "First response")
    assert isinstance(dispute["Raised"], datetime)


def test_text_that_looks_like_a_formula_stays_text(month: Month) -> None:
    made = revised(month)
    sheets = sheets_of(month, made)
    assert after_heads(sheets["Disputes"], "Revision")[0]["Reason"] == EVIL
    assert after_heads(sheets["Adjustments"], "Adjustment")[0]["Reason"] == "+1+1"
    content = content_of(answer_of(month, made, month.bargain.cast.owner))
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert len(book.sheet_names) == len(SHEETS)
    for part in parts_of(content):
        assert b"<f>" not in part
        assert b"<hyperlink " not in part


def parts_of(content: bytes) -> list[bytes]:
    import zipfile  # noqa: PLC0415 - only here

    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return [packed.read(name) for name in packed.namelist()]


def test_stranger_and_rival_find_no_workbook(month: Month) -> None:
    made = month.issued()
    assert answer_of(month, made, month.bargain.cast.rival).status_code == 404
    assert answer_of(month, made, month.bargain.cast.stranger).status_code == 404
    assert (
        Client()
        .get(f"/engagements/{month.bargain.cast.engagement.pk}/statements/{made.pk}/statement.xlsx")
        .status_code
        == 302
    )
