"""`handfast level` as it is typed: a project in, its makespan and bound out."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

HANDFAST = str(Path(sys.executable).parent / "handfast")
PROJECT = """jobs (incl. supersource/sink ):  4
RESOURCES
  - renewable                 :  1   R
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          2           2   3
   2        1          1           4
   3        1          1           4
   4        1          0
REQUESTS/DURATIONS:
jobnr. mode duration  R 1
-------------------------
  1      1     0       0
  2      1     5       2
  3      1     4       2
  4      1     0       0
RESOURCEAVAILABILITIES:
  R 1
    3
"""


def level(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [HANDFAST, "level", *words], cwd=folder, capture_output=True, text=True, check=False
    )


def test_makespan_and_bound_are_told_and_the_starts_written(tmp_path: Path) -> None:
    (tmp_path / "two.sm").write_text(PROJECT)
    ended = level(tmp_path, "two.sm", "--seconds", "5", "--out", "result.json")
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "makespan 9, lower bound 9, optimal\n", "")
    body = json.loads((tmp_path / "result.json").read_text())
    assert {key: body[key] for key in ("file", "makespan", "lower_bound", "status")} == {
        "file": "two.sm",
        "makespan": 9,
        "lower_bound": 9,
        "status": "optimal",
    }
    assert sorted(body["starts"][1:3]) in ([0, 4], [0, 5])


def test_malformed_project_is_refused_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "bad.sm").write_text(PROJECT.replace("5       2", "5       x"))
    ended = level(tmp_path, "bad.sm")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert (
        "refused (project-file-refused): bad.sm, line 14: expected whole numbers, found 'x'" in ended.stderr
    )
