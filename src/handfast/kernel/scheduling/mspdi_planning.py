"""From what a Microsoft Project XML file says to a plan of ours, and in words what has no place in one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from handfast.kernel.quantity import instant_of, iso_of
from handfast.kernel.scheduling.mspdi import (
    CONSTRAINTS,
    ENDS_BY,
    ENDS_ON,
    SOON,
    STARTS_FROM,
    STARTS_ON,
)
from handfast.kernel.scheduling.mspdi_links import FileLinks
from handfast.kernel.scheduling.mspdi_sites import LEADS, Sites, needs_of
from handfast.kernel.scheduling.plan import (
    NOTHING,
    SIDES,
    Activity,
    Actual,
    Baseline,
    Duration,
    Estimate,
    Party,
    Plan,
    Step,
)
from handfast.kernel.scheduling.refusals import MspdiRefused
from handfast.kernel.worktime.zones import zone_named

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from handfast.kernel.scheduling.mspdi import MspdiBaseline, MspdiPlan, MspdiTask
    from handfast.kernel.scheduling.plan import Kind, Lead, Side

# How a file that we wrote says the zone of its local times.
SUBJECT = re.compile(r"Times are of ([A-Za-z0-9_+/-]{1,60})")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,119}")


@dataclass(frozen=True, slots=True)
class Mapped:
    """A plan out of a file, and what the file says that the plan does not."""

    plan: Plan
    remarks: tuple[str, ...]
    # All of each activity's by its id: a plan holds one, a file up to eleven.
    baselines: Mapping[str, tuple[MspdiBaseline, ...]]


def plan_of(found: MspdiPlan, *, zone: str, side: Side = "provider", other: Party | None = None) -> Mapped:
    """The file as a plan of `side`, its local times in `zone`; `other` is the other side, if it is known.

    A file that we wrote names its zone and its sides itself. Raises MspdiRefused, PlanRefused.
    """
    return _Planning(found, zone, side, other).mapped()


class _Planning:
    def __init__(self, found: MspdiPlan, zone: str, side: Side, other: Party | None) -> None:
        said = SUBJECT.fullmatch(found.subject)
        self._found, self._side, self._other = found, side, other
        self._is_ours = said is not None
        self._zone = said[1] if said else zone
        self._clock = zone_named(self._zone)
        self._sites = Sites(found, self._zone, is_ours=self._is_ours)
        self._tasks = [task for task in found.tasks if not task.is_summary and task.is_active]
        self._ids = self._given_ids()
        self._leads = {task.uid: self._lead(task) for task in self._tasks}
        self._links = FileLinks(found, self._ids, self._leads)
        self._remarks: list[str] = []
        self._needs = needs_of(found, self._side, is_ours=self._is_ours)

    def mapped(self) -> Mapped:
        steps = self._steps()
        activities = tuple(self._activity(task) for task in self._tasks)
        came = [
            one
            for activity in activities
            for one in (activity.actual.started_us, activity.actual.finished_us)
            if one is not None
        ]
        plan = Plan(
            name=self._found.title or self._found.name,
            starts_us=self._starts_us(),
            zone=self._zone,
            parties=self._parties(),
            activities=activities,
            steps=steps,
            as_of_us=self._as_of_us(came),
        )
        self._remark_file()
        remarks = (*self._remarks, *self._links.remarks, *self._sites.remarks, *self._sites.calendars.remarks)
        baselines = {self._ids[task.uid]: task.baselines for task in self._tasks if task.baselines}
        return Mapped(plan, tuple(dict.fromkeys(remarks)), baselines)

    def _say(self, task: MspdiTask, said: str) -> None:
        self._remarks.append(f"task UID {task.uid}: {said}")

    def _us(self, moment: datetime) -> int:
        return instant_of(moment.replace(tzinfo=self._clock))

    def _us_if(self, moment: datetime | None) -> int | None:
        return None if moment is None else self._us(moment)

    def _given_ids(self) -> dict[int, str]:
        """In a file that we wrote our own id, of the first that has it; else `t` and the UID."""
        found: dict[int, str] = {}
        used: set[str] = set()
        for task in self._tasks:
            own = task.own.get("Handfast id", "")
            if self._is_ours and _ID.fullmatch(own) and own not in used:
                found[task.uid] = own
                used.add(own)
        for task in self._tasks:
            if task.uid not in found:
                found[task.uid] = next(
                    id_ for part in count() if (id_ := f"t{task.uid}" + "-new" * part) not in used
                )
                used.add(found[task.uid])
        return {task.uid: found[task.uid] for task in self._tasks}

    def _lead(self, task: MspdiTask) -> Lead:
        word = task.own.get("Handfast lead")
        return next((lead for lead in LEADS if lead == word), self._side)

    def _steps(self) -> tuple[Step, ...]:
        """A step for each summary that tasks stand right under, named by its path."""
        by_uid = {task.uid: task for task in self._found.tasks}
        led: dict[int, set[Lead]] = {}
        for task in self._tasks:
            if (parent := self._under(task)) is not None:
                led.setdefault(parent, set()).add(self._leads[task.uid])
        found = []
        for uid, leads in led.items():
            names, above = [], by_uid.get(uid)
            while above is not None and above.level:
                names.append(above.name)
                above = None if above.parent_uid is None else by_uid[above.parent_uid]
            lead = next(iter(leads)) if len(leads) == 1 else "joint"
            found.append(Step(f"t{uid}", " / ".join(reversed(names)), lead))
        return tuple(found)

    def _under(self, task: MspdiTask) -> int | None:
        """The summary that a task stands under; the project's own line, UID 0, is none."""
        return task.parent_uid or None

    def _parties(self) -> tuple[Party, Party]:
        sites = self._sites.written
        if self._is_ours:
            client, provider = (
                Party(side, self._sites.party_name(side), self._sites.own(self._sites.usual_of(side)), sites)
                for side in SIDES
            )
            return client, provider
        calendar = self._sites.own(self._found.calendar_uid)
        mine = Party(self._side, self._found.title or self._side.capitalize(), calendar, sites)
        other_side: Side = "provider" if self._side == "client" else "client"
        theirs = self._other or Party(other_side, other_side.capitalize(), calendar)
        return (mine, theirs) if self._side == "client" else (theirs, mine)

    def _starts_us(self) -> int:
        if self._found.starts is not None:
            return self._us(self._found.starts)
        begun = [task.starts for task in self._tasks if task.starts is not None]
        if not begun:
            raise MspdiRefused(f"{self._found.name}, StartDate: is missing: when does the project start?")
        return self._us(min(begun))

    def _as_of_us(self, came: list[int]) -> int | None:
        """The day of the status, where something has happened; what has happened has come by then."""
        said_us = self._us_if(self._found.status_at)
        if not came:
            return said_us
        if said_us is None or said_us < max(came):
            self._remarks.append(
                f"the status is taken as of {iso_of(max(came))}, when something last happened in the file"
            )
            return max(came)
        return said_us

    def _activity(self, task: MspdiTask) -> Activity:
        lead = self._leads[task.uid]
        kind = self._kind(task)
        if task.length_us is None and kind == "work":
            self._say(task, "has no Duration: taken as none")
        parent = self._under(task)
        bounds = self._bounds(task)
        return Activity(
            id=self._ids[task.uid],
            name=task.name,
            lead=lead,
            estimate=Estimate.of(Duration(task.length_us or 0, "h") if kind == "work" else NOTHING),
            after=self._links.of(task),
            kind=kind,
            step="" if parent is None else f"t{parent}",
            site=self._sites.site_of(task, lead if self._is_ours else None),
            not_before_us=bounds.get("not_before"),
            fixed_us=bounds.get("fixed"),
            deadline_us=bounds.get("deadline"),
            needs=self._needs.get(task.uid, ()),
            actual=self._actual(task),
            baseline=self._baseline(task),
        )

    def _kind(self, task: MspdiTask) -> Kind:
        if not task.is_milestone or task.length_us:
            if task.is_milestone:
                self._say(task, "a milestone that lasts: taken as work")
            return "work"
        return "gate" if task.own.get("Handfast kind") == "gate" else "milestone"

    def _bounds(self, task: MspdiTask) -> dict[str, int]:
        found: dict[str, int] = {}
        if task.deadline is not None:
            found["deadline"] = self._us(task.deadline)
        if task.own.get("Handfast not before"):
            found["not_before"] = self._own_bound(task)
        if task.is_manual and task.starts is not None:
            found["fixed"] = self._us(task.starts)
            self._say(task, "is dated by hand in the file: its start is kept as fixed")
        elif task.constraint != SOON:
            self._constrain(task, found)
        return found

    def _own_bound(self, task: MspdiTask) -> int:
        text = task.own["Handfast not before"]
        if not re.fullmatch(r"-?[0-9]{1,17}", text):
            raise MspdiRefused(
                f"{self._found.name}, task UID {task.uid}, ExtendedAttribute: {text[:40]!r} is no instant"
            )
        return int(text)

    def _constrain(self, task: MspdiTask, found: dict[str, int]) -> None:
        name, at_us = CONSTRAINTS[task.constraint], self._us_if(task.constraint_at)
        if at_us is not None and task.constraint == STARTS_FROM:
            found["not_before"] = at_us
        elif at_us is not None and task.constraint == STARTS_ON:
            found["fixed"] = at_us
        elif at_us is not None and task.constraint in (ENDS_BY, ENDS_ON):
            found["deadline"] = min(at_us, found.get("deadline", at_us))
            if task.constraint == ENDS_ON:
                self._say(task, f"“{name}” is kept as a deadline: it may finish earlier")
        else:
            self._say(task, f"“{name}” has no place in a plan here: left out")

    def _actual(self, task: MspdiTask) -> Actual:
        started, finished = self._us_if(task.actual_start), self._us_if(task.actual_finish)
        if finished is not None and (started is None or finished < started):
            self._say(task, "finished, but did not start before: its actual dates are left out")
            return Actual()
        if started is None:
            if task.percent:
                self._say(task, f"{task.percent} % complete, but no actual start: left out")
            return Actual()
        left = None if finished is not None or task.remaining_us is None else Duration(task.remaining_us, "h")
        return Actual(started, finished, left)

    def _baseline(self, task: MspdiTask) -> Baseline | None:
        """The one with the lowest number; the others are named."""
        found: Baseline | None = None
        for one in sorted(task.baselines, key=lambda each: each.number):
            if one.starts is None or one.ends is None:
                self._say(task, f"baseline {one.number} has no dates: left out")
            elif found is None and one.starts <= one.ends:
                found = Baseline(self._us(one.starts), self._us(one.ends))
            elif found is None:
                self._say(task, f"baseline {one.number} ends before it starts: left out")
            else:
                self._say(task, f"baseline {one.number}: a plan holds one, here of an earlier number")
        return found

    def _remark_file(self) -> None:
        if not self._found.from_start:
            self._remarks.append("the project is scheduled from its finish there; here from its start")
        for task in self._found.tasks:
            if not task.is_active:
                self._say(task, "is inactive: left out")
            elif task.is_summary and (task.constraint or task.deadline) and task.uid:
                self._say(task, "a summary's constraint and deadline are left out")
        material = sum(not one.is_work for one in self._found.resources)
        if material:
            self._remarks.append(f"{material} resources are material or cost: left out")
