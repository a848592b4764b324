"""A plan and its dates as Microsoft Project XML: what other programs open, with our own words in fields of their own."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from handfast.kernel.scheduling.calendars import day_of
from handfast.kernel.scheduling.masking import mask_of
from handfast.kernel.scheduling.mspdi import OWN_FIELDS
from handfast.kernel.scheduling.mspdi_calendars import ALWAYS, ONE_DAY, local_hours
from handfast.kernel.scheduling.mspdi_links import TENTH_OF_MINUTE_US
from handfast.kernel.scheduling.mspdi_sites import LEAD_UIDS, LEADS
from handfast.kernel.scheduling.mspdi_tasks import Placed, hidden_tag, summary_tag, task_tag
from handfast.kernel.scheduling.mspdi_text import (
    LONGEST_NAME,
    Tag,
    calendar_tag,
    lines_of,
    local_text,
    safe_text,
    tags,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from handfast.kernel.scheduling.mspdi import MspdiBaseline
    from handfast.kernel.scheduling.mspdi_calendars import Hours
    from handfast.kernel.scheduling.plan import Activity, Lead, Plan, Side
    from handfast.kernel.scheduling.schedule import Schedule
    from handfast.kernel.scheduling.wording import Reader

MONTH, YEAR = 31 * ONE_DAY, 366 * ONE_DAY
MOST_TIMES_A_DAY = 5
LARGEST_UID = 2**31 - 1
_FILE_ID = re.compile(r"t([1-9][0-9]{0,9})")
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Project xmlns="http://schemas.microsoft.com/project">'


def mspdi_text(
    plan: Plan,
    schedule: Schedule,
    *,
    baselines: Mapping[str, Sequence[MspdiBaseline]] | None = None,
    seen_by: Reader | None = None,
) -> str:
    """The plan with its dates; local times of the plan's zone. What a reader may not know is masked.

    `baselines` are those that a file had of an activity, by its id: they are written beside the plan's own.
    """
    return _Writing(plan, schedule, baselines or {}, seen_by).text()


class _Writing:
    def __init__(
        self,
        plan: Plan,
        schedule: Schedule,
        baselines: Mapping[str, Sequence[MspdiBaseline]],
        seen_by: Reader | None,
    ) -> None:
        self._plan, self._schedule, self._baselines = plan, schedule, baselines
        self._mask = mask_of(plan, seen_by)
        self._uids = _uids([self._mask.id_of(one.id) for one in plan.activities])
        self._steps = self._step_uids()
        self._calendars = Calendars(plan, schedule)
        self._resources: dict[tuple[Side, str], int] = {}
        self._assignments: list[Tag] = []

    def text(self) -> str:
        tasks = self._tasks()  # which names the calendars and the resources that stand before and after them
        parts = [
            *self._head(),
            Tag("ExtendedAttributes", _own_fields()),
            Tag("Calendars", self._calendars.tags()),
            Tag("Tasks", tasks),
            Tag("Resources", self._resource_tags()),
            Tag("Assignments", self._assignments),
        ]
        body = "\n".join(line for part in parts for line in lines_of(part, 1))
        return f"{_HEAD}\n{body}\n</Project>\n"

    def _head(self) -> list[Tag]:
        plan = self._plan
        usual = Counter(one.lead for one in plan.activities).most_common(1)
        return tags(
            SaveVersion=14,
            Name=safe_text(plan.name),
            Title=safe_text(plan.name),
            Subject=f"Times are of {plan.zone}",
            ScheduleFromStart=True,
            StartDate=local_text(plan.starts_us, plan.zone),
            FinishDate=local_text(self._schedule.ends_us, plan.zone),
            CalendarUID=LEAD_UIDS[usual[0][0] if usual else "client"],
            MinutesPerDay=self._calendars.day_minutes(),
            StatusDate=None if plan.as_of_us is None else local_text(plan.as_of_us, plan.zone),
        )

    def _step_uids(self) -> dict[str, int]:
        """A summary for each step that work stands under, and its UID: that of its key where it has one."""
        named = [step.key for step in self._plan.steps]
        used = {one.step for one in self._plan.activities if one.step and not self._mask.hides(one.id)}
        keys = [key for key in named if key in used] + sorted(used - set(named))
        return _uids(keys, taken=set(self._uids.values()))

    def _tasks(self) -> list[Tag]:
        found: list[Tag] = []
        places: dict[str, list[int]] = {}
        for place, one in enumerate(self._plan.activities):
            places.setdefault("" if self._mask.hides(one.id) else one.step, []).append(place)
        names = {step.key: step.name for step in self._plan.steps}
        for key in (*self._steps, ""):
            under = places.get(key, [])
            if key:
                dated = [self._schedule.dated[place] for place in under]
                span = min(one.starts_us for one in dated), max(one.ends_us for one in dated)
                found.append(
                    summary_tag(self._steps[key], len(found) + 1, names.get(key, key), span, self._plan.zone)
                )
            for place in under:
                found.append(self._task(place, len(found) + 1, level=2 if key else 1))
        return found

    def _task(self, place: int, number: int, *, level: int) -> Tag:
        activity, dated = self._plan.activities[place], self._schedule.dated[place]
        shown = self._mask.id_of(activity.id)
        placed = Placed(self._schedule, dated, self._uids[shown], number, level)
        if self._mask.hides(activity.id):
            return hidden_tag(
                placed, shown, self._mask.name_of(activity), activity.internal_to or activity.lead
            )
        uid, is_elapsed = self._calendars.uid_of(activity)
        for need in activity.needs:
            self._assign(placed.uid, (need.side, need.role), need.hundredths)
        others = {link.other: self._uids[self._mask.id_of(link.other)] for link in activity.after}
        return task_tag(
            placed,
            activity,
            None if is_elapsed else uid,
            others,
            self._baselines.get(activity.id, ()),
        )

    def _assign(self, task_uid: int, role: tuple[Side, str], hundredths: int) -> None:
        resource_uid = self._resources.setdefault(role, len(self._resources) + 1)
        units = f"{hundredths // 100}.{hundredths % 100:02}"
        number = len(self._assignments) + 1
        self._assignments.append(
            Tag("Assignment", tags(UID=number, TaskUID=task_uid, ResourceUID=resource_uid, Units=units))
        )

    def _resource_tags(self) -> list[Tag]:
        return [
            Tag(
                "Resource",
                tags(
                    UID=uid, ID=uid, Name=safe_text(f"{role} ({side})"), Type=1, CalendarUID=LEAD_UIDS[side]
                ),
            )
            for (side, role), uid in self._resources.items()
        ]


def _uids(ids: Sequence[str], *, taken: set[int] | None = None) -> dict[str, int]:
    """A UID for each: the one that its id tells, as `t12` does, or the next that is free."""
    told = {
        id_: int(found[1])
        for id_ in ids
        if (found := _FILE_ID.fullmatch(id_)) and int(found[1]) <= LARGEST_UID
    }
    used = set(taken or ())
    found_uids: dict[str, int] = {}
    for id_, uid in told.items():
        if uid not in used:
            found_uids[id_] = uid
            used.add(uid)
    free = 1
    for id_ in ids:
        if id_ not in found_uids:
            while free in used:
                free += 1
            found_uids[id_] = free
            used.add(free)
    return {id_: found_uids[id_] for id_ in ids}


def _own_fields() -> list[Tag]:
    return [
        Tag("ExtendedAttribute", tags(FieldID=number, FieldName=f"Text{place}", Alias=alias))
        for place, (alias, number) in enumerate(OWN_FIELDS.items(), 1)
    ]


class Calendars:
    """The calendars that a file needs: of each lead, and of each site or freeze that work runs at."""

    def __init__(self, plan: Plan, schedule: Schedule) -> None:
        self._plan, self._worktimes = plan, schedule.worktimes
        dates = [plan.starts_us, schedule.ends_us]
        dates += [us for one in schedule.dated for us in (one.starts_us, one.latest_starts_us)]
        self._first = day_of(min(dates), plan.zone) - MONTH
        self._last = day_of(max(dates), plan.zone) + YEAR
        self._hours = {lead: self._hours_of(lead) for lead in LEADS}
        self._others: dict[tuple[str, str, tuple[int, ...]], tuple[int, bool]] = {}
        self._tags: list[Tag] = []

    def _hours_of(self, lead: Lead, site: str = "", freezes: tuple[int, ...] = ()) -> Hours:
        calendar = self._worktimes.named(lead, site, freezes).calendar
        return local_hours(calendar, self._plan.zone, self._first, self._last)

    def uid_of(self, activity: Activity) -> tuple[int, bool]:
        """The UID of an activity's calendar; whether it is open around the clock."""
        freezes = tuple(place for place, one in enumerate(self._plan.freezes) if one.stops(activity))
        key = (activity.lead, activity.site, freezes)
        if key not in self._others:
            self._others[key] = self._made(activity, freezes)
        return self._others[key]

    def _made(self, activity: Activity, freezes: tuple[int, ...]) -> tuple[int, bool]:
        hours = self._hours_of(activity.lead, activity.site, freezes)
        if hours == self._hours[activity.lead]:
            return LEAD_UIDS[activity.lead], False
        uid = len(LEADS) + 1 + len(self._tags)
        if activity.site and hours.week == ALWAYS.week and not hours.special:
            return uid, True
        names = [activity.site or activity.lead, *(self._plan.freezes[place].name for place in freezes)]
        self._tags.append(calendar_tag(uid, " less ".join(names), hours))
        return uid, False

    def tags(self) -> list[Tag]:
        names: dict[str, str] = {"joint": "Both open (joint)", "either": "One open (either)"}
        names |= {party.side: f"{party.name} ({party.side})" for party in self._plan.parties}
        usual = [calendar_tag(LEAD_UIDS[lead], names[lead], self._hours[lead]) for lead in LEADS]
        return [*usual, *self._tags]

    def day_minutes(self) -> int:
        return self._worktimes.named("client").day_us // 60_000_000


def left_out_of_mspdi(plan: Plan) -> tuple[str, ...]:
    """In words, what of a plan the format has no place for: what is read back lacks it."""
    ranged = sum(one.estimate.low != one.estimate.high for one in plan.activities)
    fine = sum(
        link.lag.unit == "h" and link.lag.amount % TENTH_OF_MINUTE_US != 0
        for one in plan.activities
        for link in one.after
    )
    faults = (
        (ranged, f"{ranged} durations have a range: the likely one is written"),
        (len(plan.risks), f"{len(plan.risks)} risks are not written"),
        (sum(one.repeat is not None for one in plan.activities), "gates are written as milestones, without the chance of a no"),
        (sum(one.internal_to is not None for one in plan.activities), "what is internal to a side is written as its own"),
        (sum(one.wave > 1 for one in plan.activities), "waves are not written"),
        (sum(bool(party.roles) for party in plan.parties), "how many of each role are released is not written"),
        (fine, f"{fine} lags are written to a tenth of a minute"),
        (sum(len(one.name) > LONGEST_NAME for one in plan.activities), f"names are cut at {LONGEST_NAME} characters"),
    )  # fmt: skip
    return tuple(said for is_so, said in faults if is_so)
