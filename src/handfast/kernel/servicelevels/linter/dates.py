"""Rules about dates: versions that begin with a month, since a statement judges whole months."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from handfast.kernel.servicelevels.linter.rules import Case, Fault, Rule, rule
from handfast.kernel.servicelevels.measure_terms import OfRecords, Percentile, Reported

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handfast.kernel.document import Path
    from handfast.kernel.servicelevels.clock_terms import ClockTerms
    from handfast.kernel.servicelevels.terms import Version


@rule("amendment-inside-month", "warning", "agreement")
def amendment_inside_month(case: Case) -> Iterator[Fault]:
    """An amendment takes effect in the middle of a month.

    Its month is counted under two versions: records by the version of their instant, levels and credits by
    the version of the month's first day.
    """
    for place, amendment in enumerate(case.amendments):
        if amendment.first.day != 1:
            yield Fault(
                ("amendments", place, "from"),
                f"{amendment.name} begins on {amendment.first}, inside a month",
                f"let it begin on {amendment.first.replace(day=1)} or the first of the next month",
            )


@rule("effective-inside-month", "warning", "agreement")
def effective_inside_month(case: Case) -> Iterator[Fault]:
    """The agreement begins or ends in the middle of a month.

    A statement needs the whole month: the days before its first or after its last month are in none.
    """
    effective = case.agreement.first.effective
    for key, day in (("from", effective.first), ("to", effective.end)):
        if day.day != 1:
            yield Fault(
                ("effective", key),
                f"{key} is {day}, inside a month: no statement holds the days of that month",
                "let it be the first of a month (`to` is the day after the last)",
            )


@rule("month-cannot-be-pieced", "error", "agreement")
def month_cannot_be_pieced(case: Case) -> Iterator[Fault]:
    """An amendment inside a month changes what two halves of a month cannot share.

    Counts add up, percentiles do not, and neither do two kinds of measure: the month's statement would be
    refused.
    """
    pairs = zip(case.agreement.versions, case.agreement.versions[1:], strict=False)
    for place, ((before, after), amendment) in enumerate(zip(pairs, case.amendments, strict=True)):
        if amendment.first.day == 1:
            continue
        for measure_id in sorted({level.measure for level in before.terms.levels.values()}):
            if not _can_be_pieced(before, after, measure_id):
                yield Fault(
                    ("amendments", place, "from"),
                    f"{measure_id} changes inside the month of {amendment.first} and its two halves do not add up",
                    "let the amendment begin on the first of a month",
                )


def _can_be_pieced(before: Version, after: Version, measure_id: str) -> bool:
    old, new = before.terms.measures[measure_id], after.terms.measures.get(measure_id)
    if isinstance(old, Reported):
        return True
    if type(old) is not type(new):
        return False
    if not isinstance(old, Percentile):
        return True
    if old != new or before.terms.clocks[old.clock] != after.terms.clocks[old.clock]:
        return False
    calendar = before.terms.clocks[old.clock].calendar
    return before.calendar_keys[calendar] == after.calendar_keys[calendar]


@rule("clock-ends-amended", "warning", "agreement")
def clock_ends_amended(case: Case) -> Iterator[Fault]:
    """An amendment changes the events that start or stop the clock of a measure.

    Records are counted by those instants, each version by its own: one that is open on that day can count twice,
    once under each, or not at all.
    """
    pairs = zip(case.agreement.versions, case.agreement.versions[1:], strict=False)
    for place, ((before, after), amendment) in enumerate(zip(pairs, case.amendments, strict=True)):
        seen: set[Path] = set()
        for measure_id, old in sorted(before.terms.measures.items()):
            new = after.terms.measures.get(measure_id)
            if not isinstance(old, OfRecords) or not isinstance(new, OfRecords):
                continue
            clocks = before.terms.clocks[old.clock], after.terms.clocks[new.clock]
            for role in _ends_changed(*clocks):
                where = (
                    ("clocks", new.clock, role)
                    if old.clock == new.clock
                    else ("measures", measure_id, "clock")
                )
                if where not in seen:
                    seen.add(where)
                    yield Fault(
                        ("amendments", place, "change", *where),
                        f"{amendment.name} lets {measure_id} {role} at {_named(clocks[1], role)} instead of "
                        f"{_named(clocks[0], role)}: a record open on {amendment.first} can count twice or not at all",
                        "leave these events as they are, or agree beside the terms which version counts such records",
                    )


def _ends_changed(old: ClockTerms, new: ClockTerms) -> Iterator[Literal["start", "stop"]]:
    if set(old.start) != set(new.start):
        yield "start"
    if set(old.stop) != set(new.stop):
        yield "stop"


def _named(clock: ClockTerms, role: Literal["start", "stop"]) -> str:
    if role == "start" and clock.starts_first:
        return "the first event"
    return " or ".join(map(repr, getattr(clock, role)))


RULES: tuple[Rule, ...] = (
    amendment_inside_month,
    effective_inside_month,
    month_cannot_be_pieced,
    clock_ends_amended,
)
