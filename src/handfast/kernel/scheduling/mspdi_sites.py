"""Where the tasks of a Microsoft Project XML file work: the sides' own calendars, and a site for each other one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

from handfast.kernel.scheduling.mspdi_calendars import (
    ALWAYS,
    FileCalendars,
    all_of,
    any_of,
    is_to_the_minute,
    written_hours,
)
from handfast.kernel.scheduling.plan import SIDES, Lead, Need
from handfast.kernel.worktime.written import WrittenCalendar

if TYPE_CHECKING:
    from handfast.kernel.scheduling.mspdi import MspdiPlan, MspdiTask
    from handfast.kernel.scheduling.mspdi_calendars import Hours
    from handfast.kernel.scheduling.plan import Side

# In a file that we wrote: the calendars of the client, of the provider, of both open, of either.
LEAD_UIDS: dict[str, int] = {
    lead: uid for uid, lead in enumerate(("client", "provider", "joint", "either"), 1)
}
AROUND_THE_CLOCK = "around the clock"
# How a file that we wrote says whose a calendar or a role is.
SIDED = re.compile(r"(.*) \((client|provider|joint|either)\)", re.DOTALL)
LEADS: tuple[Lead, ...] = get_args(Lead)


class Sites:
    """The calendar of each task, by the name of a site; the sides' own have the empty name."""

    def __init__(self, found: MspdiPlan, zone: str, *, is_ours: bool) -> None:
        self.calendars = FileCalendars(found.calendars, found.name)
        self.remarks: list[str] = []
        self.written: dict[str, WrittenCalendar] = {}
        self._zone = zone
        self._project_uid = found.calendar_uid
        # Of a file that we wrote: the calendar of each lead, whatever number another program gave it since.
        self._usual = {
            sided[2]: one
            for one in found.calendars
            if is_ours and one.base_uid is None and (sided := SIDED.fullmatch(one.name))
        }
        self._resources = {
            one.uid: one.calendar_uid if one.calendar_uid is not None else found.calendar_uid
            for one in found.resources
            if one.is_work
        }
        self._assigned: dict[int, set[int]] = {}
        for one in found.assignments:
            if one.resource_uid in self._resources:
                self._assigned.setdefault(one.task_uid, set()).add(one.resource_uid)
        self._names: dict[object, str] = {}

    def own(self, uid: int | None) -> WrittenCalendar:
        """A side's calendar; where it is never open, the format's own, with a remark."""
        hours = self.calendars.of(uid)
        written = self._written(hours, f"calendar {uid}")
        return written or WrittenCalendar.model_validate(
            {"zone": self._zone, "hours": {"mon-fri": ["08:00-12:00", "13:00-17:00"]}}
        )

    def usual_of(self, lead: Lead | None) -> int | None:
        """The calendar of a lead, which in a file of others is the project's."""
        return self._usual[lead].uid if lead in self._usual else self._project_uid

    def party_name(self, side: Side) -> str:
        """As a file that we wrote tells it."""
        found = SIDED.fullmatch(self._usual[side].name) if side in self._usual else None
        return found[1] if found else side.capitalize()

    def site_of(self, task: MspdiTask, lead: Lead | None) -> str:
        """The site at which a task works; `lead` where we wrote the file."""
        if task.is_elapsed:
            return self._named("elapsed", ALWAYS, AROUND_THE_CLOCK)
        usual = self.usual_of(lead)
        users = () if task.ignores_resources else sorted(self._assigned.get(task.uid, ()))
        uids = tuple(sorted({uid for one in users if (uid := self._resources[one]) is not None}))
        if not uids:
            hours = self.calendars.of(usual if task.calendar_uid is None else task.calendar_uid)
            key: tuple[int | None, tuple[int, ...]] = (task.calendar_uid, ())
        else:
            hours, key = any_of([self.calendars.of(uid) for uid in uids]), (task.calendar_uid, uids)
            if task.calendar_uid is not None:
                hours = all_of([hours, self.calendars.of(task.calendar_uid)])
        if hours == self.calendars.of(usual):
            return ""
        parts = [self.calendars.name_of(uid) for uid in (task.calendar_uid, *uids) if uid is not None]
        return self._named(key, hours, " + ".join(parts))

    def _named(self, key: object, hours: Hours, name: str) -> str:
        if key in self._names:
            return self._names[key]
        written = self._written(hours, f"calendar {name!r}")
        if written is None:
            self._names[key] = ""
            return ""
        unique, number = name[:200], 1
        while unique in self.written:
            number += 1
            unique = f"{name[:200]} {number}"
        self.written[unique], self._names[key] = written, unique
        return unique

    def _written(self, hours: Hours, said: str) -> WrittenCalendar | None:
        if not is_to_the_minute(hours):
            self.remarks.append(f"{said}: its hours are cut to whole minutes")
        found = written_hours(hours, self._zone)
        if found is None:
            self.remarks.append(f"{said}: no day of its week is open: the usual calendar stands for it")
        return found


def needs_of(found: MspdiPlan, side: Side, *, is_ours: bool) -> dict[int, tuple[Need, ...]]:
    """Who works on each task by UID, as roles of `side`; in a file that we wrote the role names its side."""
    names = {one.uid: one.name or f"resource {one.uid}" for one in found.resources if one.is_work}
    sums: dict[int, dict[tuple[Side, str], int]] = {}
    for one in found.assignments:
        if one.resource_uid not in names or one.hundredths <= 0:
            continue
        name = names[one.resource_uid]
        sided = SIDED.fullmatch(name) if is_ours else None
        whose = next((each for each in SIDES if sided and each == sided[2]), side)
        key = (whose, sided[1] if sided and sided[2] in SIDES else name)
        held = sums.setdefault(one.task_uid, {})
        held[key] = held.get(key, 0) + one.hundredths
    return {
        uid: tuple(Need(whose, role, many) for (whose, role), many in held.items())
        for uid, held in sums.items()
    }
