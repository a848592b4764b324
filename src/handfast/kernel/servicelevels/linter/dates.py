"""Rules about dates: versions that begin with a month, since a statement judges whole months."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.kernel.servicelevels.linter.rules import Case, Fault, Rule, rule
from handfast.kernel.servicelevels.measure_terms import Percentile, Reported

if TYPE_CHECKING:
    from collections.abc import Iterator

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


RULES: tuple[Rule, ...] = (amendment_inside_month, effective_inside_month, month_cannot_be_pieced)
