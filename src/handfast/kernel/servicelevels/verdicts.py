"""A level's verdict: its figure rounded by the terms' rule and held against what was promised."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal

from handfast.kernel.quantity import Span, rounded
from handfast.kernel.servicelevels.figures import Asked, Figure, figure_of
from handfast.kernel.servicelevels.measure_terms import Ratio, Reported, ShareOfIntervals, ShareWithinTarget
from handfast.kernel.servicelevels.periods import before, pieces

if TYPE_CHECKING:
    from decimal import Decimal

    from handfast.kernel.servicelevels.periods import Period
    from handfast.kernel.servicelevels.terms import Level, LowVolume, WrittenTerms

Verdict = Literal["met", "below expected", "missed", "measured", "no data", "too few", "rolled forward"]
# Verdicts that decide nothing: neither a failure nor a success, so no points and no repeat.
UNDECIDED: tuple[Verdict, ...] = ("no data", "too few", "rolled forward")
UNDER_EXPECTED: tuple[Verdict, ...] = ("missed", "below expected")


@dataclass(frozen=True, slots=True)
class Assessed:
    """A level in a period. `shown` is the rounded value, `compared` what was held against the level.

    `periods` are the months whose records count, more than one where they were rolled forward.
    """

    level: str
    period: str
    version: int
    figure: Figure
    shown: Decimal | None
    compared: Fraction | None
    verdict: Verdict
    periods: tuple[str, ...]
    note: str | None = None

    @property
    def banded(self) -> Decimal | None:
        """The value that a band of points is looked up with; None where the verdict gives no points."""
        is_excused = self.verdict == "met" and self.note is not None
        return None if self.verdict in UNDECIDED or is_excused else self.shown


@dataclass(slots=True)
class Assessor:
    """Assesses levels and remembers: a repeat or a default looks back over months already assessed."""

    asked: Asked
    remembered: dict[tuple[str, str], Assessed]

    def assess(self, level: str, period: Period) -> Assessed:
        key = (level, period.name)
        if key not in self.remembered:
            self.remembered[key] = self._assess(level, period)
        return self.remembered[key]

    def _assess(self, level_id: str, period: Period) -> Assessed:
        terms = self.asked.terms
        version = pieces(terms, period.span)[0][0]
        written = terms.versions[version].terms
        if level_id not in written.levels:
            nothing = Figure(0, None, None)
            return Assessed(
                level_id, period.name, version, nothing, None, None, "no data", (), "not agreed yet"
            )
        level = written.levels[level_id]
        months = self._months(level_id, period, written)
        parts = [part for month in reversed(months) for part in pieces(terms, month.span)]
        figure = figure_of(self.asked, level.measure, _joined(parts), period.name)
        shown, compared = _values(figure, written, level_id)
        verdict, note = _verdict(figure, compared, written, level_id)
        names = tuple(month.name for month in reversed(months))
        return Assessed(level_id, period.name, version, figure, shown, compared, verdict, names, note)

    def _months(self, level_id: str, period: Period, written: WrittenTerms) -> list[Period]:
        """The months that count: this one, and those before it that were rolled forward into it."""
        rule = written.levels[level_id].low_volume
        months = [period]
        if rule is None or rule.roll_forward_until is None:
            return months
        earlier = before(self.asked.terms, period)
        while earlier is not None and self._is_rolled(level_id, earlier):
            months.append(earlier)
            earlier = before(self.asked.terms, earlier)
        return months

    def _is_rolled(self, level_id: str, period: Period) -> bool:
        version = pieces(self.asked.terms, period.span)[0][0]
        if level_id not in self.asked.terms.versions[version].terms.levels:
            return False
        return self.assess(level_id, period).verdict == "rolled forward"


def _joined(parts: list[tuple[int, Span]]) -> list[tuple[int, Span]]:
    """Neighbouring parts under the same version as one."""
    joined: list[tuple[int, Span]] = []
    for version, span in parts:
        if joined and joined[-1][0] == version and joined[-1][1].ends_us == span.starts_us:
            joined[-1] = (version, Span(joined[-1][1].starts_us, span.ends_us))
        else:
            joined.append((version, span))
    return joined


def _values(figure: Figure, written: WrittenTerms, level_id: str) -> tuple[Decimal | None, Fraction | None]:
    if figure.value is None:
        return None, None
    rule = written.measure_of(level_id).rule
    shown = rounded(figure.value, rule.digits, rule.mode)
    return shown, Fraction(shown) if rule.compare == "rounded" else figure.value


def _verdict(
    figure: Figure, compared: Fraction | None, written: WrittenTerms, level_id: str
) -> tuple[Verdict, str | None]:
    level = written.levels[level_id]
    rule, n = level.low_volume, figure.n
    if rule is not None and n is not None:
        few = _few(rule, n, _misses(figure, written, level_id), is_known=compared is not None)
        if few is not None:
            return few
    if compared is None:
        return "no data", None
    return _held(
        compared, level, written.threshold(level_id, "expected"), written.threshold(level_id, "minimum")
    ), None


def _misses(figure: Figure, written: WrittenTerms, level_id: str) -> int | None:
    """How many of n are not among the good ones; None where the measure counts none, as a mean does."""
    is_share = isinstance(
        written.measure_of(level_id), ShareWithinTarget | Ratio | ShareOfIntervals | Reported
    )
    if not is_share or written.levels[level_id].better == "lower":
        return None
    if figure.n is None or figure.numerator is None:
        return None
    return figure.n - figure.numerator


def _few(rule: LowVolume, n: int, misses: int | None, *, is_known: bool) -> tuple[Verdict, str | None] | None:
    """The verdict of a month with few records, or None where the value decides."""
    if rule.roll_forward_until is not None and n < rule.roll_forward_until:
        return "rolled forward", f"{n} of {rule.roll_forward_until} records: judged with the next month"
    if not is_known:
        return None
    if rule.minimum_sample is not None and n < rule.minimum_sample:
        return "too few", f"{n} records; the terms judge from {rule.minimum_sample}"
    if (
        misses is not None
        and rule.misses_allowed is not None
        and rule.below is not None
        and n < rule.below
        and misses <= rule.misses_allowed
    ):
        return "met", f"{misses} of {rule.misses_allowed} misses allowed under {rule.below} records"
    return None


def _held(compared: Fraction, level: Level, expected: Fraction | None, minimum: Fraction | None) -> Verdict:
    if expected is None and minimum is None:
        return "measured"
    reaches_minimum = minimum is None or _reaches(compared, minimum, level)
    reaches_expected = expected is None or _reaches(compared, expected, level)
    if reaches_minimum and reaches_expected:
        return "met"
    return "below expected" if reaches_minimum and minimum is not None else "missed"


def _reaches(value: Fraction, threshold: Fraction, level: Level) -> bool:
    if value == threshold:
        return level.at_level == "met"
    return (value > threshold) == (level.better == "higher")
