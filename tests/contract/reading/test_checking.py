"""A text is checked whatever it is, and what cannot be read says where."""

from __future__ import annotations

import pytest
from tests.contract.deal import AMENDED, BROKEN, CHANGED, TERMS

from handfast.contract.reading.checking import checked, prepared
from handfast.contract.reading.differing import difference, differs_from, says_the_same
from handfast.contract.reading.texts import kept_text, read_text
from handfast.contract.reading.wording import words_of
from handfast.contract.refusals import TermsHaveErrors, TermsTooLarge
from handfast.kernel.servicelevels.annex import annex_from


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: [1\nb", 2),
        ("x: &a 1\ny: *a", 1),
        ("a: 1\nb: !!python/object x", 2),
        (BROKEN, 29),
        (TERMS.replace("country: RS", "country: Serbia"), 18),
        ("\x07", 1),
    ],
)
def test_what_cannot_be_read_names_its_line(text: str, line: int) -> None:
    found = checked(text)
    assert found.errors[0].line == line
    with pytest.raises(TermsHaveErrors):
        prepared(text)


def test_alias_bomb_is_refused_before_it_grows() -> None:
    bomb = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 40))
    assert "anchors and aliases are not read" in checked(bomb).errors[0].message


def test_many_amendments_to_a_long_text_are_not_read() -> None:
    services = "".join(f"  s{n}: {{name: S{n}}}\n" for n in range(2_000))
    amendments = "".join(
        f"  - {{from: 2026-02-01, name: n{n}, change: {{period: month}}}}\n" for n in range(100)
    )
    text = TERMS.replace("services:\n", f"services:\n{services}") + f"amendments:\n{amendments}"
    assert checked(text).errors[0].rule == "terms-too-large"


def test_centuries_of_many_calendars_are_not_compiled() -> None:
    calendars = "".join(f"  c{n}: {{zone: Etc/UTC, hours: {{mon: ['09:00-10:00']}}}}\n" for n in range(10))
    text = TERMS.replace("to: 2027-01-01", "to: 2150-01-01").replace(
        "calendars:\n", f"calendars:\n{calendars}"
    )
    assert checked(text).errors[0].rule == "terms-too-large"


def test_size_is_said_with_what_to_do() -> None:
    with pytest.raises(TermsTooLarge, match=r"250,001 bytes; at most 250,000 .* document of its own"):
        kept_text("x" * 250_001)


def test_prepared_terms_hold_an_annex_that_is_read_back() -> None:
    made = prepared(TERMS)
    annex_from(made.annex, name="annex").check(read_text(TERMS)[0])
    assert made.text == TERMS


def test_clean_terms_say_that_they_can_be_proposed() -> None:
    assert checked(TERMS).sentence.endswith("can be proposed.")


def test_comments_and_spacing_say_nothing_else() -> None:
    assert says_the_same(TERMS, "# other\n" + TERMS)
    assert not says_the_same(TERMS, CHANGED)


@pytest.mark.parametrize(
    ("before", "after", "day"),
    [
        (None, TERMS, "2026-01-01"),
        (TERMS, AMENDED, "2026-07-01"),
        (AMENDED, TERMS, "2026-07-01"),
        (AMENDED, AMENDED.replace("2026-07-01", "2026-05-01"), "2026-05-01"),
        (
            AMENDED,
            AMENDED + "  - {from: 2026-09-01, name: n, change: {words: {expected: x}}}\n",
            "2026-09-01",
        ),
        (TERMS, CHANGED, "2026-01-01"),
    ],
)
def test_day_of_the_first_difference_is_found(before: str | None, after: str, day: str) -> None:
    assert differs_from(before, after).isoformat() == day


def test_difference_shows_changed_lines_with_those_around() -> None:
    found = difference(TERMS, CHANGED)
    assert (found.added, found.taken, found.is_cut) == (1, 1, False)
    changed = [line for line in found.lines if line.kind in ("added", "taken")]
    assert [(line.kind, line.text.strip()) for line in changed] == [
        ("taken", "target: 4h"),
        ("added", "target: 3h"),
    ]
    assert found.lines[0].kind == found.lines[-1].kind == "skipped"
    assert difference(TERMS, TERMS).lines == ()


def test_words_follow_the_amendments() -> None:
    first, second = words_of(read_text(AMENDED)[0])
    assert (second.name, second.first.isoformat()) == ("Quicker", "2026-07-01")
    said = [stretch.services[0].levels[0].measured for stretch in (first, second)]
    assert [words.split(",")[0] for words in said] == ["share within 4 h", "share within 2 h"]
