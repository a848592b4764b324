"""Everything an engine is opened on: terms, compiled calendars, logs, adjustments in force, and as_of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from handfast.kernel.refusal import Refusal

if TYPE_CHECKING:
    from handfast.kernel.records.log import EventLog, IntervalLog
    from handfast.kernel.servicelevels.adjustments import Adjustment
    from handfast.kernel.servicelevels.clock_terms import ClockTerms
    from handfast.kernel.servicelevels.terms import Terms
    from handfast.kernel.worktime.compiled import CompiledCalendar


class EvidenceMissing(Refusal):
    """A source, calendar or value that the question needs was not given."""

    code = "evidence-missing"


class OutsideAnnex(Refusal):
    """A record's clock runs where the compiled calendar annex does not reach."""

    code = "outside-annex"


@dataclass(frozen=True, slots=True)
class Evidence:
    """`calendars` are keyed as the annex keys them; only adjustments in force at `as_of_us` are here."""

    terms: Terms
    calendars: dict[str, CompiledCalendar]
    logs: dict[str, EventLog] = field(default_factory=dict)
    intervals: dict[str, IntervalLog] = field(default_factory=dict)
    adjustments: tuple[Adjustment, ...] = ()
    as_of_us: int = 0

    def clock(self, version: int, name: str) -> ClockTerms:
        return self.terms.versions[version].terms.clocks[name]

    def calendar(self, version: int, clock: ClockTerms) -> CompiledCalendar:
        key = self.terms.versions[version].calendar_keys[clock.calendar]
        if key not in self.calendars:
            raise EvidenceMissing(
                f"the annex has no calendar {key!r}: compile it again with `handfast annex`"
            )
        return self.calendars[key]

    def log(self, source: str) -> EventLog:
        if source not in self.logs:
            raise EvidenceMissing(f"no records were given for the source {source!r}: add {source}=FILE")
        return self.logs[source]

    def interval_log(self, source: str) -> IntervalLog:
        if source not in self.intervals:
            raise EvidenceMissing(
                f"no interval totals were given for the source {source!r}: add {source}=FILE"
            )
        return self.intervals[source]

    def adjustments_of(self, source: str, kind: str) -> tuple[Adjustment, ...]:
        """The adjustments of one kind that concern a source: those that name it, or name none."""
        return tuple(a for a in self.adjustments if a.kind == kind and a.source in (None, source))
