"""`handfast elapsed` as it is typed: files in, a whole table or a refusal out."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

HANDFAST = str(Path(sys.executable).parent / "handfast")
CALENDAR = 'zone: Europe/Amsterdam\nhours:\n  mon-fri: ["07:30-18:00"]\nholidays:\n  country: NL\n'
INTERVALS = "ticket,start,end\nA-1,2024-12-24T17:00:00,2024-12-27T08:30:00\n"
TIMED = "ticket,start,end,seconds\nA-1,2024-12-24T17:00:00,2024-12-27T08:30:00,7200\n"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    (tmp_path / "calendar.yaml").write_text(CALENDAR)
    (tmp_path / "intervals.csv").write_text(INTERVALS)
    return tmp_path


def elapsed(desk: Path, *words: str) -> subprocess.CompletedProcess[str]:
    typed = [HANDFAST, "elapsed", *(words or ("calendar.yaml", "intervals.csv"))]
    return subprocess.run(typed, cwd=desk, capture_output=True, text=True, check=False)


def test_table_comes_out_on_the_standard_output(desk: Path) -> None:
    ended = elapsed(desk)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, TIMED, "")


def test_table_goes_to_a_file_which_is_replaced_whole(desk: Path) -> None:
    (desk / "out.csv").write_text("what stood there before")
    ended = elapsed(desk, "calendar.yaml", "intervals.csv", "--out", "out.csv")
    assert (ended.returncode, ended.stdout) == (0, "")
    assert (desk / "out.csv").read_text() == TIMED
    assert sorted(path.name for path in desk.iterdir()) == ["calendar.yaml", "intervals.csv", "out.csv"]


def test_bad_row_is_named_and_nothing_is_written(desk: Path) -> None:
    (desk / "intervals.csv").write_text(INTERVALS + "A-2,2024-12-24T17:00:00,never\n")
    (desk / "out.csv").write_text("what stood there before")
    for words in ((), ("--out", "out.csv")):
        ended = elapsed(desk, "calendar.yaml", "intervals.csv", *words)
        assert (ended.returncode, ended.stdout) == (2, "")
        assert "refused (table-refused): intervals.csv, row 3, column end: 'never'" in ended.stderr
    assert (desk / "out.csv").read_text() == "what stood there before"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("absent.yaml", "intervals.csv"), "refused (cannot-read): absent.yaml: cannot be read"),
        (("calendar.yaml", "absent.csv"), "refused (cannot-read): absent.csv: cannot be read"),
        (("calendar.yaml", "intervals.csv", "--out", "absent/out.csv"), "absent/out.csv: cannot be written"),
        (("latin.yaml", "intervals.csv"), "latin.yaml: byte 7 is not UTF-8"),
        (("intervals.csv", "intervals.csv"), "refused (document-refused): intervals.csv"),
    ],
)
def test_file_that_cannot_be_used_is_refused_by_name(desk: Path, words: tuple[str, ...], said: str) -> None:
    (desk / "latin.yaml").write_bytes(b"zone: \xe9\n")
    ended = elapsed(desk, *words)
    assert ended.returncode == 2
    assert said in ended.stderr


def test_unwritten_file_leaves_nothing_behind(desk: Path) -> None:
    (desk / "folder").mkdir()
    ended = elapsed(desk, "calendar.yaml", "intervals.csv", "--out", "folder")
    assert "folder: cannot be written" in ended.stderr
    assert sorted(path.name for path in desk.iterdir()) == ["calendar.yaml", "folder", "intervals.csv"]
