"""The page of the benchmarks keeps what was not measured again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tools.bench import PAGE, main, page_of, parts_of

if TYPE_CHECKING:
    import pytest


def test_parts_survive_being_written_and_read() -> None:
    parts = {"pages": "2026-01-01; a machine\n\n| page |\n|---|", "elapsed": "2026-01-02; another"}
    assert parts_of(page_of(parts)) == parts


def test_page_that_stands_holds_its_parts_in_the_order_of_their_names() -> None:
    parts = parts_of(PAGE.read_text("utf-8"))
    assert list(parts) == sorted(parts)
    assert {"elapsed", "import", "pages", "statement"} <= parts.keys()


def test_unknown_benchmark_is_refused_with_those_that_are_known(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pagse"]) == 2
    assert "known: elapsed" in capsys.readouterr().err
