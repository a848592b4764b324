"""Plans for the laws of scheduling: small, whole quarters of an hour, every kind of link and lag."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from handfast.kernel.quantity import instant_of
from handfast.kernel.scheduling.plan import (
    NOTHING,
    Activity,
    Duration,
    Estimate,
    Freeze,
    Lead,
    Link,
    LinkKind,
    Party,
    Plan,
)
from handfast.kernel.worktime.written import WrittenCalendar

if TYPE_CHECKING:
    from collections.abc import Sequence

QUARTER_US = 15 * 60 * 1_000_000
HOUR_US = 4 * QUARTER_US
MONDAY_US = instant_of(datetime(2026, 3, 2, tzinfo=UTC))
ALWAYS = {"zone": "UTC", "hours": {"mon-sun": ["00:00-24:00"]}}
OFFICE = {"zone": "UTC", "hours": {"mon-fri": ["09:00-17:00"]}}
# The first three share time with each other: the overlap of two of them opens every week.
WEEKS: list[dict[str, Any]] = [
    OFFICE,
    {"zone": "UTC", "hours": {"mon": ["08:00-12:15"], "tue-thu": ["09:30-12:00", "13:00-16:45"]}},
    {"zone": "Asia/Kolkata", "hours": {"mon-sat": ["10:00-19:30"]}, "holidays": {"add": {"2026-03-04": "x"}}},
    ALWAYS,
]
LEADS: list[Lead] = ["client", "provider", "joint", "either"]
KINDS: list[LinkKind] = ["FS", "SS", "FF", "SF"]


def calendar(written: dict[str, Any]) -> WrittenCalendar:
    return WrittenCalendar.model_validate(written)


def hours(number: float) -> Duration:
    return Duration(round(number * HOUR_US), "h")


def days(number: float) -> Duration:
    return Duration(round(number * 1_000_000), "d")


def work(
    id_: str,
    length: Duration = NOTHING,
    *after: str | Link,
    lead: Lead = "client",
    **more: Any,
) -> Activity:
    """An activity in few words; `after` names others whose finish it waits for, or links."""
    links = tuple(link if isinstance(link, Link) else Link(link) for link in after)
    return Activity(id_, id_.capitalize(), lead, Estimate.of(length), links, **more)


def plan_of(
    *activities: Activity,
    client: dict[str, Any] = OFFICE,
    provider: dict[str, Any] = OFFICE,
    starts_us: int = MONDAY_US,
    **more: Any,
) -> Plan:
    parties = (
        Party("client", "Lumen", calendar(client)),
        Party("provider", "Danube Care", calendar(provider)),
    )
    return Plan("Sample", starts_us, client["zone"], parties, activities, **more)


@dataclass(frozen=True, slots=True)
class Shape:
    """What a drawn plan may hold; lengths and lags are counted in quarters of an hour."""

    weeks: Sequence[dict[str, Any]] = tuple(WEEKS)
    leads: Sequence[Lead] = tuple(LEADS)
    most: int = 7
    longest: int = 60
    lags: tuple[int, int] = (-12, 24)
    is_bounded: bool = True
    is_frozen: bool = False


@st.composite
def plans(draw: st.DrawFn, shape: Shape = Shape()) -> Plan:
    """Activities in any order, each waiting for up to three that stand before it in a hidden one."""
    count = draw(st.integers(1, shape.most))
    ids = [f"a{number}" for number in range(count)]
    made = [draw(activities(ids[place], ids[:place], shape)) for place in range(count)]
    client, provider = draw(st.sampled_from(shape.weeks)), draw(st.sampled_from(shape.weeks))
    freezes = ()
    if shape.is_frozen and draw(st.booleans()):
        first = date(2026, 3, draw(st.integers(2, 12)))
        last = date(2026, 3, first.day + draw(st.integers(1, 4)))
        share = draw(st.sampled_from([Fraction(0), Fraction(1, 2)]))
        freezes = (Freeze("Close", first, last, share, leads=(draw(st.sampled_from(shape.leads)),)),)
    return plan_of(*draw(st.permutations(made)), client=client, provider=provider, freezes=freezes)


@st.composite
def activities(draw: st.DrawFn, id_: str, before: Sequence[str], shape: Shape) -> Activity:
    others = draw(st.lists(st.sampled_from(before), max_size=3, unique=True)) if before else []
    links = tuple(draw(links_to(other, shape)) for other in others)
    length = Duration(draw(st.integers(0, shape.longest)) * QUARTER_US, "h")
    not_before = draw(st.none() | st.integers(0, 400)) if shape.is_bounded else None
    return Activity(
        id_,
        id_,
        draw(st.sampled_from(list(shape.leads))),
        Estimate.of(length),
        links,
        not_before_us=None if not_before is None else MONDAY_US + not_before * QUARTER_US,
    )


@st.composite
def links_to(draw: st.DrawFn, other: str, shape: Shape) -> Link:
    lag = Duration(draw(st.integers(*shape.lags)) * QUARTER_US, "h")
    on = draw(st.sampled_from([None, "elapsed", *shape.leads]))
    return Link(other, draw(st.sampled_from(KINDS)), lag, on)


def with_activity(plan: Plan, id_: str, **changes: Any) -> Plan:
    """The plan with one activity changed."""
    changed = tuple(replace(one, **changes) if one.id == id_ else one for one in plan.activities)
    return replace(plan, activities=changed)
