"""A contract's summary is read from both forms of a sheet, and refused field by field."""

from __future__ import annotations

import io
from datetime import date, datetime
from decimal import Decimal

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from handfast.contract.reading.summaries import SummarySaid
from handfast.contract.reading.summary_sheets import SummarySheet, read_summary, said_by
from handfast.contract.refusals import SummaryRefused
from handfast.kernel.refusal import Refusal

DOWN = """Field\tValue
Contract\tMaster services agreement
Contract number:\tMSA-7
Start date\t2026-01-01
Expiry date\t31 December 2028
At the end\tIt renews unless notice is given
Renewed for, months\t1 year
Notice period\t6 months
Annual value (CAD)\t5
Yearly value\t2,400,000.00
Governing law\tOntario, Canada
Owner\tVendor office
"""


def read(text: str, currency: str = "CAD") -> SummarySheet:
    return read_summary(text.encode(), "what was pasted", currency)


def fault(line: str) -> str:
    (one,) = read(line).fields
    return one.fault


def value(line: str) -> object:
    (one,) = read(line).fields
    assert one.fault == ""
    return one.value


def workbook(*rows: tuple[object, ...]) -> bytes:
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True})
    sheet, days = book.add_worksheet(), book.add_format({"num_format": "dd/mm/yyyy"})
    for at, cells in enumerate(rows):
        for place, cell in enumerate(cells):
            if isinstance(cell, datetime):
                sheet.write_datetime(at, place, cell, days)
            else:
                sheet.write(at, place, cell)
    book.close()
    return kept.getvalue()


def test_fields_in_rows_are_read_and_the_others_are_named() -> None:
    sheet = read(DOWN)
    assert sheet.values == {
        "title": "Master services agreement", "reference": "MSA-7", "starts_on": date(2026, 1, 1),
        "ends_on": date(2028, 12, 31), "renewal": "automatic", "renewal_months": 12, "notice_months": 6,
        "yearly_value": Decimal("2400000.00"), "governing_law": "Ontario, Canada",
    }  # fmt: skip
    assert (sheet.unread, sheet.faults) == (("Annual value (CAD)", "Owner"), [])
    assert said_by(sheet, None) == SummarySaid(**sheet.values | {"effective_on": date(2026, 1, 1)})  # type: ignore[arg-type]  # by their names


def test_fields_beside_each_other_say_the_same() -> None:
    pairs = [line.split("\t") for line in DOWN.splitlines()[1:]]
    across = "\n".join("\t".join(row) for row in zip(*pairs, strict=True))
    assert read(across).values == read(DOWN).values


def test_true_date_of_a_workbook_is_never_ambiguous() -> None:
    book = workbook(
        ("Contract", "MSA"), ("Start date", datetime(2026, 3, 2)), ("Yearly value", 2400000), ("Notice", 6)
    )
    sheet = read_summary(book, "contract.xlsx", "CAD")
    assert sheet.values == {
        "title": "MSA", "starts_on": date(2026, 3, 2), "yearly_value": Decimal(2400000), "notice_months": 6,
    }  # fmt: skip
    text = read_summary(workbook(("Contract", "MSA"), ("Start date", "02/03/2026")), "contract.xlsx", "CAD")
    assert text.faults == [
        ("starts_on", "“02/03/2026” may be 2 March or 3 February: write 2026-03-02 or 2026-02-03")
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Yearly value\t2,400", "“2,400” may be 2400 or a thousandth of it: write 2400 if it is that"),
        ("Yearly value\t2.400", "“2.400” may be 2400"),
        ("Yearly value\t2,400,00", "is no amount: write it as 2400000 or 2400000.50"),
        ("Yearly value\ttwo millions", "is no amount"),
        ("Yearly value\t-5", "is no amount"),
        ("Yearly value\t$5", "is no amount"),
        ("Yearly value\tEUR 2400000", "the engagement is in CAD, not in EUR"),
        ("Currency\tEUR", "the engagement is in CAD, not in EUR"),
        ("Notice\t90 days", "are no whole months: write 6 or 6 months; days are no months"),
        ("Renewal\tyes", "may mean several things: write none, automatic or option"),
        ("Start\t3/4/2026", "may be 3 April or 4 March"),
        ("Start\tsoon", "is no day"),
    ],
)
def test_what_could_mean_two_things_is_refused_with_what_to_write(line: str, said: str) -> None:
    assert said in fault(line)


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("Yearly value\t2.400.000,50", Decimal("2400000.50")), ("Yearly value\t2 400 000", Decimal(2400000)),
        ("Yearly value\t2\u00a0400\u00a0000.5", Decimal("2400000.5")), ("Yearly value\t2'400'000 CAD", Decimal(2400000)),
        ("Yearly value\tCAD 2400.50", Decimal("2400.50")), ("Yearly value\t2,400.00", Decimal("2400.00")),
        ("Term ends\tuntil notice", None), ("Notice\t3", 3), ("Renewal\tAutomatic  renewal", "automatic"),
        ("At the end\tit ends", "none"), ("Renewal\toption", "option"), ("Currency\tcad", "CAD"),
    ],
)  # fmt: skip
def test_values_are_read_as_people_write_them(line: str, what: object) -> None:
    assert value(line) == what


def test_currency_is_checked_and_no_field() -> None:
    assert read("Contract\tMSA\nCurrency\tCAD\n").values == {"title": "MSA"}


def test_field_that_is_said_twice_is_refused_the_second_time() -> None:
    assert read("Start\t2026-01-01\nStart date\t2026-01-02\n").faults == [
        ("starts_on", "“Start” says it already: leave one of them out")
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Owner\tVendor office\n", "it says none of contract, reference"),
        ("", "it says none of"),
        ("Contract\tMSA\tand more\n", "row 1: more than a field and its value"),
        ("Contract\tTerm starts\nA\t2026-01-01\nB\t2026-01-01\n", "2 rows below the heads"),
        ("Contract\tTerm starts\nA\t2026-01-01\tmore\n", "row 2: more cells than heads"),
        ("Contract\t" + "a" * 4001, "row 1: a cell is longer than 4,000 characters"),
        ("Contract\tMSA\n" * 201, "201 rows; at most 200"),
        ("Contract\tTerm starts\t" + "x\t" * 60 + "\nA\t2026-01-01\n", "63 columns; at most 60"),
        ("%PDF-1.7", "it is a PDF"),
        ("a\x00b", "this is no text"),
        ("a" * (8 * 2**20 + 1), "8,388,609 bytes; at most"),
    ],
)
def test_what_is_no_such_sheet_is_refused(text: str, said: str) -> None:
    with pytest.raises(SummaryRefused) as refused:
        read(text)
    assert said in str(refused.value)


def test_what_a_first_version_needs_is_asked_for_by_its_field() -> None:
    with pytest.raises(SummaryRefused) as refused:
        said_by(read("Governing law\tOntario\nEnd\t1/2/2026\n"), None)
    assert [name for name, _ in refused.value.fields] == ["ends_on", "title", "starts_on", "effective_on"]
    assert "starts_on: the sheet does not say it: add a row “Term starts”" in str(refused.value)


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        assert read(text).fields
    except Refusal as refused:
        assert str(refused)  # noqa: PT017 - a refusal, and no bug
