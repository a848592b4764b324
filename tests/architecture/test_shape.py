"""Files and functions keep their size, their names say something, and nothing is silenced without a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tools.house.shape import (
    LONGEST_FILE,
    LONGEST_FUNCTION,
    NAMED_BY_DJANGO,
    name_faults,
    opening_faults,
    silence_faults,
    size_faults,
)
from tools.house.tree import Source, sources

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize("check", [size_faults, name_faults, opening_faults, silence_faults])
def test_house_holds_to_its_own_shape(check: Callable[[Source], list[str]]) -> None:
    faults = [fault for source in sources() for fault in check(source)]
    assert not faults, "\n".join(faults)


def test_house_has_code_to_hold_to_its_shape() -> None:
    assert {"src", "tests", "tools"} <= {source.place.split("/")[0] for source in sources()}


def of(text: str, place: str = "src/handfast/kernel/worktime/sample.py") -> Source:
    return Source(place, text)


def test_file_is_refused_from_the_first_line_over() -> None:
    assert size_faults(of("x = 1\n" * LONGEST_FILE)) == []
    assert size_faults(of("x = 1\n" * (LONGEST_FILE + 1))) == [
        "src/handfast/kernel/worktime/sample.py:1: 401 lines; at most 400"
    ]


@pytest.mark.parametrize("opening", ["def long():\n", "async def long():\n"])
def test_function_is_refused_from_the_first_line_over(opening: str) -> None:
    assert size_faults(of(opening + "    x = 1\n" * (LONGEST_FUNCTION - 1))) == []
    assert "long has 61 lines" in size_faults(of(opening + "    x = 1\n" * LONGEST_FUNCTION))[0]


@pytest.mark.parametrize(
    "place",
    ["src/handfast/core/x.py", "src/handfast/kernel/utils.py", "tools/_helpers.py", "tests/common/test_x.py"],
)
def test_name_that_says_nothing_is_refused(place: str) -> None:
    assert len(name_faults(of("", place))) == 1


def test_name_that_only_contains_such_a_word_is_kept() -> None:
    assert name_faults(of("", "src/handfast/kernel/servicelevels/baseline.py")) == []


def test_every_name_that_django_asks_for_is_still_needed() -> None:
    assert {source.place for source in sources("src")} >= NAMED_BY_DJANGO


@pytest.mark.parametrize("text", ["", "x = 1\n", '"""No end of a sentence"""\n', "# a comment\nx = 1\n"])
def test_module_without_an_opening_sentence_is_refused(text: str) -> None:
    assert len(opening_faults(of(text))) == 1


def test_module_with_an_opening_sentence_is_kept() -> None:
    assert opening_faults(of('"""What it is."""\n')) == []


@pytest.mark.parametrize(
    "line",
    [
        "x = 1  # noqa",
        "x = 1  # noqa: S101",
        "# a reason, but for the line between\nx = 1\ny = 1  # noqa: S101",
        "x = 1  # noqa: S101 -",
        "x = 1  # type: ignore",
        "x = 1  # type: ignore[misc]",
        "x = 1  # pragma: no cover",
    ],
)
def test_check_silenced_without_code_and_reason_is_refused(line: str) -> None:
    assert len(silence_faults(of(line + "\n"))) == 1


@pytest.mark.parametrize(
    "line",
    [
        "x = 1  # noqa: S101 - the reason stands here",
        "x = 1  # noqa: S101, S102 - the reason stands here",
        "x = 1  # type: ignore[misc]  # the library says Any",
        "x = 1  # type: ignore[misc] - the library says Any",
        "# the reason stands here\nx = 1  # noqa: S101\ny = 1  # noqa: S101",
        'x = "# noqa"  # text that only looks like it',
    ],
)
def test_check_silenced_with_code_and_reason_is_kept(line: str) -> None:
    assert silence_faults(of(line + "\n")) == []
