"""A real release plan of 414 tasks gets the dates that TaskJuggler 3.7.1 computes for it.

Source: the Fedora project's plan of release 20 (MIT), and TaskJuggler's own dates for it.
"""

from __future__ import annotations

import csv
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.kernel.scheduling.taskjuggler import ZONE, Task, plan_from, tasks_in

from handfast.kernel.quantity import instant_of
from handfast.kernel.scheduling.schedule import Schedule, schedule

PLANS = Path(__file__).parents[3] / ".." / "shared" / "data" / "plans"
# Anchors pull back from a release; the plan begins so early that nothing but the links places them.
BEGINS_US = instant_of(datetime(2012, 11, 1, tzinfo=ZoneInfo(ZONE)))


@cache
def fedora() -> tuple[dict[str, Task], Schedule]:
    source = PLANS / "f-20.tjp"
    if not source.exists():
        pytest.skip("the Fedora plan does not lie beside this checkout")
    tasks = tasks_in(source.read_text("utf-8"))
    return tasks, schedule(plan_from(tasks, BEGINS_US))


@cache
def expected() -> dict[str, tuple[int, int]]:
    with (PLANS / "fedora20_schedule.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["Id"]: (there(row["Start"]), there(row["End"])) for row in csv.DictReader(file, delimiter=";")
        }


def there(text: str) -> int:
    return instant_of(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(ZONE)))


def reached(task: Task, found: Schedule) -> tuple[int, int]:
    """A container reaches from its first child to its last; one that is given a start begins there."""
    leaves = [found.by_id[leaf.id] for leaf in task.leaves()]
    starts_us = min(leaf.starts_us for leaf in leaves)
    if task.children and task.start:
        starts_us = min(starts_us, there(task.start))
    return starts_us, max(leaf.ends_us for leaf in leaves)


def test_every_task_of_the_plan_is_read() -> None:
    tasks, _ = fedora()
    assert set(tasks) == set(expected())
    assert len(tasks) == 414


def test_all_414_tasks_start_and_end_where_taskjuggler_puts_them() -> None:
    """In working time: an evening and the next morning are one point of it, and the two programs name either.

    TaskJuggler shows 09:00 where it counts back and 17:00 where it counts on; no minute is open between them.
    """
    tasks, found = fedora()
    office = found.worktimes.named("client")
    different = [
        id_
        for id_, task in tasks.items()
        if [office.worked(us) for us in reached(task, found)] != [office.worked(us) for us in expected()[id_]]
    ]
    assert different == []


def test_elapsed_durations_end_at_the_very_minute() -> None:
    """These run over nights, a weekend and the end of summer time: there is no closed time to agree across.

    One more is left out: it is counted back from a working-time lag, which ends on either side of a night.
    """
    tasks, found = fedora()
    lasting = [id_ for id_, task in tasks.items() if task.duration and not task.precedes]
    assert len(lasting) == 7
    assert {id_: reached(tasks[id_], found) for id_ in lasting} == {id_: expected()[id_] for id_ in lasting}


def test_dates_differ_from_taskjugglers_by_closed_time_only_and_most_by_nothing() -> None:
    tasks, found = fedora()
    same = sum(reached(task, found) == expected()[id_] for id_, task in tasks.items())
    assert same >= 231
