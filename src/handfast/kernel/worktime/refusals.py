"""What working time refuses: each with its own stable code."""

from __future__ import annotations

from handfast.kernel.refusal import Refusal


class UnknownZone(Refusal):
    """A zone that the pinned tz data does not know."""

    code = "unknown-zone"


class UnknownCountry(Refusal):
    """A country whose holidays the library cannot propose."""

    code = "unknown-country"


class UnknownSubdivision(Refusal):
    """A subdivision that the library does not know in that country."""

    code = "unknown-subdivision"


class CalendarRefused(Refusal):
    """A calendar that contradicts itself: written, compiled, or handed over as an annex."""

    code = "calendar-refused"


class OutsideCalendar(Refusal):
    """An instant, or an answer, that the compiled calendar does not cover."""

    code = "outside-calendar"


class EndsBeforeStart(Refusal):
    """An interval whose end lies before its start."""

    code = "ends-before-start"


class NegativeDuration(Refusal):
    """A working time below nothing, which no clock ever reaches."""

    code = "negative-duration"


class TableRefused(Refusal):
    """A table of intervals that cannot be read as it stands: the message names row, column and fault."""

    code = "table-refused"
