"""Our own mail is cut out of an answer, and no word that somebody wrote."""

from __future__ import annotations

import pytest

from handfast.journeys.answering.quoting import new_words

OURS = """=== Answer above this line ===

Jovana Petrović,

A comment mentions you.

Open it:

Names and figures are not sent by mail. You get this because somebody told it to you by name. Choose what you are mailed:

Answer this mail within 14 days and what you write stands as a comment of yours where you are mentioned.
"""
MARKS = ["answers+abc@handfast.example", "handfast@handfast.example"]
QUOTED = "\n".join(f"> {line}" for line in OURS.split("\n"))


def cut(text: str) -> str:
    return new_words(text, OURS, MARKS)


@pytest.mark.parametrize(
    "introduction",
    [
        "On Mon, 23 Nov 2026 at 10:00, Handfast <handfast@handfast.example> wrote:",
        "On Mon, 23 Nov 2026 at 10:00, Handfast\n<handfast@handfast.example> wrote:",
        "Am 23.11.26 um 10:00 schrieb handfast@handfast.example:",
        "Le lun. 23 nov. 2026, Handfast <handfast@handfast.example> a écrit :",
        "-----Original Message-----\nFrom: Handfast <handfast@handfast.example>\nSent: Monday\nTo: Jovana\nSubject: A comment mentions you",
        "________________________________\n*Von:* handfast@handfast.example\n*Gesendet:* Montag\n*An:* Jovana\n*Betreff:* A comment",
        "",
    ],
)
@pytest.mark.parametrize("quote", [QUOTED, OURS])
def test_answer_above_the_mail_is_what_was_written(introduction: str, quote: str) -> None:
    assert cut(f"Yes, on Friday.\nAnd: the second desk too.\n\n{introduction}\n{quote}") == (
        "Yes, on Friday.\nAnd: the second desk too."
    )


def test_answer_below_the_mail_or_among_its_lines_is_kept() -> None:
    assert cut(f"{QUOTED}\nYes, on Friday.") == "Yes, on Friday."
    middle = "\n".join(f"> {line}" for line in OURS.split("\n")[5:])
    assert cut(f"> === Answer above this line ===\nThanks.\n{middle}\n\nFriday.") == "Thanks.\n\nFriday."
    assert cut(f"{OURS}\nnot\nyou") == "not\nyou"


def test_mail_that_was_broken_anew_is_still_ours() -> None:
    broken = OURS.replace("because somebody", "because\nsomebody").replace("where you are", "where\nyou are")
    assert cut(f"Yes.\n{broken}") == "Yes."


def test_what_is_quoted_from_elsewhere_is_kept() -> None:
    assert cut("> the clause says 4 hours\n\nIt says 6.") == "> the clause says 4 hours\n\nIt says 6."
    assert cut(f"> clause 7\nIt says 6.\n\n{QUOTED}") == "> clause 7\nIt says 6."


def test_line_that_ends_with_a_colon_is_kept() -> None:
    assert cut(f"Two things:\n\n{QUOTED}") == "Two things:"
    assert cut(f"Write to me:\n- a\n- b:\n{QUOTED}") == "Write to me:\n- a\n- b:"


def test_signature_is_cut_where_it_is_as_short_as_one() -> None:
    assert cut("Yes.\n-- \nJovana\nDanube Care") == "Yes."
    long = "\n".join(f"line {n}" for n in range(30))
    assert cut(f"Yes.\n--\n{long}") == f"Yes.\n--\n{long}"


def test_link_into_handfast_that_somebody_writes_is_kept() -> None:
    assert "https://handfast.example/x" in cut(f"{OURS}\nSee https://handfast.example/x for it")


def test_nothing_new_is_nothing() -> None:
    assert cut(f"\n\n{QUOTED}") == ""
    assert cut("") == ""
