"""Reading Microsoft Project XML: entities and document types refused, sizes bounded, every fault with its task and field."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from handfast.kernel.scheduling.mspdi import (
    CONSTRAINTS,
    IN_DAYS,
    LINK_KINDS,
    NAMESPACE,
    OWN_FIELDS,
    MspdiAssignment,
    MspdiBaseline,
    MspdiCalendar,
    MspdiException,
    MspdiLink,
    MspdiPlan,
    MspdiResource,
    MspdiTask,
    MspdiWeek,
)
from handfast.kernel.scheduling.mspdi_fields import Fields
from handfast.kernel.scheduling.plan import MOST_ACTIVITIES
from handfast.kernel.scheduling.refusals import MspdiRefused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from xml.etree.ElementTree import Element

    from handfast.kernel.scheduling.mspdi import Times

LARGEST_BYTES = 64 * 2**20
MOST_CALENDARS = 2_000
MOST_BASELINE = 10
DEEPEST_LEVEL = 100
_SUNDAY_FIRST = 7
_EXCEPTION = 0


def read_mspdi(content: str | bytes, *, name: str) -> MspdiPlan:
    """What a file says. Raises MspdiRefused with the line, or with the task's UID and the field."""
    root = _root(content, name)
    if root.tag != f"{{{NAMESPACE}}}Project":
        raise MspdiRefused(
            f"{name}: this is not Microsoft Project XML: it begins with a Project of {NAMESPACE}"
        )
    project = Fields(root, name)
    calendars = [_calendar(one, name) for one in project.each("Calendars", "Calendar")]
    aliases = _aliases(project)
    tasks = [task for one in project.each("Tasks", "Task") if (task := _task(one, name, aliases))]
    _bounded(name, "tasks", len(tasks), MOST_ACTIVITIES)
    _bounded(name, "calendars", len(calendars), MOST_CALENDARS)
    _once(name, "task", [task.uid for task in tasks])
    _once(name, "calendar", [calendar.uid for calendar in calendars])
    return MspdiPlan(
        name=name,
        title=project.text("Title") or project.text("Name"),
        subject=project.text("Subject"),
        starts=project.moment("StartDate"),
        status_at=project.moment("StatusDate"),
        from_start=project.yes("ScheduleFromStart", default=True),
        calendar_uid=_known(project.whole_if("CalendarUID")),
        calendars=tuple(calendars),
        tasks=tuple(_outlined(tasks)),
        resources=tuple(_resource(one, name) for one in project.each("Resources", "Resource")),
        assignments=tuple(_assignment(one, name) for one in project.each("Assignments", "Assignment")),
    )


def _root(content: str | bytes, name: str) -> Element:
    if len(content) > LARGEST_BYTES:
        raise MspdiRefused(f"{name}: {len(content):,} bytes; at most {LARGEST_BYTES:,} are read")
    text = content.lstrip("\ufeff") if isinstance(content, str) else content
    try:
        found: Element = fromstring(text, forbid_dtd=True)
    except DefusedXmlException as unsafe:
        raise MspdiRefused(
            f"{name}: the XML declares a document type or an entity, which is not read"
        ) from unsafe
    except ParseError as error:
        line, column = error.position
        raise MspdiRefused(f"{name}, line {line}, column {column + 1}: {error}") from error
    except (ValueError, LookupError) as error:
        raise MspdiRefused(f"{name}: {error}") from error
    return found


def _bounded(name: str, what: str, count: int, most: int) -> None:
    if count > most:
        raise MspdiRefused(f"{name}: {count:,} {what}; at most {most:,} are read")


def _once(name: str, what: str, uids: Sequence[int]) -> None:
    seen: set[int] = set()
    for uid in uids:
        if uid in seen:
            raise MspdiRefused(f"{name}, {what} UID {uid}, UID: stands twice")
        seen.add(uid)


def _known(uid: int | None) -> int | None:
    """The format writes -1, and of calendars 0, for none."""
    return None if uid is None or uid <= 0 else uid


def _calendar(found: Fields, name: str) -> MspdiCalendar:
    found = found.said(f"{name}, calendar")
    found = found.said(f"{name}, calendar UID {found.whole('UID')}")
    days: dict[int, Times] = {}
    old: list[MspdiException] = []
    for day in found.each("WeekDays", "WeekDay"):
        weekday = day.one_of("DayType", _SUNDAY_FIRST, _EXCEPTION)
        if weekday == _EXCEPTION:
            old.append(_exception(day))
        elif day.has("DayWorking"):
            days[_monday_first(weekday)] = _times(day)
    new = [_exception(one) for one in found.each("Exceptions", "Exception")]
    spans = {(one.first, one.last) for one in new}
    return MspdiCalendar(
        found.whole("UID"),
        found.text("Name"),
        _known(found.whole_if("BaseCalendarUID")),
        days,
        (*(one for one in old if (one.first, one.last) not in spans), *new),
        tuple(_week(one) for one in found.each("WorkWeeks", "WorkWeek")),
    )


def _monday_first(day_type: int) -> int:
    """The format counts from Sunday 1."""
    return (day_type + 5) % 7


