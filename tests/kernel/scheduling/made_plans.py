"""Plans drawn at random for laws: every kind of link, lag, freeze, status, bound, risk and gate."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, get_args

from hypothesis import strategies as st

from handfast.kernel.scheduling.plan import (
    Activity,
    Actual,
    Baseline,
    Duration,
    Estimate,
    Freeze,
    Lead,
    Link,
    LinkKind,
    Party,
    Plan,
    Repeat,
    RiskEvent,
)
from handfast.kernel.worktime.written import WrittenCalendar

if TYPE_CHECKING:
    from collections.abc import Mapping

DAY, HOUR_US, DAY_US = 1_000_000, 3_600_000_000, 86_400_000_000
MONDAY_US = 1_772_409_600_000_000  # 2026-03-02T00:00:00Z
LEADS: tuple[Lead, ...] = get_args(Lead)
KINDS: tuple[LinkKind, ...] = get_args(LinkKind)
CLIENT = WrittenCalendar.model_validate(
    {"zone": "America/Toronto", "hours": {"mon-fri": ["09:00-12:00", "13:00-17:00"]}, "holidays": {"country": "CA"}}
)  # fmt: skip
PROVIDER = WrittenCalendar.model_validate(
    {"zone": "Europe/Warsaw", "hours": {"mon-thu": ["10:00-18:30"], "fri": ["10:00-14:00"]}}
)


def parties(
    client: Mapping[str, int] | None = None, provider: Mapping[str, int] | None = None
) -> tuple[Party, Party]:
    """Both sides, with the roles that each has released, in hundredths."""
    return (
        Party("client", "Borealis", CLIENT, roles=dict(client or {})),
        Party("provider", "Lumen", PROVIDER, roles=dict(provider or {})),
    )


def days(low: int, likely: int | None = None, high: int | None = None) -> Estimate:
    made = [Duration((low if one is None else one) * DAY, "d") for one in (low, likely, high)]
    return Estimate(*made)


@st.composite
def durations(draw: st.DrawFn, *, least: int = 0) -> Duration:
    if draw(st.booleans()):
        return Duration(draw(st.integers(least * 4, 12)) * DAY // 4, "d")
    return Duration(draw(st.integers(least * 40, 40)) * HOUR_US // 2 + draw(st.sampled_from([0, 0, 7])), "h")


@st.composite
def estimates(draw: st.DrawFn, *, is_certain: bool) -> Estimate:
    likely = draw(durations())
    if is_certain:
        return Estimate.of(likely)
    low = draw(st.integers(0, likely.amount))
    return Estimate(
        Duration(low, likely.unit), likely, Duration(likely.amount * draw(st.integers(1, 3)), likely.unit)
    )


@st.composite
def links(draw: st.DrawFn, other: str) -> Link:
    lag = draw(st.one_of(st.just(Duration(0, "d")), durations()))
    if draw(st.booleans()):
        lag = Duration(-lag.amount, lag.unit)
    return Link(other, draw(st.sampled_from(KINDS)), lag, draw(st.sampled_from([None, *LEADS, "elapsed"])))


@st.composite
def actuals(draw: st.DrawFn, as_of_us: int) -> Actual:
    started_us = as_of_us - draw(st.integers(0, 200)) * HOUR_US
    match draw(st.sampled_from(["running", "remaining", "finished"])):
        case "running":
            return Actual(started_us)
        case "remaining":
            return Actual(started_us, remaining=draw(durations()))
    return Actual(started_us, draw(st.integers(started_us, as_of_us)))


@st.composite
def plans(draw: st.DrawFn, *, most: int = 8, is_certain: bool = True, has_chance: bool = False) -> Plan:
    """A plan of up to `most` activities; with `has_chance` gates repeat and risks strike."""
    as_of_us = MONDAY_US + draw(st.integers(0, 20)) * DAY_US if draw(st.booleans()) else None
    made: list[Activity] = []
    for number in range(draw(st.integers(1, most))):
        others = draw(st.sets(st.sampled_from([one.id for one in made]), max_size=3)) if made else set()
        kind = draw(st.sampled_from(["work", "work", "work", "milestone", "gate"]))
        has_begun = as_of_us is not None and kind == "work" and draw(st.integers(0, 3)) == 0
        bounds = [
            MONDAY_US + draw(st.integers(0, 900)) * HOUR_US if draw(st.integers(0, 4)) == 0 else None
            for _ in range(4)
        ]
        repeats = kind == "gate" and has_chance
        made.append(
            Activity(
                f"a{number}",
                f"Activity {number}",
                draw(st.sampled_from(LEADS)),
                draw(estimates(is_certain=is_certain)) if kind == "work" else days(0),
                tuple(draw(links(other)) for other in sorted(others)),
                kind=kind,  # type: ignore[arg-type]  # drawn from the three kinds above
                not_before_us=bounds[0],
                fixed_us=bounds[1],
                deadline_us=bounds[2],
                repeat=Repeat(Fraction(1, 2), draw(estimates(is_certain=is_certain)), 2) if repeats else None,
                actual=draw(actuals(as_of_us)) if has_begun and as_of_us is not None else Actual(),
                baseline=None if bounds[3] is None else Baseline(bounds[3], bounds[3] + DAY_US),
            )
        )
    risks = []
    if has_chance:
        named = draw(st.lists(st.sampled_from([one.id for one in made]), min_size=1, max_size=3, unique=True))
        risks = [RiskEvent("r", "Risk", Fraction(1, 3), draw(estimates(is_certain=is_certain)), tuple(named))]
    freezes = []
    if draw(st.booleans()):
        first = date(2026, 3, 2) + timedelta(days=draw(st.integers(0, 20)))
        share = draw(st.sampled_from([Fraction(0), Fraction(1, 2)]))
        leads = tuple(draw(st.sets(st.sampled_from(LEADS), max_size=2)))
        freezes = [Freeze("Close", first, first + timedelta(days=draw(st.integers(1, 6))), share, leads)]
    return Plan(
        "Drawn", MONDAY_US + 10 * HOUR_US, "Europe/Warsaw", parties(), tuple(made), (), tuple(freezes), tuple(risks), as_of_us
    )  # fmt: skip
