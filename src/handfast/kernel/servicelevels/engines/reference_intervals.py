"""What the reference engine finds in interval totals, row by row, and whether values pass a test."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handfast.kernel.servicelevels.questions import IntervalAnswer

if TYPE_CHECKING:
    from handfast.kernel.servicelevels.evidence import Evidence
    from handfast.kernel.servicelevels.questions import Condition, IntervalQuestion, IntervalsAtTarget


def _interval_rows(evidence: Evidence, asked: IntervalQuestion) -> list[dict[str, Any]]:
    log = evidence.interval_log(asked.source)
    return [
        row
        for row in log.rows.to_pylist()
        if asked.span.holds(row["at"]) and all(passes(row, test) for test in asked.where)
    ]


def _sides(evidence: Evidence, asked: IntervalQuestion, rows: list[dict[str, Any]]) -> tuple[int, int]:
    digits = {total.name: total.digits for total in evidence.interval_log(asked.source).totals}
    most = max(digits[name] for _, name in (*asked.of, *asked.to))
    of, to = (
        sum(sign * row[name] * 10 ** (most - digits[name]) for row in rows for sign, name in side)
        for side in (asked.of, asked.to)
    )
    return of, to


def interval_sums(evidence: Evidence, asked: IntervalQuestion) -> IntervalAnswer:
    rows = _interval_rows(evidence, asked)
    return IntervalAnswer(len(rows), *_sides(evidence, asked, rows))


def intervals_at_target(evidence: Evidence, question: IntervalsAtTarget) -> IntervalAnswer:
    rows = _interval_rows(evidence, question.intervals)
    n = hits = empty = 0
    for at in sorted({row["at"] for row in rows}):
        of, to = _sides(evidence, question.intervals, [row for row in rows if row["at"] == at])
        if to <= 0:
            empty += 1
            n += question.is_empty_met
            hits += question.is_empty_met
            continue
        n += 1
        gap = of * question.denominator - question.numerator * to
        better = gap > 0 if question.is_higher_better else gap < 0
        hits += better or (gap == 0 and question.is_met_at_target)
    return IntervalAnswer(len(rows), 0, 0, n, hits, empty)


def passes(values: dict[str, Any], test: Condition) -> bool:
    value = values[test.attribute]
    if test.is_missing is not None and (value is None) != test.is_missing:
        return False
    if test.among is not None and (value in test.among) == test.is_negated:
        return False
    if test.lowest is not None and (value is None or value < test.lowest):
        return False
    return test.highest is None or (value is not None and value <= test.highest)
