"""The rows behind a level of interval totals, the worst first."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np

from handfast.kernel.records import arrow_tables
from handfast.kernel.servicelevels import asking
from handfast.kernel.servicelevels.measure_terms import RatioOfSums, ShareOfIntervals
from handfast.kernel.servicelevels.rosters import parts_of

if TYPE_CHECKING:
    from handfast.kernel.records.log import IntervalLog
    from handfast.kernel.servicelevels.questions import Condition, IntervalQuestion
    from handfast.kernel.servicelevels.statement import Inputs


@dataclass(frozen=True, slots=True)
class IntervalRow:
    """One row of a ratio of sums, or one whole interval of a share of intervals (then `keys` is empty)."""

    at_us: int
    keys: tuple[str, ...]
    of: Decimal
    to: Decimal
    outcome: str

    @property
    def ratio(self) -> Fraction | None:
        return Fraction(self.of) / Fraction(self.to) if self.to > 0 else None


def interval_rows(inputs: Inputs, level: dict[str, Any]) -> list[IntervalRow]:
    """Every row that a level counts, the worst first and those without anything last."""
    found: list[IntervalRow] = []
    better = level["better"]
    for version, span in parts_of(inputs.terms, level["counted_from"]):
        measure = inputs.terms.versions[version].terms.measures.get(level["measure"])
        if isinstance(measure, RatioOfSums | ShareOfIntervals):
            question = asking.interval_question(inputs.terms, version, measure, span)
            log = inputs.evidence().interval_log(measure.source)
            found += _rows(question, log, measure)
            better = getattr(measure, "better", better)
    sign = 1 if better == "higher" else -1
    return sorted(found, key=lambda row: (row.ratio is None, sign * (row.ratio or 0), -row.to, row.at_us))


def _rows(question: IntervalQuestion, log: IntervalLog, measure: Any) -> list[IntervalRow]:
    instants = arrow_tables.integers_of(log.rows, "at")
    first, after = np.searchsorted(instants, [question.span.starts_us, question.span.ends_us])
    plain = log.rows.slice(int(first), int(after - first)).to_pylist()
    by_interval = isinstance(measure, ShareOfIntervals)
    sums: dict[tuple[int, tuple[str, ...]], tuple[Decimal, Decimal]] = {}
    for row in plain:
        if all(_passes(row[test.attribute], test) for test in question.where):
            place = (row["at"], () if by_interval else tuple(row[key] for key in log.keys))
            of, to = (_side(side, row, log) for side in (question.of, question.to))
            before = sums.get(place, (Decimal(0), Decimal(0)))
            sums[place] = before[0] + of, before[1] + to
    return [IntervalRow(*place, of, to, _outcome(measure, of, to)) for place, (of, to) in sums.items()]


def _side(side: tuple[tuple[int, str], ...], row: dict[str, Any], log: IntervalLog) -> Decimal:
    digits = {total.name: total.digits for total in log.totals}
    return sum((sign * Decimal(row[name]).scaleb(-digits[name]) for sign, name in side), Decimal(0))


def _passes(value: str | None, test: Condition) -> bool:
    if test.is_missing is not None and (value is None) != test.is_missing:
        return False
    return test.among is None or (value in test.among) != test.is_negated


def _outcome(measure: RatioOfSums | ShareOfIntervals, of: Decimal, to: Decimal) -> str:
    if isinstance(measure, RatioOfSums):
        return "counted"
    if to <= 0:
        return measure.empty
    gap = Fraction(of) / Fraction(to) - measure.target
    ahead = gap if measure.better == "higher" else -gap
    return "met" if ahead > 0 or (ahead == 0 and measure.at_target == "met") else "missed"
