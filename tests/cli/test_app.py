"""The outermost door: a bug never looks like an answer."""

from __future__ import annotations

import sys

import pytest

from handfast.cli import app


def test_an_unforeseen_fault_ends_with_70_and_its_trace(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> None:
        raise ZeroDivisionError("unforeseen")

    monkeypatch.setattr(app, "app", broken)
    with pytest.raises(SystemExit) as ended:
        app.main()
    assert ended.value.code == app.EXIT_BUG == 70
    assert "ZeroDivisionError: unforeseen" in capsys.readouterr().err


def test_a_wrong_option_is_refused_with_2(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["handfast", "statement", "--no-such-option"])
    with pytest.raises(SystemExit) as ended:
        app.main()
    assert ended.value.code == app.EXIT_REFUSED == 2
