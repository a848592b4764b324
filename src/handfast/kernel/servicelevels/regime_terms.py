"""How the terms write a credit regime: the pool, or points with repeats."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, model_validator

from handfast.kernel.servicelevels.measure_terms import Rounding
from handfast.kernel.written_values import Identifier, Month, Number, Percent, Text, Written

NOT_BUILT_REGIMES = ("weight", "ladder", "gap", "event")
NOT_BUILT_KEYS = (
    "earn_back",
    "bonus",
    "hold_off",
    "relief",
    "ratchet",
    "termination",
    "presumptive",
    "floor",
    "one_incident_one_level",
)


def _charges(value: Any) -> Any:
    return {"every month": value} if isinstance(value, str | int) and value != "reported" else value


class _Regime(Written):
    """What every regime needs: a currency, how money is rounded, and the month's charges."""

    currency: Annotated[str, Field(pattern="^[A-Z]{3}$")]
    rounding: Rounding
    charges: Annotated[
        Literal["reported"] | dict[Month | Literal["every month"], Number],
        BeforeValidator(_charges),
        Field(description="an amount for every month, amounts by month, or `reported`"),
    ]

    @model_validator(mode="before")
    @classmethod
    def _names_what_is_not_built(cls, value: Any) -> Any:
        for key in NOT_BUILT_KEYS:
            if isinstance(value, dict) and key in value:
                raise ValueError(f"{key} is not built yet: a statement that left it out would be wrong")
        return value


class ExpectedDefault(Written):
    """`misses` of expected within `months` rolling months count as a default."""

    misses: Annotated[int, Field(ge=1, le=60)]
    months: Annotated[int, Field(ge=1, le=60)]

    @model_validator(mode="after")
    def _fits(self) -> ExpectedDefault:
        if self.misses > self.months:
            raise ValueError(f"{self.misses} misses cannot happen in {self.months} months")
        return self


class Pool(Written):
    name: Text | None = None
    share: Percent


class PoolCredit(Written):
    pool: Identifier
    allocation: Percent


class PoolRegime(_Regime):
    """Credit = pool share x allocation x at-risk amount; the month's sum is capped."""

    kind: Literal["pool"]
    at_risk: Percent
    pools: dict[Identifier, Pool] = Field(min_length=1)
    pool_total: Percent = Field(description="the total of pool shares that the terms themselves name")
    allocation_total: Percent | None = Field(
        None, description="the most that the allocations of one pool add up to"
    )
    largest_allocation: Percent | None = None
    most_levels: Annotated[int, Field(ge=1)] | None = None
    credits: dict[Identifier, PoolCredit] = Field(description="by level")
    default_at: Literal["minimum", "expected"] = Field(
        "minimum", description="a miss of which is a default at once"
    )
    expected_default: ExpectedDefault | None = None
    cap: Percent | None = Field(None, description="of the charges; default: the at-risk amount")
    cut: Literal["in proportion", "last first"] = Field(
        "in proportion", description="who bears what goes over the cap; the terms' order of credits counts"
    )

    @model_validator(mode="after")
    def _pools_exist(self) -> PoolRegime:
        for level, credit in self.credits.items():
            if credit.pool not in self.pools:
                raise ValueError(
                    f"the credit of {level} names the pool {credit.pool!r}, which is not among the pools"
                )
        return self


class Band(Written):
    """Points for values from `from` to `to`, both inclusive; one side may be open."""

    name: Text | None = None
    lowest: Number | None = Field(None, alias="from")
    highest: Number | None = Field(None, alias="to")
    points: Annotated[int, Field(ge=0, le=1000)]

    @model_validator(mode="after")
    def _not_upside_down(self) -> Band:
        if self.lowest is None and self.highest is None:
            raise ValueError("a band needs from, to or both")
        if self.lowest is not None and self.highest is not None and self.lowest > self.highest:
            raise ValueError(f"a band from {self.lowest} to {self.highest} holds nothing")
        return self

    def holds(self, value: Number) -> bool:
        above = self.lowest is None or value >= self.lowest
        return above and (self.highest is None or value <= self.highest)


class Bands(Written):
    bands: tuple[Band, ...] = Field(min_length=1)


class Repeat(Written):
    """A failure right after a failure of the same level counts `factor` times."""

    factor: Annotated[int, Field(ge=2, le=10)]
    after: Literal["previous month"] = "previous month"


class Rung(Written):
    points: Annotated[int, Field(ge=0)]
    of_charges: Percent


class Ladder(Written):
    """Points to a share of the charges; between two rungs the terms must say which one counts."""

    between: Literal["lower rung", "upper rung"]
    rungs: tuple[Rung, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _climbs(self) -> Ladder:
        points = [rung.points for rung in self.rungs]
        if points != sorted(set(points)):
            raise ValueError("the rungs' points must rise")
        return self


class PointsRegime(_Regime):
    """Points by band of the measured value; a repeat counts more; a ladder may turn points into money."""

    kind: Literal["points"]
    points: dict[Identifier, Bands] = Field(description="by level")
    repeat: Repeat | None = None
    ladder: Ladder | None = None


def _named_when_not_built(value: Any) -> Any:
    kind = value.get("kind") if isinstance(value, dict) else None
    if kind in NOT_BUILT_REGIMES:
        raise ValueError(f"the regime {kind!r} is not built yet: pool and points are")
    return value


Regime = Annotated[
    Annotated[PoolRegime | PointsRegime, Field(discriminator="kind")],
    BeforeValidator(_named_when_not_built),
]
