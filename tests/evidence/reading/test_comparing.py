"""Two texts are compared by paragraphs and words, all but their blanks and in order, in a time that is bounded."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handfast.evidence.reading.comparing import Comparison, Part, compared, paragraphs_of

TEXTS = st.lists(
    st.sampled_from(["# A", "## B", "One two three.", "One two four.", "- x", "- y", ""]), max_size=14
)


def parts_of(found: Comparison) -> list[Part]:
    return [part for stretch in found.stretches for part in stretch.parts]


def side_of(found: Comparison, gone: str) -> list[str]:
    told = (
        "".join(one.text for one in part.pieces if one.kind != gone)
        for part in parts_of(found)
        if part.kind != gone
    )
    return ["".join(one.split()) for one in told]


@given(TEXTS, TEXTS)
def test_comparison_tells_all_of_both_texts_in_their_order(before: list[str], after: list[str]) -> None:
    first, second = "\n".join(before), "\n".join(after)
    found = compared(first, second)
    assert side_of(found, "removed") == ["".join(one.split()) for one in paragraphs_of(second)]
    assert side_of(found, "added") == ["".join(one.split()) for one in paragraphs_of(first)]
    assert compared(first, first).is_same


def test_changed_words_are_marked_and_the_rest_is_not() -> None:
    found = compared("The agent reads the order.\n", "The agent reads the whole order.\n")
    (part,) = parts_of(found)
    assert [(one.kind, one.text) for one in part.pieces] == [
        ("same", "The agent reads the "), ("added", "whole "), ("same", "order."),
    ]  # fmt: skip
    assert (found.changed, found.added, found.removed) == (1, 0, 0)


def test_paragraph_whose_lines_break_elsewhere_is_the_same() -> None:
    assert compared("One two\nthree.\n", "One\ntwo three.\n").is_same


def test_paragraphs_that_are_not_alike_went_and_came() -> None:
    found = compared("Refunds are paid on Fridays.\n", "Calls last ten minutes at most!\n")
    assert [one.kind for one in parts_of(found)] == ["removed", "added"]


def test_what_stays_is_folded_and_headings_above_a_change_are_named() -> None:
    same = "\n\n".join(f"Paragraph {number}." for number in range(20))
    found = compared(
        f"# A\n\n{same}\n\n## B\n\nOld words here.\n", f"# A\n\n{same}\n\n## B\n\nNew words here.\n"
    )
    assert [one.is_folded for one in found.stretches] == [True, False]
    assert len(found.stretches[0].parts) == 21
    assert [one.title for one in found.sections] == ["B"]


def _random(seed: int) -> str:
    chance = random.Random(seed)  # noqa: S311 - a text, not a secret
    return "\n\n".join(" ".join(str(chance.randrange(9_999)) for _ in range(300)) for _ in range(120))


@pytest.mark.parametrize(
    ("before", "after"),
    [("a\n\nb\n\n" * 30_000, "b\n\na\n\n" * 30_000), (_random(1), _random(2)), ("a " * 90_000, "b " * 90_000), ("a\n" * 90_000, "a\n" * 89_000 + "b"),
     ("\n\n".join("a " * one for one in range(1, 600)), "\n\n".join("b a " * one for one in range(1, 300)))],
)  # fmt: skip
def test_longest_texts_are_compared_in_bounded_time(before: str, after: str) -> None:
    assert not compared(before, after).is_same
