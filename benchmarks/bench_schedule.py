"""Scheduling: 10,000 activities on two calendars, and 1,000 as a command beside TaskJuggler's."""

from __future__ import annotations

import csv
import json
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handfast.kernel.quantity import moment_of
from handfast.kernel.scheduling.reading import read_plan
from handfast.kernel.scheduling.schedule import schedule

if TYPE_CHECKING:
    from collections.abc import Callable

RUNS = 5
MANY, FEW = 10_000, 1_000
HANDFAST = Path(sys.executable).parent / "handfast"
TORONTO = {
    "zone": "America/Toronto",
    "hours": {"mon-fri": ["08:00-16:00"]},
    "holidays": {"country": "CA", "subdivision": "ON"},
}
NOVI_SAD = {"zone": "Europe/Belgrade", "hours": {"mon-fri": ["10:00-18:00"]}, "holidays": {"country": "RS"}}
OFFICE = {"zone": "UTC", "hours": {"mon-fri": ["09:00-17:00"]}}
PROJECT = """project p "p" 2026-04-20 +6y {
  timezone "UTC"
  timeformat "%Y-%m-%d %H:%M"
  timingresolution 60min
}
"""
REPORT = """
taskreport dates "dates" { formats csv columns id, end }
"""


def main() -> None:
    """Print one row a way, the median of five runs (of TaskJuggler one), and how many dates the two programs share."""
    large = json.dumps(plan_of(MANY, TORONTO, NOVI_SAD, ["client", "provider", "joint", "either"]))
    plan = read_plan(large, name="large.json")
    print("| activities | what | seconds |\n|---|---|---|")
    _row(MANY, "read a plan on two calendars from JSON", _median(lambda: read_plan(large, name="x")))
    _row(MANY, "schedule it", _median(lambda: schedule(plan)))
    with tempfile.TemporaryDirectory() as made:
        _beside_taskjuggler(Path(made))


def _beside_taskjuggler(folder: Path) -> None:
    content = plan_of(FEW, OFFICE, OFFICE, ["client"])
    (folder / "plan.json").write_text(json.dumps(content), "utf-8")
    (folder / "plan.tjp").write_text(PROJECT + "".join(map(_task, content["activities"])) + REPORT, "utf-8")
    ours = [str(HANDFAST), "plan", "plan.json", "--out", "schedule.json"]
    mine = _median(lambda: _run(ours, folder))
    few = read_plan(json.dumps(content), name="plan.json")
    inside = _median(lambda: schedule(few))
    _row(FEW, "`handfast plan`, from start to end, with every reason, table and bars", mine)
    _row(FEW, "schedule alone", inside)
    if shutil.which("tj3") is None:
        print("\nTaskJuggler was not there to hold it against: apt-get install tj3")
        return
    theirs = _median(lambda: _run(["tj3", "--silent", "--no-color", "plan.tjp"], folder), runs=1)
    with (folder / "dates.csv").open(encoding="utf-8", newline="") as file:
        ends = {row["Id"]: row["End"] for row in csv.DictReader(file, delimiter=";")}
    dated = schedule(few).dated
    same = sum(ends[one.id] == f"{moment_of(one.ends_us):%Y-%m-%d %H:%M}" for one in dated)
    _row(FEW, "`tj3` (TaskJuggler), from start to end", theirs)
    print(
        f"\nTaskJuggler takes {theirs / mine:.1f} times the whole command and {theirs / inside:.0f} times the schedule; "
        f"{same:,} of {FEW:,} ends agree."
    )


def _row(activities: int, what: str, seconds: float) -> None:
    print(f"| {activities:,} | {what} | {seconds:.3f} |", flush=True)


def plan_of(count: int, client: dict[str, Any], provider: dict[str, Any], leads: list[str]) -> dict[str, Any]:
    """Activities of one to ten days, each after up to three of the two hundred before it."""
    drawn = random.Random(1)  # noqa: S311 - a sample, no secret
    activities = [
        {
            "id": f"a{place}",
            "name": f"Activity {place}",
            "lead": drawn.choice(leads),
            "duration": f"{drawn.randint(1, 10)}d",
            "after": sorted({f"a{drawn.randrange(max(0, place - 200), place)}" for _ in range(3)})
            if place
            else [],
        }
        for place in range(count)
    ]
    parties = {
        "client": {"name": "Client", "calendar": client},
        "provider": {"name": "Provider", "calendar": provider},
    }
    return {"name": "Sample", "zone": client["zone"], "starts": "2026-04-20", "parties": parties} | {
        "activities": activities
    }


def _task(one: dict[str, Any]) -> str:
    waits = f"depends {', '.join(one['after'])}" if one["after"] else "start 2026-04-20"
    return f'task {one["id"]} "x" {{ length {one["duration"]} {waits} }}\n'


def _run(command: list[str], folder: Path) -> None:
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def _median(way: Callable[[], object], runs: int = RUNS) -> float:
    taken = []
    for _ in range(runs):
        begun = time.perf_counter()
        way()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
