"""The example's files in a folder of their own, and `handfast` typed there without a new process."""

from __future__ import annotations

import contextlib
import io
import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from handfast.cli import main

SUPPORT = Path(__file__).parents[2] / "examples" / "support"
MONTH = ("--period", "2026-03", "--as-of", "2026-04-05T12:00:00Z")
RECORDS = ("tickets=tickets.csv", "calls=calls.csv")
AGREED = ("--reported", "reported.yaml", "--adjustments", "adjustments.yaml")
STATEMENT = ("statement", "terms.yaml", *RECORDS, *MONTH, *AGREED)


@dataclass(frozen=True, slots=True)
class Ended:
    code: int
    out: str
    err: str

    @property
    def told(self) -> Any:
        return json.loads(self.out)


def desk_in(folder: Path) -> Path:
    for path in SUPPORT.iterdir():
        if path.is_file():
            shutil.copy(path, folder / path.name)
    return folder


def handfast(folder: Path, *words: str) -> Ended:
    """One command as it is typed in a folder."""
    out, err, argv = io.StringIO(), io.StringIO(), sys.argv
    sys.argv = ["handfast", *words]
    code: Any = 0
    try:
        with contextlib.chdir(folder), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            main()
    except SystemExit as ended:
        code = ended.code
    finally:
        sys.argv = argv
    return Ended(code or 0, out.getvalue(), err.getvalue())


def stated_in(folder: Path) -> Path:
    """The example's statement of March, as s.json in the folder."""
    ended = handfast(desk_in(folder), *STATEMENT, "--out", "s.json")
    assert (ended.code, ended.err) == (0, "")
    return folder
