"""A measure's figure: shares, means and percentiles computed once, exactly, from whole numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from handfast.kernel.quantity import Span
from handfast.kernel.refusal import Refusal
from handfast.kernel.servicelevels import asking
from handfast.kernel.servicelevels.measure_terms import (
    UNIT_US,
    Count,
    Mean,
    Percentile,
    Ratio,
    RatioOfSums,
    Reported,
    ShareOfIntervals,
    ShareWithinTarget,
    Sum,
)
from handfast.kernel.servicelevels.questions import (
    Counted,
    IntervalAnswer,
    IntervalSums,
    Ranked,
    Tally,
    TimeRanks,
)

if TYPE_CHECKING:
    from handfast.kernel.servicelevels.questions import Engine, Population
    from handfast.kernel.servicelevels.reported import ReportedValues
    from handfast.kernel.servicelevels.terms import Terms

HUNDRED = 100


class CannotBePieced(Refusal):
    """A figure that two versions of the terms cannot share, such as a percentile."""

    code = "cannot-be-pieced"


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` is exact on the unit's scale (a share in percent), None where there is no data.

    `n` and `numerator` are the two whole numbers behind a share (`n` None: reported without it); for a mean or a sum `numerator` is the
    total in microseconds or scaled units. `excluded` is by type.
    """

    n: int | None
    numerator: int | None
    value: Fraction | None
    left_out: int = 0
    excluded: tuple[tuple[str, int], ...] = ()
    denominator: int | None = None
    reported_by: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """Where figures come from: the terms, an engine on the evidence, and the reported values."""

    terms: Terms
    engine: Engine
    reported: ReportedValues
    as_of_us: int


def figure_of(asked: Asked, measure_id: str, parts: list[tuple[int, Span]], period: str) -> Figure:
    """The figure of a measure over the parts of a period, each under its own version of the terms."""
    measures = [
        (number, asked.terms.versions[number].terms.measures.get(measure_id), span) for number, span in parts
    ]
    measure = measures[-1][1]
    if isinstance(measure, Reported):
        return _reported(asked, measure_id, measure, period)
    if any(_makes(one) != _makes(measure) for _, one, _ in measures):
        raise CannotBePieced(
            f"the measure {measure_id} changes what it makes inside {period}: amend it between two months"
        )
    if isinstance(measure, RatioOfSums | ShareOfIntervals):
        return _of_intervals(asked, measure, measures)
    if isinstance(measure, Percentile):
        return _percentile(asked, measure_id, measure, _same_spans(measure_id, measures, period))
    answers = [
        _counted(asked, measure_id, one) for one in asking.populations_of(asked.terms, measure_id, parts)
    ]
    return _from_counts(asked, parts[0][0], measure, answers)


def _makes(measure: Any) -> tuple[Any, ...]:
    """What must stay the same for two parts of a figure to add up: kind, unit, and what is summed."""
    summed = measure.of if isinstance(measure, Mean | Sum) else None
    return type(measure), getattr(measure, "unit", None), summed


def _counted(asked: Asked, measure_id: str, population: Population) -> Counted:
    answer = asked.engine.answer(asking.record_question(asked.terms, measure_id, population))
    assert isinstance(answer, Counted)  # noqa: S101 - narrows the union for the type checker
    return answer


def _from_counts(asked: Asked, version: int, measure: Any, answers: list[Counted]) -> Figure:
    n = sum(answer.n for answer in answers)
    hits, total = sum(answer.hits for answer in answers), sum(answer.total for answer in answers)
    frame = Figure(n, None, None, sum(answer.left_out for answer in answers), _by_type(answers))
    match measure:
        case ShareWithinTarget() | Ratio():
            return replace(frame, numerator=hits, value=Fraction(HUNDRED * hits, n) if n else None)
        case Count():
            return replace(frame, value=Fraction(n))
        case Mean() | Sum():
            scale = _scale(asked, version, measure)
            over = n if isinstance(measure, Mean) else 1
            value = Fraction(total, over * scale) if n or isinstance(measure, Sum) else None
            return replace(frame, numerator=total, value=value)
    raise TypeError(f"no such measure: {measure!r}")


def _scale(asked: Asked, version: int, measure: Mean | Sum) -> int:
    """How many of the engine's whole numbers make one of the unit."""
    if measure.of is None:
        return UNIT_US[measure.unit]
    terms = asked.terms.versions[version].terms
    digits = terms.sources[terms.clocks[measure.clock].source].attributes[measure.of].digits  # type: ignore[union-attr] # the references were checked: an event log
    return int(10 ** (digits or 0))


