"""Terms in words: each service with its levels, what is measured, and what is promised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from handfast.contract.reading.year import hours_said
from handfast.kernel.quantity import moment_of
from handfast.kernel.worktime.zones import zone_named

if TYPE_CHECKING:
    from datetime import date

    from handfast.kernel.servicelevels.terms import Level, Terms, Version, WrittenTerms

COUNTED = {"start": "started", "stop": "finished", "due": "due"}


@dataclass(frozen=True, slots=True)
class LevelWords:
    """One promise: its name, what is measured, expected and minimum as written (empty where there is none)."""

    key: str
    name: str
    measured: str
    expected: str
    minimum: str
    better: str


@dataclass(frozen=True, slots=True)
class ServiceWords:
    """A service and its levels; `name` is empty for levels that belong to none."""

    name: str
    levels: tuple[LevelWords, ...]


@dataclass(frozen=True, slots=True)
class VersionWords:
    """What holds from a day up to another (not included): the terms themselves, or after an amendment."""

    name: str
    first: date
    end: date
    services: tuple[ServiceWords, ...]
    money: str


def words_of(terms: Terms) -> tuple[VersionWords, ...]:
    """Each stretch of the agreement, in order."""
    return tuple(_stretch(terms, version) for version in terms.versions)


def _stretch(terms: Terms, version: Version) -> VersionWords:
    zone = terms.first.zone
    written = version.terms
    first, end = (_day(at, zone) for at in (version.in_force.starts_us, version.in_force.ends_us))
    keys = [*written.services, None]
    services = tuple(
        ServiceWords(
            written.services[key].name if key else "",
            tuple(_level(written, name, one) for name, one in written.levels.items() if one.service == key),
        )
        for key in keys
    )
    name = "" if version is terms.versions[0] else version.name
    return VersionWords(name, first, end, tuple(one for one in services if one.levels), _money(written))


def _day(at_us: int, zone: str) -> date:
    return moment_of(at_us).astimezone(zone_named(zone)).date()


def _level(terms: WrittenTerms, key: str, level: Level) -> LevelWords:
    measure = terms.measures[level.measure]
    return LevelWords(
        key,
        level.name,
        measured_said(terms, measure),
        level.expected or "",
        level.minimum or "",
        level.better,
    )


def measured_said(terms: WrittenTerms, measure: Any) -> str:
    """One line: 'share within 4 h, by the calendar office, counted when started'."""
    if measure.kind == "reported":
        return f"reported by the {measure.reported_by}"
    if measure.kind == "ratio of sums":
        return f"{' + '.join(measure.of)} over {' + '.join(measure.to)}, in sums"
    if measure.kind == "share of intervals":
        return f"share of intervals that reach {measure.target * 100} %"
    return f"{_of_records(measure)}{_clocked(terms, measure)}"


def _of_records(measure: Any) -> str:
    match measure.kind:
        case "share within target":
            return f"share within {hours_said(measure.target)}"
        case "ratio":
            return "share of records that pass a test"
        case "percentile":
            return f"what {measure.share * 100} % of records take at most"
        case _:
            return f"{measure.kind} of records"


def _clocked(terms: WrittenTerms, measure: Any) -> str:
    calendar = terms.clocks[measure.clock].calendar.replace("_", " ")
    return f", by the calendar {calendar}, counted when {COUNTED[measure.counted_by]}"


def _money(terms: WrittenTerms) -> str:
    regime: Any = terms.regime
    if regime is None:
        return ""
    if regime.kind == "pool":
        return f"credits up to {regime.at_risk * 100} % of the charges, in {regime.currency}"
    return f"points by bands of the measured value, in {regime.currency}"


def last_day(end: date) -> date:
    """The last day of a stretch that ends before `end`."""
    return end - timedelta(days=1)
