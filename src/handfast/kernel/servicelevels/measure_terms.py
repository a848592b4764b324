"""How the terms write a measure: what is counted, when it counts, and how it is rounded."""

from __future__ import annotations

from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from handfast.kernel.quantity import RoundingMode
from handfast.kernel.written_values import (
    Duration,
    Identifier,
    Number,
    Percent,
    Text,
    Texts,
    Written,
    decimal_of,
    duration_us_of,
    percent_of,
)

Unit = Literal["percent", "seconds", "minutes", "hours", "number"]
CountedBy = Literal["start", "stop", "due"]
Unfinished = Literal["left out", "missed", "as it stands"]
NOT_BUILT_KINDS = (
    "snapshot",
    "amount-weighted",
    "availability",
    "forecast error",
    "survey mean",
    "NPS",
)


class Rounding(Written):
    """Digits and mode; whether the rounded or the exact value is held against the level."""

    digits: Annotated[int, Field(ge=0, le=12)]
    mode: RoundingMode
    compare: Literal["rounded", "exact"] = "rounded"


DEFAULT_ROUNDING = Rounding(digits=2, mode="half up", compare="rounded")


class Test(Written):
    """A test of one attribute that is more than being one of some values."""

    is_not: Annotated[Texts | None, Field(description="none of these; a missing value passes")] = None
    at_least: Number | None = None
    at_most: Number | None = None
    is_missing: Annotated[bool | None, Field(description="true: only missing values pass")] = None

    @model_validator(mode="after")
    def _says_something(self) -> Test:
        if all(part is None for part in (self.is_not, self.at_least, self.at_most, self.is_missing)):
            raise ValueError("a test without is_not, at_least, at_most or is_missing tests nothing")
        return self


def _values_or_test(value: Any) -> Any:
    return value if isinstance(value, dict | list | tuple | Test) else [value]


Where = dict[Identifier, Annotated[Test | Texts, BeforeValidator(_values_or_test)]]


class _Measured(Written):
    name: Text | None = None
    rounding: Rounding | None = Field(
        None, description="undefined is a finding of the linter; default 2, half up"
    )

    @property
    def rule(self) -> Rounding:
        return self.rounding or DEFAULT_ROUNDING


class _OfRecords(_Measured):
    """What all measures over records share: the clock, the filter, and when a record counts."""

    clock: Identifier
    where: Where = Field(default_factory=dict)
    counted_by: CountedBy
    unfinished: Unfinished
    excludes: Texts = ()

    @model_validator(mode="after")
    def _due_needs_a_target(self) -> _OfRecords:
        if self.counted_by == "due" and not isinstance(self, ShareWithinTarget):
            raise ValueError("counted_by due needs a target: only `share within target` has one")
        return self


class _OfRecordsWithoutTarget(_OfRecords):
    unfinished: Literal["left out", "as it stands"]


class ShareWithinTarget(_OfRecords):
    """Records within target / records counted."""

    kind: Literal["share within target"]
    target: Duration
    at_target: Literal["met", "missed"] = Field("met", description="a record at exactly the target")

    @property
    def unit(self) -> Unit:
        return "percent"


class Ratio(_OfRecordsWithoutTarget):
    """Of the counted records, the share that also passes `of`."""

    kind: Literal["ratio"]
    of: Where

    @property
    def unit(self) -> Unit:
        return "percent"


class Mean(_OfRecordsWithoutTarget):
    """Mean of the clock's time, or of an attribute."""

    kind: Literal["mean"]
    of: Identifier | None = Field(None, description="an attribute with digits; default: the clock's time")
    unit: Unit = "hours"


class Percentile(_OfRecordsWithoutTarget):
    """An order statistic of the clock's time."""

    kind: Literal["percentile"]
    share: Percent
    method: Literal["nearest rank", "linear"]
    unit: Literal["seconds", "minutes", "hours"] = "hours"

    @model_validator(mode="after")
    def _inside(self) -> Percentile:
        if not 0 < self.share <= 1:
            raise ValueError("a percentile lies over 0 % and up to 100 %")
        return self


class Count(_OfRecordsWithoutTarget):
    """How many records count."""

    kind: Literal["count"]

    @property
    def unit(self) -> Unit:
        return "number"


class Sum(_OfRecordsWithoutTarget):
    """Sum of the clock's time, or of an attribute."""

    kind: Literal["sum"]
    of: Identifier | None = None
    unit: Unit = "hours"


class _OfIntervals(_Measured):
    source: Identifier
    where: Where = Field(default_factory=dict)
    of: Texts = Field(min_length=1, description="totals added up; a leading - subtracts")
    to: Texts = Field(min_length=1)


class RatioOfSums(_OfIntervals):
    """A ratio of sums over interval totals; never a mean of means."""

    kind: Literal["ratio of sums"]
    unit: Literal["percent", "number", "seconds"] = "percent"


class ShareOfIntervals(_OfIntervals):
    """Intervals whose own ratio reaches the target / intervals."""

    kind: Literal["share of intervals"]
    target: Percent
    at_target: Literal["met", "missed"] = "met"
    better: Literal["higher", "lower"] = "higher"
    empty: Literal["left out", "met"] = Field("left out", description="an interval whose `to` is nothing")

    @property
    def unit(self) -> Unit:
        return "percent"


class Reported(_Measured):
    """What one side reports and attests; shown as reported, never as measured."""

    kind: Literal["reported"]
    reported_by: Literal["client", "provider"]
    unit: Unit


def _named_when_not_built(value: Any) -> Any:
    kind = value.get("kind") if isinstance(value, dict) else None
    if kind in NOT_BUILT_KINDS:
        raise ValueError(f"the measure {kind!r} is not built yet; use `reported` until it is")
    return value


OfRecords = ShareWithinTarget | Ratio | Mean | Percentile | Count | Sum
OfIntervals = RatioOfSums | ShareOfIntervals
Measure = Annotated[
    Annotated[
        OfRecords | OfIntervals | Reported,
        Field(discriminator="kind"),
    ],
    BeforeValidator(_named_when_not_built),
]

UNIT_US: dict[str, int] = {"seconds": 10**6, "minutes": 60 * 10**6, "hours": 3600 * 10**6}


def threshold_of(text: str, unit: Unit) -> Fraction:
    """A level's threshold as a number on the unit's own scale: `95 %` is 95, `4h` in hours is 4."""
    if unit == "percent":
        return percent_of(text) * 100
    if unit in UNIT_US and text[-1:] in ("h", "m", "s"):
        return Fraction(duration_us_of(text), UNIT_US[unit])
    return Fraction(decimal_of(text))