def _by_type(answers: list[Counted]) -> tuple[tuple[str, int], ...]:
    summed: dict[str, int] = {}
    for answer in answers:
        for type_, count in answer.excluded:
            summed[type_] = summed.get(type_, 0) + count
    return tuple(sorted(summed.items()))


def _same_spans(
    measure_id: str, measures: list[tuple[int, Any, Span]], period: str
) -> list[tuple[int, Span]]:
    first = measures[0][1]
    if any(one != first for _, one, _ in measures):
        raise CannotBePieced(
            f"the percentile {measure_id} is amended inside {period}, and two halves of a percentile do not add up: "
            "amend it between two months"
        )
    return [(number, span) for number, _, span in measures]


def _percentile(asked: Asked, measure_id: str, measure: Percentile, parts: list[tuple[int, Span]]) -> Figure:
    whole = Span(parts[0][1].starts_us, parts[-1][1].ends_us)
    clocks = {
        asked.terms.versions[number].terms.clocks[measure.clock].model_dump_json() for number, _ in parts
    }
    keys = {
        asked.terms.versions[n].calendar_keys[asked.terms.versions[n].terms.clocks[measure.clock].calendar]
        for n, _ in parts
    }
    if len(clocks) > 1 or len(keys) > 1:
        raise CannotBePieced(f"the clock under the percentile {measure_id} is amended inside the month")
    population = asking.population_of(asked.terms, parts[0][0], measure, whole)
    tally = asked.engine.answer(Tally(population))
    assert isinstance(tally, Counted)  # noqa: S101 - narrows the union for the type checker
    ranks = asking.ranks_of(measure, tally.n)
    frame = Figure(tally.n, None, None, tally.left_out, tally.excluded)
    if not ranks:
        return frame
    answer = asked.engine.answer(TimeRanks(population, ranks))
    assert isinstance(answer, Ranked)  # noqa: S101 - narrows the union for the type checker
    exact = Fraction(answer.values[0])
    if len(ranks) > 1:
        part = (1 + (tally.n - 1) * measure.share) - ranks[0]
        exact += part * (answer.values[1] - answer.values[0])
    return replace(frame, value=exact / UNIT_US[measure.unit])


def _of_intervals(
    asked: Asked, measure: RatioOfSums | ShareOfIntervals, measures: list[tuple[int, Any, Span]]
) -> Figure:
    answers = [_interval_answer(asked, number, one, span) for number, one, span in measures]
    rows = sum(answer.rows for answer in answers)
    if isinstance(measure, ShareOfIntervals):
        n, hits = sum(answer.n for answer in answers), sum(answer.hits for answer in answers)
        left_out = sum(
            answer.empty
            for answer, (_, one, _) in zip(answers, measures, strict=True)
            if one.empty == "left out"
        )
        return Figure(n, hits, Fraction(HUNDRED * hits, n) if n else None, left_out)
    of, to = sum(answer.of for answer in answers), sum(answer.to for answer in answers)
    scale = HUNDRED if measure.unit == "percent" else 1
    value = Fraction(scale * of, to) if to > 0 else None
    return Figure(rows, of, value, denominator=to)


def _interval_answer(asked: Asked, version: int, measure: Any, span: Span) -> IntervalAnswer:
    intervals = asking.interval_question(asked.terms, version, measure, span)
    is_share = isinstance(measure, ShareOfIntervals)
    question = asking.intervals_at_target(measure, intervals) if is_share else IntervalSums(intervals)
    answer = asked.engine.answer(question)
    assert isinstance(answer, IntervalAnswer)  # noqa: S101 - narrows the union for the type checker
    return answer


def _reported(asked: Asked, measure_id: str, measure: Reported, period: str) -> Figure:
    value = asked.reported.written.values.get(measure_id, {}).get(period)
    if value is None or value.at > asked.as_of_us:
        return Figure(0, None, None)
    if value.by != measure.reported_by:
        raise WrongReporter(
            f"the value of {measure_id} for {period} was reported by the {value.by}; "
            f"the terms say that the {measure.reported_by} reports it"
        )
    is_share = value.number is None
    if is_share != (measure.unit == "percent"):
        wanted = "a share, or numerator with n" if measure.unit == "percent" else "a number"
        raise WrongReporter(f"the value of {measure_id} for {period}: the terms want {wanted}")
    return Figure(value.n, value.numerator, value.exact, reported_by=value.by)


class WrongReporter(Refusal):
    """A reported value by the wrong side, or of the wrong kind."""

    code = "wrong-reporter"
