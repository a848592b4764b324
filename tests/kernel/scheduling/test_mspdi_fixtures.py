"""Files that Microsoft Project and its importers' authors wrote: read, dated as they date themselves, written back.

Source: the test files of the library MPXJ, beside this checkout.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from defusedxml.ElementTree import fromstring
from tests.kernel.scheduling.mspdi_files import FILES, SPACE, ZONE, computed, real

from handfast.kernel.scheduling.mspdi_planning import Mapped, plan_of
from handfast.kernel.scheduling.mspdi_reading import read_mspdi
from handfast.kernel.scheduling.mspdi_writing import mspdi_text
from handfast.kernel.scheduling.schedule import schedule

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from handfast.kernel.scheduling.mspdi import MspdiPlan

# How many tasks of each carry dates, and how many links: none of them may go missing unseen.
COUNTS = dict(zip(FILES, [(1, 0), (0, 0), (10, 0), (5, 4), (16, 6), (16, 8)], strict=True))


def read(name: str) -> MspdiPlan:
    return read_mspdi(real(name), name=name)


def unpinned(found: MspdiPlan) -> MspdiPlan:
    """Without the mark that a person dated a task, so that nothing but its links does."""
    return replace(found, tasks=tuple(replace(task, is_manual=False) for task in found.tasks))


def written(mapped: Mapped) -> str:
    return mspdi_text(mapped.plan, schedule(mapped.plan), baselines=mapped.baselines)


@pytest.mark.parametrize("name", FILES)
def test_every_task_and_link_of_a_file_is_read(name: str) -> None:
    activities = plan_of(read(name), zone=ZONE).plan.activities
    assert (len(activities), sum(len(one.after) for one in activities)) == COUNTS[name]


@pytest.mark.parametrize("name", FILES)
def test_dates_are_to_the_minute_those_that_the_file_carries(name: str) -> None:
    """48 tasks in all, none different: elapsed ones over weekends, two night and day shifts together, all links."""
    expected = computed(real(name))
    found = schedule(plan_of(unpinned(read(name)), zone=ZONE).plan).by_id
    dates = {uid: (found[f"t{uid}"].starts_us, found[f"t{uid}"].ends_us) for uid in expected}
    assert dates == expected
    assert len(expected) == COUNTS[name][0]


def test_task_dated_by_hand_keeps_its_date_and_says_so() -> None:
    mapped = plan_of(read("task-links-project2019-mspdi.xml"), zone=ZONE)
    assert all(one.fixed_us is not None for one in mapped.plan.activities)
    assert "task UID 2: is dated by hand in the file: its start is kept as fixed" in mapped.remarks


@pytest.mark.parametrize("name", FILES)
def test_file_written_back_and_read_again_is_the_same_plan(name: str) -> None:
    """Tasks, lengths, links, lags, bounds, steps, sites with their calendars, needs, and all baselines."""
    once = plan_of(read(name), zone=ZONE)
    again = plan_of(read_mspdi(written(once), name=name), zone="Asia/Tokyo")
    assert sorted(again.plan.activities, key=lambda one: one.id) == sorted(
        once.plan.activities, key=lambda one: one.id
    )
    assert again.plan.steps == once.plan.steps
    assert again.baselines == once.baselines
    assert (again.plan.zone, again.plan.starts_us) == (once.plan.zone, once.plan.starts_us)
    assert {one.id: one.ends_us for one in schedule(again.plan).dated} == {
        one.id: one.ends_us for one in schedule(once.plan).dated
    }


def test_all_ten_baselines_of_a_task_survive_though_a_plan_holds_one() -> None:
    name = "baselines.xml"
    once = plan_of(read(name), zone=ZONE)
    text = written(once)
    assert baselines_in(fromstring(text)) == baselines_in(fromstring(real(name)))
    assert len(once.baselines["t1"]) == 10


def test_weeks_of_elapsed_time_are_168_true_hours_where_clocks_change() -> None:
    """The two that differ in a zone: Project knows none, and counts the hour that London skips in March 2009."""
    name = "mspdiduration.xml"
    found = schedule(plan_of(read(name), zone="Europe/London").plan)
    carried = computed(real(name), "Europe/London")
    later = {
        uid: found.by_id[f"t{uid}"].ends_us - ends_us
        for uid, (_, ends_us) in carried.items()
        if found.by_id[f"t{uid}"].ends_us != ends_us
    }
    assert later == {9: 3_600_000_000, 10: 3_600_000_000}


def baselines_in(root: Element) -> list[tuple[str | None, ...]]:
    """Those that have dates; the project's own line has ten without."""
    fields = ("Number", "Start", "Finish", "Duration")
    return [
        tuple(one.findtext(f"{SPACE}{field}") for field in fields)
        for one in root.iterfind(f"{SPACE}Tasks/{SPACE}Task/{SPACE}Baseline")
        if one.find(f"{SPACE}Start") is not None
    ]


@pytest.mark.parametrize("name", FILES)
def test_tags_stand_in_the_order_in_which_project_writes_them(name: str) -> None:
    """The format is a sequence: a reader that checks it refuses tags in another order."""
    theirs = _orders(fromstring(real("sample.xml"))) | _orders(
        fromstring(real("task-links-project2019-mspdi.xml"))
    )
    ours = _orders(fromstring(written(plan_of(read(name), zone=ZONE))))
    assert ours
    assert not {(kind, second, first) for kind, first, second in ours} & theirs


def _orders(root: Element) -> set[tuple[str, str, str]]:
    """Within each kind of element, which tag comes before which other."""
    found = set()
    for element in root.iter():
        names = list(dict.fromkeys(child.tag for child in element))
        found |= {
            (element.tag, first, second) for place, first in enumerate(names) for second in names[place + 1 :]
        }
    return found


def test_resources_of_two_shifts_work_together_around_their_shifts() -> None:
    mapped = plan_of(read("sample.xml"), zone=ZONE)
    task = mapped.plan.activities[mapped.plan.places["t2"]]
    assert task.site == "First Resource + Second Resource"
    assert [(need.role, need.hundredths) for need in task.needs] == [
        ("First Resource", 50),
        ("Second Resource", 75),
    ]
    assert mapped.plan.parties[1].sites[task.site].hours["tue"] == (
        "00:00-03:00",
        "04:00-12:00",
        "13:00-17:00",
        "23:00-24:00",
    )
