"""Rules about what is written and never used: a slip, or a promise that nobody measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.kernel.servicelevels.linter.rules import Case, Fault, Rule, rule

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator


def _idle(
    part: str, written: Iterable[str], used: Collection[str | None], said: str, hint: str
) -> Iterator[Fault]:
    for key in written:
        if key not in used:
            yield Fault((part, key), f"{said} {key}", hint)


@rule("measure-unused", "warning")
def measure_unused(case: Case) -> Iterator[Fault]:
    """A measure that no level judges.

    It will not stand in any statement, though somebody thought of it as a promise.
    """
    used = {level.measure for level in case.terms.levels.values()}
    yield from _idle(
        "measures",
        case.terms.measures,
        used,
        "no level judges the measure",
        "give it a level, or take it away",
    )


@rule("clock-unused", "warning")
def clock_unused(case: Case) -> Iterator[Fault]:
    """A clock that no measure reads.

    Its pauses and its calendar look agreed and change nothing.
    """
    used = {getattr(measure, "clock", None) for measure in case.terms.measures.values()}
    yield from _idle(
        "clocks",
        case.terms.clocks,
        used,
        "no measure reads the clock",
        "let a measure read it, or take it away",
    )


@rule("source-unused", "warning")
def source_unused(case: Case) -> Iterator[Fault]:
    """A source that no clock and no measure reads.

    Its files would be asked for, and no figure would change whatever they say.
    """
    used = {clock.source for clock in case.terms.clocks.values()}
    used |= {
        source for measure in case.terms.measures.values() if (source := getattr(measure, "source", None))
    }
    yield from _idle(
        "sources", case.terms.sources, used, "nothing reads the source", "use it, or take it away"
    )


@rule("calendar-unused", "warning")
def calendar_unused(case: Case) -> Iterator[Fault]:
    """A calendar by which no clock runs.

    Hours that somebody negotiated have no effect.
    """
    used = {clock.calendar for clock in case.terms.clocks.values()}
    yield from _idle(
        "calendars",
        case.terms.calendars,
        used,
        "no clock runs by the calendar",
        "let a clock use it, or take it away",
    )


@rule("service-unused", "warning")
def service_unused(case: Case) -> Iterator[Fault]:
    """A service for which nothing is promised.

    The services are what is paid for: one without a level is unmeasured.
    """
    used = {level.service for level in case.terms.levels.values()}
    yield from _idle(
        "services",
        case.terms.services,
        used,
        "no level belongs to the service",
        "give it a level, or take it away",
    )


RULES: tuple[Rule, ...] = (measure_unused, clock_unused, source_unused, calendar_unused, service_unused)
