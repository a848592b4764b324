"""The rows of a plan as the kernel's plan: calendars, days as instants, durations as the format writes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from handfast.kernel.quantity import instant_of
from handfast.kernel.scheduling.plan import (
    NOTHING,
    Actual,
    Baseline,
    Estimate,
    Need,
)
from handfast.kernel.scheduling.plan import (
    Activity as PlannedActivity,
)
from handfast.kernel.scheduling.plan import (
    Freeze as PlannedFreeze,
)
from handfast.kernel.scheduling.plan import (
    Link as PlannedLink,
)
from handfast.kernel.scheduling.plan import (
    Party as PlannedParty,
)
from handfast.kernel.scheduling.plan import (
    Plan as Planned,
)
from handfast.kernel.scheduling.plan import (
    Step as PlannedStep,
)
from handfast.kernel.scheduling.written import duration_of, lag_of
from handfast.kernel.worktime.written import WrittenCalendar
from handfast.kernel.worktime.zones import zone_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from handfast.kernel.scheduling.plan import Side
    from handfast.transition.models import Activity, Plan
    from handfast.transition.queries.plans import AnyLink, PlanRows

HUNDRED = 100
A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Kept:
    """The kernel's activities of rows that were read before: a change leaves most of a plan's rows as they are."""

    plan: Plan
    links: tuple[AnyLink, ...]
    activities: Mapping[int, tuple[Activity, PlannedActivity]]

    @classmethod
    def of(cls, rows: PlanRows, found: Planned) -> Kept:
        """The row is kept beside what it became, so that its place in memory stays its own."""
        both = zip(rows.activities, found.activities, strict=True)
        return cls(rows.plan, rows.links, {id(one): (one, became) for one, became in both})

    def became(self, one: Activity, rows: PlanRows) -> PlannedActivity | None:
        """What a row became, where neither it nor the plan nor any link has changed."""
        if rows.plan is not self.plan or rows.links is not self.links:
            return None
        found = self.activities.get(id(one))
        return found[1] if found else None


def planned(rows: PlanRows, *, internal_spaces: Mapping[UUID, Side], kept: Kept | None = None) -> Planned:
    """The kernel's plan of what the reach sees; ids are those of the rows. Raises PlanRefused.

    `internal_spaces` says whose own space is whose: a row there is internal to that side.
    """
    plan = rows.plan
    waits: dict[UUID, list[AnyLink]] = {}
    for link in rows.links:
        waits.setdefault(link.after_id, []).append(link)
    zones = zones_of(plan)
    return Planned(
        plan.engagement.name,
        _begin_us(plan.starts_on, plan.engagement.zone),
        plan.engagement.zone,
        (_party(plan, "client"), _party(plan, "provider")),
        tuple(
            (kept and kept.became(one, rows))
            or _activity(one, waits.get(one.pk, ()), zones, internal_spaces.get(one.space_id), plan)
            for one in rows.activities
        ),
        tuple(PlannedStep(one.key, one.name, one.lead) for one in rows.steps),  # type: ignore[arg-type]  # its choices are the leads
        tuple(
            PlannedFreeze(
                one.name, one.first_on, one.end_on, Fraction(one.percent, HUNDRED), tuple(one.leads), tuple(one.step_keys)
            )
            for one in rows.freezes
        ),
        (),
        _as_of_us(plan),
    )  # fmt: skip


def zones_of(plan: Plan) -> dict[str, str]:
    """The zone in which the days of each lead's activities are meant; joint days are the contract's."""
    zone = plan.engagement.zone
    found = {side: str(plan.calendars[side]["zone"]) for side in ("client", "provider")}
    return found | {"joint": zone, "either": zone}


def _party(plan: Plan, side: Side) -> PlannedParty:
    party = next(one for one in plan.engagement.parties.all() if one.side == side)
    sites = {name: WrittenCalendar.model_validate(said) for name, said in plan.sites.get(side, {}).items()}
    calendar = WrittenCalendar.model_validate(plan.calendars[side])
    released = {role: _hundredths(number) for role, number in plan.released.get(side, {}).items()}
    return PlannedParty(side, party.name, calendar, sites, released)


def _activity(
    one: Activity,
    waits: Iterable[AnyLink],
    zones: Mapping[str, str],
    internal_to: Side | None,
    plan: Plan,
) -> PlannedActivity:
    zone = zones[one.lead]
    estimate = Estimate.of(NOTHING)
    if one.kind == one.Kind.WORK:
        estimate = Estimate(duration_of(one.low), duration_of(one.likely), duration_of(one.high))
    baseline = None
    if one.baseline_starts_at is not None and one.baseline_ends_at is not None:
        baseline = Baseline(instant_of(one.baseline_starts_at), instant_of(one.baseline_ends_at))
    return PlannedActivity(
        str(one.pk),
        one.name,
        one.lead,  # type: ignore[arg-type]  # its choices are the leads
        estimate,
        tuple(_link(each) for each in waits),
        one.kind,  # type: ignore[arg-type]  # its choices are the kinds
        one.step_key,
        one.site,
        one.wave,
        internal_to,
        _begin_us(one.not_before_on, zone) if one.not_before_on else None,
        _begin_us(one.fixed_on, zone) if one.fixed_on else None,
        _end_us(one.deadline_on, zone) if one.deadline_on else None,
        tuple(_need(said) for said in one.needs),
        None,
        _actual(one, zone, _as_of_us(plan)),
        baseline,
    )


def _actual(one: Activity, zone: str, as_of_us: int | None) -> Actual:
    if one.started_on is None or as_of_us is None:
        return Actual()
    # The side that reports may be ahead of the zone in which the status is told: its evening is not yet ours.
    started_us = min(_begin_us(one.started_on, zone), as_of_us)
    if one.finished_on is not None:
        return Actual(started_us, max(min(_end_us(one.finished_on, zone), as_of_us), started_us))
    return Actual(started_us, None, duration_of(one.remaining) if one.remaining else None)


def _need(said: dict[str, Any]) -> Need:
    return Need(said["side"], said["role"], _hundredths(said["number"]))


@lru_cache(maxsize=1024)
def _hundredths(number: str) -> int:
    return int(Fraction(number) * HUNDRED)


def _link(link: AnyLink) -> PlannedLink:
    lag = lag_of(link.lag) if link.lag else NOTHING
    return PlannedLink(str(link.before_id), link.kind, lag, link.lag_on or None)  # type: ignore[arg-type]  # its choices


def _as_of_us(plan: Plan) -> int | None:
    return _end_us(plan.as_of_on, plan.engagement.zone) if plan.as_of_on else None


@lru_cache(maxsize=4096)
def _begin_us(day: date, zone: str) -> int:
    """The local midnight that begins a day."""
    return instant_of(datetime.combine(day, time(), zone_named(zone)))


def _end_us(day: date, zone: str) -> int:
    """The local midnight that ends a day."""
    return _begin_us(day + A_DAY, zone)
