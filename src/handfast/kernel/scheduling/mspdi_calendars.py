"""Hours by day, between the calendars of Microsoft Project XML and ours: weeks with days that are different."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from handfast.kernel.quantity import moment_of
from handfast.kernel.scheduling.mspdi import DAY_S
from handfast.kernel.scheduling.mspdi_fields import joined
from handfast.kernel.scheduling.refusals import MspdiRefused
from handfast.kernel.worktime.windows import DAYS
from handfast.kernel.worktime.written import WrittenCalendar
from handfast.kernel.worktime.zones import zone_named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from handfast.kernel.scheduling.mspdi import MspdiCalendar, MspdiException, Times
    from handfast.kernel.worktime.compiled import CompiledCalendar

ONE_DAY = timedelta(days=1)
MOST_SPECIAL = 40_000
MOST_DAYS = 1_000_000
DEEPEST = 20
_OFFICE: Times = ((8 * 3600, 12 * 3600), (13 * 3600, 17 * 3600))
EACH_DAY, EACH_YEAR, EACH_WEEK = 1, 2, 6
MINUTE_S = 60


@dataclass(frozen=True, slots=True)
class Hours:
    """The times of Monday to Sunday, and the days that are different, each with its name."""

    week: tuple[Times, ...]
    special: Mapping[date, tuple[Times, str]] = field(default_factory=dict)

    def on(self, day: date) -> Times:
        return self.special[day][0] if day in self.special else self.week[day.weekday()]


FORMATS_OWN = Hours((_OFFICE,) * 5 + ((), ()))
ALWAYS = Hours((((0, DAY_S),),) * 7)


class FileCalendars:
    """The calendars of one file by UID, each worked out once; what is not read is said in `remarks`."""

    def __init__(self, calendars: Iterable[MspdiCalendar], name: str) -> None:
        self._by_uid = {one.uid: one for one in calendars}
        self._made: dict[int | None, Hours] = {None: FORMATS_OWN}
        self._name = name
        self._counted = 0
        self.remarks: list[str] = []

    def name_of(self, uid: int) -> str:
        return (self._by_uid[uid].name if uid in self._by_uid else "") or f"calendar {uid}"

    def of(self, uid: int | None, below: tuple[int, ...] = ()) -> Hours:
        """A calendar over its base. Raises MspdiRefused where the bases go round, or none has this UID."""
        if uid is None or uid in self._made:
            return self._made[uid]
        if uid not in self._by_uid:
            raise MspdiRefused(f"{self._name}, calendar UID {uid}: is named, but not in the file")
        if uid in below or len(below) > DEEPEST:
            raise MspdiRefused(
                f"{self._name}, calendar UID {uid}, BaseCalendarUID: the bases go round, or too deep"
            )
        found = self._by_uid[uid]
        base = self.of(found.base_uid, (*below, uid))
        week = tuple(found.days.get(weekday, base.week[weekday]) for weekday in range(7))
        special = dict(base.special)
        for other in found.weeks:
            for day in self._days_in(other.first, other.last, uid):
                if day.weekday() in other.days:
                    special[day] = (other.days[day.weekday()], "Other hours")
        for one in found.exceptions:
            special |= dict.fromkeys(self._days_of(one, found), (one.times, one.name or "Closed"))
        if len(special) > MOST_SPECIAL:
            raise MspdiRefused(
                f"{self._name}, calendar UID {uid}: {len(special):,} days are different: at most {MOST_SPECIAL:,}"
            )
        self._made[uid] = Hours(week, special)
        return self._made[uid]

    def _days_of(self, one: MspdiException, calendar: MspdiCalendar) -> list[date]:
        days = self._days_in(one.first, one.last, calendar.uid)
        if one.kind == EACH_DAY or one.first == one.last:
            return days[:: one.period]
        if one.kind == EACH_YEAR and one.yearly[1]:
            return [day for day in days if (day.month, day.day) == one.yearly]
        if one.kind == EACH_WEEK and one.weekdays:
            monday = one.first - one.first.weekday() * ONE_DAY
            return [
                day
                for day in days
                if day.weekday() in one.weekdays and (day - monday).days // 7 % one.period == 0
            ]
        self.remarks.append(
            f"calendar {calendar.name!r}: the exception {one.name!r} comes back by a rule that is not read: "
            "its days are left as they are"
        )
        return []

    def _days_in(self, first: date, last: date, uid: int) -> list[date]:
        self._counted += (last - first).days + 1
        if self._counted > MOST_DAYS:
            raise MspdiRefused(
                f"{self._name}, calendar UID {uid}: exceptions of over {MOST_DAYS:,} days in one file are not read"
            )
        return _days(first, last)


def _days(first: date, last: date) -> list[date]:
    return [first + step * ONE_DAY for step in range((last - first).days + 1)]


def any_of(several: Sequence[Hours]) -> Hours:
    """Open where one of them is."""
    return _combined(several, lambda times: joined([one for each in times for one in each]))


def all_of(several: Sequence[Hours]) -> Hours:
    """Open where all of them are."""
    return _combined(several, _shared)


def _combined(several: Sequence[Hours], combine: Callable[[list[Times]], Times]) -> Hours:
    days = {day: name for hours in several for day, (_, name) in hours.special.items()}
    return Hours(
        tuple(combine([hours.week[weekday] for hours in several]) for weekday in range(7)),
        {day: (combine([hours.on(day) for hours in several]), name) for day, name in days.items()},
    )


def _shared(times: list[Times]) -> Times:
    found = list(times[0])
    for other in times[1:]:
        pairs = [(max(a, c), min(b, d)) for a, b in found for c, d in other]
        found = [(opens, closes) for opens, closes in pairs if opens < closes]
    return joined(found)


def written_hours(hours: Hours, zone: str) -> WrittenCalendar | None:
    """Our calendar of these hours, to the minute; None where no day of the week is ever open."""
    week = {DAYS[weekday]: _texts(times) for weekday, times in enumerate(hours.week) if _texts(times)}
    if not week:
        return None
    different = {day: one for day, one in hours.special.items() if one[0] != hours.week[day.weekday()]}
    holidays = {
        "add": {day: name for day, (times, name) in different.items() if not _texts(times)},
        "half": {day: _texts(times) for day, (times, _) in different.items() if _texts(times)},
    }
    return WrittenCalendar.model_validate({"zone": zone, "hours": week, "holidays": holidays})


def is_to_the_minute(hours: Hours) -> bool:
    times = [*hours.week, *(one for one, _ in hours.special.values())]
    return all(end % MINUTE_S == 0 for each in times for pair in each for end in pair)


def _texts(times: Times) -> list[str]:
    cut = joined([(opens // MINUTE_S, closes // MINUTE_S) for opens, closes in times])
    return [f"{_clock(opens)}-{_clock(closes)}" for opens, closes in cut if opens < closes]


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def local_hours(calendar: CompiledCalendar, zone: str, first: date, last: date) -> Hours:
    """What a compiled calendar shows on the wall clock of a zone: the usual week, and each day that is different.

    The week is of what most days have; a calendar of another zone differs while only one has summer time.
    """
    days: dict[date, list[tuple[int, int]]] = {day: [] for day in _days(first, last)}
    clock = zone_named(zone)
    for opens_us, closes_us in zip(calendar.opens_us.tolist(), calendar.closes_us.tolist(), strict=True):
        opens = moment_of(opens_us).astimezone(clock).replace(tzinfo=None)
        closes = moment_of(closes_us).astimezone(clock).replace(tzinfo=None)
        if opens.date() > last or closes.date() < first:
            continue
        for day in _days(max(opens.date(), first), min(closes.date(), last)):
            begin, end = max(_second(opens, day), 0), min(_second(closes, day), DAY_S)
            if begin < end:
                days[day].append((begin, end))
    found = {day: joined(times) for day, times in days.items()}
    week = tuple(
        _usual([times for day, times in found.items() if day.weekday() == weekday]) for weekday in range(7)
    )
    names = dict(calendar.closed_days)
    special = {
        day: (times, names.get(day, "")) for day, times in found.items() if times != week[day.weekday()]
    }
    return Hours(week, special)


def _second(moment: datetime, day: date) -> int:
    return (moment - datetime(day.year, day.month, day.day)) // timedelta(seconds=1)  # noqa: DTZ001 - wall clocks


def _usual(times: Sequence[Times]) -> Times:
    return Counter(times).most_common(1)[0][0] if times else ()
