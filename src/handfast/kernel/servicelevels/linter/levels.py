"""Rules about levels: thresholds that mean something, and rounding that both sides know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from handfast.kernel.servicelevels.linter.reach import reach_of
from handfast.kernel.servicelevels.linter.rules import Case, Fault, Rule, rule
from handfast.kernel.servicelevels.measure_terms import (
    Mean,
    Percentile,
    Ratio,
    Reported,
    ShareOfIntervals,
    ShareWithinTarget,
    Sum,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from handfast.kernel.servicelevels.terms import Level

Which = Literal["expected", "minimum"]
SHARES = (ShareWithinTarget, Ratio, ShareOfIntervals)


def _thresholds(case: Case) -> Iterator[tuple[str, Level, Which, Fraction]]:
    for level_id, level in case.terms.levels.items():
        whiches: tuple[Which, ...] = ("expected", "minimum")
        for which in whiches:
            threshold = case.terms.threshold(level_id, which)
            if threshold is not None:
                yield level_id, level, which, threshold


@rule("rounding-undefined", "warning")
def rounding_undefined(case: Case) -> Iterator[Fault]:
    """A measure with a level says nothing about rounding.

    94.995 % is 95.00 % or 94.99 %, and money hangs on which; the default (2 digits, half up, compared as
    rounded) applies without having been agreed.
    """
    used = {level.measure: level_id for level_id, level in reversed(case.terms.levels.items())}
    for measure_id, level_id in used.items():
        if case.terms.measures[measure_id].rounding is None:
            yield Fault(
                ("measures", measure_id),
                f"{measure_id} has no rounding, and the level {level_id} is judged by it",
                "write rounding: {digits: 2, mode: half up, compare: rounded}, or what was agreed",
            )


@rule("minimum-stricter-than-expected", "error")
def minimum_stricter_than_expected(case: Case) -> Iterator[Fault]:
    """The minimum is harder to reach than what is expected.

    The two words stand the wrong way round, or a digit slipped: every miss of expected would be a miss of
    the minimum too.
    """
    for level_id, level in case.terms.levels.items():
        expected, minimum = (
            case.terms.threshold(level_id, "expected"),
            case.terms.threshold(level_id, "minimum"),
        )
        if expected is None or minimum is None or minimum == expected:
            continue
        if (minimum > expected) == (level.better == "higher"):
            yield Fault(
                ("levels", level_id, "minimum"),
                f"the minimum {level.minimum} of {level_id} is stricter than expected {level.expected}",
                f"{level.better} is better here: exchange the two, or turn `better` round",
            )


@rule("threshold-never-met", "error")
def threshold_never_met(case: Case) -> Iterator[Fault]:
    """A threshold that no value can meet, as a percentage over 100 %.

    Every month would be a miss, whatever anybody does.
    """
    for level_id, level, which, threshold in _thresholds(case):
        if not reach_of(case.terms.measure_of(level_id)).can_meet(threshold, level):
            yield Fault(
                ("levels", level_id, which),
                f"no value can meet {which} {getattr(level, which)} of {level_id}"
                + (" (a value exactly at the level is a miss)" if level.at_level == "missed" else ""),
                "write a value that can be met, or at_level: met",
            )


@rule("threshold-never-missed", "warning")
def threshold_never_missed(case: Case) -> Iterator[Fault]:
    """A threshold that every value meets.

    It promises nothing: 0 % where higher is better, 100 % where lower is better.
    """
    for level_id, level, which, threshold in _thresholds(case):
        if not reach_of(case.terms.measure_of(level_id)).can_miss(threshold, level):
            yield Fault(
                ("levels", level_id, which),
                f"every value meets {which} {getattr(level, which)} of {level_id}",
                "write a value that can be missed, or leave it out",
            )


@rule("threshold-finer-than-rounding", "warning")
def threshold_finer_than_rounding(case: Case) -> Iterator[Fault]:
    """A threshold with more digits than the rounded value that is held against it.

    Rounded to one digit, no value is ever 99.95: 99.9 misses it and 100.0 meets it, so that another
    threshold is in force than the one written.
    """
    for level_id, level, which, threshold in _thresholds(case):
        rounding = case.terms.measure_of(level_id).rule
        if rounding.compare == "rounded" and (threshold * 10**rounding.digits).denominator != 1:
            yield Fault(
                ("levels", level_id, which),
                f"{which} {getattr(level, which)} of {level_id} is held against values "
                f"rounded to {rounding.digits} digits, which never equal it",
                "round to more digits, or compare: exact",
            )


@rule("misses-allowed-without-misses", "error")
def misses_allowed_without_misses(case: Case) -> Iterator[Fault]:
    """Low volume allows a number of misses where the measure counts none.

    Only a share of records has misses: those that are not in it, where higher is better. A mean or a count
    has none, and in a share of bad records the misses are the share itself.
    """
    for level_id, level in case.terms.levels.items():
        if level.low_volume is None or level.low_volume.misses_allowed is None:
            continue
        measure = case.terms.measure_of(level_id)
        has_misses = isinstance(measure, SHARES) or (
            isinstance(measure, Reported) and measure.unit == "percent"
        )
        if not has_misses or level.better == "lower":
            said = "lower is better" if has_misses else f"{measure.kind} counts no misses"
            yield Fault(
                ("levels", level_id, "low_volume", "misses_allowed"),
                f"{level_id} allows misses under a number of records, but {said}",
                "use minimum_sample or roll_forward_until",
            )


@rule("low-volume-without-records", "error")
def low_volume_without_records(case: Case) -> Iterator[Fault]:
    """A rule for few records stands on a measure that counts no records.

    A reported number comes alone: nobody says how many records stand behind it, so that the rule never acts.
    """
    for level_id, level in case.terms.levels.items():
        measure = case.terms.measure_of(level_id)
        counts_none = isinstance(measure, Reported) and measure.unit != "percent"
        if level.low_volume is not None and counts_none:
            yield Fault(
                ("levels", level_id, "low_volume"),
                f"{level_id} has a rule for few records, but a reported number has none",
                "take low_volume away, or measure the level from records",
            )


@rule("low-volume-needs-counts", "warning")
def low_volume_needs_counts(case: Case) -> Iterator[Fault]:
    """A rule for few records stands on a reported share.

    It acts only in months that are reported as numerator and n: a bare percentage has no number of records.
    """
    for level_id, level in case.terms.levels.items():
        measure = case.terms.measure_of(level_id)
        if level.low_volume is not None and isinstance(measure, Reported) and measure.unit == "percent":
            yield Fault(
                ("levels", level_id, "low_volume"),
                f"the rule for few records of {level_id} does not act on a share that is reported alone",
                "agree that the value is reported as numerator and n",
            )


@rule("direction-doubtful", "warning")
def direction_doubtful(case: Case) -> Iterator[Fault]:
    """Longer is called better, or fewer records in time.

    `better: higher` is the default and right for shares; a level on a mean time or a percentile usually
    wants lower.
    """
    for level_id, level in case.terms.levels.items():
        measure = case.terms.measure_of(level_id)
        is_time = _is_time(measure)
        if is_time and level.better == "higher":
            said, hint = "a longer time is better", "write better: lower"
        elif isinstance(measure, ShareWithinTarget) and level.better == "lower":
            said, hint = "fewer records within target is better", "write better: higher"
        else:
            continue
        yield Fault(("levels", level_id, "better"), f"{level_id} says that {said}", hint)


def _is_time(measure: Any) -> bool:
    return isinstance(measure, Percentile) or (isinstance(measure, Mean | Sum) and measure.of is None)


RULES: tuple[Rule, ...] = (
    rounding_undefined,
    minimum_stricter_than_expected,
    threshold_never_met,
    threshold_never_missed,
    threshold_finer_than_rounding,
    misses_allowed_without_misses,
    low_volume_without_records,
    low_volume_needs_counts,
    direction_doubtful,
)
