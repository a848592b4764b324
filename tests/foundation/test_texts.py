"""A line is a line: no other begins in it, nothing in it turns what follows, and it is as long as its column."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handfast.foundation.post import header_line
from handfast.foundation.texts import TextRefused, checked_line, currency_fault, line_fault

BREAKS = (
    "\n",
    "\r\n",
    "\t",
    "\x00",
    "\x1b",
    "\x7f",
    "\x85",
    "\u2028",
    "\u2029",
    "\u202e",
    "\u2066",
    "\ud800",
)


@pytest.mark.parametrize("sign", BREAKS, ids=ascii)
def test_sign_that_ends_or_turns_a_line_is_refused_within_it(sign: str) -> None:
    with pytest.raises(TextRefused) as refused:
        checked_line("other_name", f"Customer{sign}Support")
    assert refused.value.fields[0][0] == "other_name"


def test_line_is_as_long_as_its_column_and_never_empty() -> None:
    assert checked_line("name", f" {'x' * 80} ", most=80) == "x" * 80
    for text in ("x" * 81, "", "  "):
        assert line_fault(text, most=80) == "write 1 to 80 characters"


def test_names_of_all_scripts_are_taken() -> None:
    for name in (
        "Jovana Petrović",
        "O’Brien & Co. (Ltd)",
        "علي",
        "क्\u200dष",
        "東京\u3000支社",
        "👩\u200d💻 Desk",
    ):
        assert checked_line("name", name) == name


@given(st.text())
def test_subject_of_a_mail_is_one_line_whatever_stands_in_it(text: str) -> None:
    assert len(header_line(text).splitlines()) <= 1
    assert header_line(text).isprintable()


def test_currency_is_three_capitals_of_the_plain_alphabet() -> None:
    assert currency_fault("CAD") == ""
    for wrong in ("A1B", "ÄÖÜ", "cad", "CADS", "CAD\n", "", "ＣＡＤ"):
        assert currency_fault(wrong)