def _times(day: Fields) -> Times:
    return day.times() if day.yes("DayWorking", default=True) else ()


def _exception(found: Fields) -> MspdiException:
    first, last = found.period()
    bits = found.whole("DaysOfWeek", 0)
    return MspdiException(
        found.text("Name"),
        first,
        last,
        _times(found),
        found.whole("Type", 1),
        max(1, found.whole("Period", 1)),
        frozenset((bit + 6) % 7 for bit in range(7) if bits >> bit & 1),
        (found.one_of("Month", 11, 0) + 1, found.whole("MonthDay", 0)),
    )


def _week(found: Fields) -> MspdiWeek:
    days = {
        _monday_first(day.one_of("DayType", _SUNDAY_FIRST, 1)): _times(day)
        for day in found.each("WeekDays", "WeekDay")
        if day.has("DayWorking")
    }
    return MspdiWeek(*found.period(), days)


def _aliases(project: Fields) -> dict[int, str]:
    """The fields that hold our own words, by the format's number of each."""
    found = {
        one.whole("FieldID", 0): one.text("Alias")
        for one in project.each("ExtendedAttributes", "ExtendedAttribute")
    }
    return {number: alias for number, alias in found.items() if alias in OWN_FIELDS}


def _task(found: Fields, name: str, aliases: dict[int, str]) -> MspdiTask | None:
    """None of an empty row, which Project writes too."""
    found = found.said(f"{name}, task")
    found = found.said(f"{name}, task UID {found.whole('UID')}")
    if found.yes("IsNull"):
        return None
    return MspdiTask(
        uid=_not_negative(found),
        name=found.text("Name"),
        level=found.one_of("OutlineLevel", DEEPEST_LEVEL, 1),
        parent_uid=None,
        is_summary=found.yes("Summary"),
        is_milestone=found.yes("Milestone"),
        length_us=found.length_us("Duration"),
        unit=found.whole("DurationFormat", IN_DAYS),
        starts=found.moment("Start"),
        ends=found.moment("Finish"),
        constraint=found.one_of("ConstraintType", len(CONSTRAINTS) - 1, 0),
        constraint_at=found.moment("ConstraintDate"),
        deadline=found.moment("Deadline"),
        percent=found.one_of("PercentComplete", 100, 0),
        actual_start=found.moment("ActualStart"),
        actual_finish=found.moment("ActualFinish"),
        remaining_us=found.length_us("RemainingDuration"),
        calendar_uid=_known(found.whole_if("CalendarUID")),
        ignores_resources=found.yes("IgnoreResourceCalendar"),
        is_active=found.yes("Active", default=True),
        is_manual=found.yes("Manual"),
        links=tuple(_link(one) for one in found.each("PredecessorLink")),
        baselines=tuple(_baseline(one) for one in found.each("Baseline")),
        own=_own(found, aliases) if aliases else {},
    )


def _not_negative(found: Fields) -> int:
    uid = found.whole("UID")
    if uid < 0:
        found.refuse("UID", "is not negative")
    return uid


def _own(found: Fields, aliases: dict[int, str]) -> dict[str, str]:
    words = {one.whole("FieldID", 0): one.text("Value") for one in found.each("ExtendedAttribute")}
    return {aliases[number]: word for number, word in words.items() if number in aliases and word}


def _link(found: Fields) -> MspdiLink:
    return MspdiLink(
        found.whole("PredecessorUID"),
        LINK_KINDS[found.one_of("Type", len(LINK_KINDS) - 1, 1)],
        found.whole("LinkLag", 0),
        found.whole("LagFormat", IN_DAYS),
        found.yes("CrossProject"),
    )


def _baseline(found: Fields) -> MspdiBaseline:
    return MspdiBaseline(
        found.one_of("Number", MOST_BASELINE, 0),
        found.moment("Start"),
        found.moment("Finish"),
        found.length_us("Duration"),
    )


def _resource(found: Fields, name: str) -> MspdiResource:
    found = found.said(f"{name}, resource")
    found = found.said(f"{name}, resource UID {found.whole('UID')}")
    return MspdiResource(
        found.whole("UID"),
        found.text("Name"),
        found.whole("Type", 1) == 1,
        _known(found.whole_if("CalendarUID")),
    )


def _assignment(found: Fields, name: str) -> MspdiAssignment:
    found = found.said(f"{name}, assignment of task UID {found.whole('TaskUID')}")
    return MspdiAssignment(
        found.whole("TaskUID"), found.whole("ResourceUID", -1), found.hundredths("Units", 100)
    )


def _outlined(tasks: Sequence[MspdiTask]) -> list[MspdiTask]:
    """Each under the nearest line above it with a lower level; who has lines under it is a summary."""
    above: list[tuple[int, int]] = []
    parents: dict[int, int | None] = {}
    for task in tasks:
        while above and above[-1][0] >= task.level:
            above.pop()
        parents[task.uid] = above[-1][1] if above else None
        above.append((task.level, task.uid))
    holders = set(parents.values())
    return [
        replace(task, parent_uid=parents[task.uid], is_summary=task.is_summary or task.uid in holders)
        for task in tasks
    ]
