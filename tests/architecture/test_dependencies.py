"""Every dependency is recorded with its job and licence, and every record belongs to a dependency."""

from __future__ import annotations

import re
import tomllib

from tools.house.tree import ROOT

RECORD = ROOT / "docs" / "decisions" / "0002-dependencies.md"


def declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = list(project["dependencies"])
    for path in (ROOT / "requirements").glob("*.in"):
        asked += [line for line in path.read_text("utf-8").splitlines() if line and line[0] not in "-#"]
    return {re.split(r"[<>=\[ ;]", line)[0] for line in asked}


def test_every_dependency_is_recorded_and_every_record_is_used() -> None:
    rows = [line for line in RECORD.read_text("utf-8").splitlines() if line.startswith("| `")]
    recorded = {name for row in rows for name in re.findall(r"`([^`]+)`", row.split("|")[1])}
    assert recorded == declared()
