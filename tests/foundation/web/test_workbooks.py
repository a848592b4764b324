"""Numbers in a workbook keep their digits and their look; text is never anything else."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from python_calamine import CalamineWorkbook

from handfast.foundation.web.workbooks import Row, Sheet, Shown, workbook


@pytest.mark.parametrize(
    ("number", "suffix", "wanted"),
    [
        ("12378.00", "", "#,##0.00"),
        ("66.67", " %", '#,##0.00" %"'),
        ("5", "", "#,##0"),
        ("1E+3", "", "#,##0"),
        ("1.5", '";[Red]', "#,##0.0"),
    ],
)
def test_number_is_shown_with_the_decimals_that_it_has(number: str, suffix: str, wanted: str) -> None:
    assert Shown(Decimal(number), suffix).format == wanted


def test_number_that_a_sheet_would_shorten_is_written_as_text() -> None:
    rows = (
        Row((Decimal("12345678901234.56"), Shown(Decimal("123456789012345.6"), " %"))),
        Row((Decimal("-0.10"), "=1+1")),
    )
    answer = workbook("x", [Sheet("One", rows)])
    content = io.BytesIO(answer.getvalue())
    answer.file_to_stream.close()  # the whole answer can only be closed where there is a database
    sheet = CalamineWorkbook.from_filelike(content).get_sheet_by_name("One").to_python()
    assert sheet == [["12,345,678,901,234.56", "123,456,789,012,345.6 %"], [-0.1, "=1+1"]]
