"""How a plan stands on a day, from what both sides see: steps against the baseline, milestones that slip, what is late."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from handfast.kernel.scheduling.rating import Facts, Rated, days_later, rated
from handfast.kernel.scheduling.wording import internal_to
from handfast.transition.models import Activity, Dates, StepStatus
from handfast.transition.queries.closed import open_days_by_lead
from handfast.transition.queries.promised import promised_in
from handfast.transition.queries.told import agreed_on, ends_on

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from uuid import UUID

    from handfast.transition.models import Plan, Step
    from handfast.transition.queries.plans import PlanRows
    from handfast.transition.queries.promised import Promised


@dataclass(frozen=True, slots=True)
class Slip:
    """A shared activity that is not finished and was agreed for a day; `later_days` are working days of its lead."""

    activity: Activity
    agreed_on: date
    ends_on: date
    later_days: int


@dataclass(frozen=True, slots=True)
class Late:
    """What should be finished, or begun, and is not; `waits_for` is whose move it is, `before` what they have to finish."""

    activity: Activity
    due_on: date
    days: int
    waits_for: str
    before: Activity | None
    why: str


@dataclass(frozen=True, slots=True)
class StepStanding:
    """A step in one wave. `said` is what somebody set over the computed colour, None where nobody did."""

    step: Step
    wave: int
    activities: int
    done: int
    agreed_on: date | None
    ends_on: date
    facts: Facts
    computed: Rated
    said: StepStatus | None

    @property
    def colour(self) -> str:
        """What stands: what somebody says, else what was computed."""
        return self.said.rag if self.said else self.computed.colour


@dataclass(frozen=True, slots=True)
class Standing:
    """All of it, on one day of the contract's zone; `promised` is how the plan lies to the contract."""

    on: date
    steps: tuple[StepStanding, ...]
    slips: tuple[Slip, ...]
    late: tuple[Late, ...]
    promised: tuple[Promised, ...]


def standing_of(rows: PlanRows, *, on: date) -> Standing:
    """The standing of what both sides see, and so the same for both; what is internal is not in it."""
    shared = [one for one in rows.activities if one.space_id == rows.plan.space_id and one.pk in rows.dates]
    if not shared:
        return Standing(on, (), (), (), ())
    promised = promised_in(rows)
    days = _OpenDays(rows, shared, promised)
    slips = (days.slip_of(one) for one in shared if one.kind != Activity.Kind.WORK and not one.finished_on)
    return Standing(
        on,
        tuple(_steps(rows, shared, days, on)),
        tuple(sorted((one for one in slips if one and one.later_days > 0), key=lambda one: one.agreed_on)),
        tuple(sorted(_late(rows, shared, days, on), key=lambda one: (one.due_on, one.activity.position))),
        promised,
    )


def said_of_steps(plan: Plan, on: date) -> dict[tuple[UUID, int], StepStatus]:
    """What holds on a day, by step and wave: the newest of each, where it has not lapsed."""
    found: dict[tuple[UUID, int], StepStatus] = {}
    for one in StepStatus.objects.filter(step__plan=plan).order_by("set_at"):
        found[one.step_id, one.wave] = one
    return {key: one for key, one in found.items() if one.holds_on(on)}


class _OpenDays:
    """Ends as days of the contract's zone, and working days between them on the calendar of a lead."""

    def __init__(self, rows: PlanRows, shared: Sequence[Activity], promised: Sequence[Promised]) -> None:
        self._plan, self._dates = rows.plan, rows.dates
        # A side that knows the reason by name still reads the same answer as the other one.
        told = Dates.objects.filter(plan=rows.plan, space_id=rows.plan.space_id)
        self.told_to_both = dict(told.values_list("activity_id", "why"))
        self._promised = {one.activity.pk: one.milestone.due_on for one in promised}
        every = [self.ends_on(one) for one in shared] + list(self._promised.values())
        every += [agreed for one in shared if (agreed := self.agreed_on(one))]
        self._open = open_days_by_lead(rows.plan, min(every), max(every))

    def ends_on(self, one: Activity) -> date:
        return ends_on(self._dates[one.pk], self._plan.engagement.zone)

    def agreed_on(self, one: Activity) -> date | None:
        return agreed_on(one, self._plan.engagement.zone)

    def float_of(self, one: Activity) -> Fraction:
        dates = self._dates[one.pk]
        return Fraction(dates.float_us, dates.day_us)

    def later(self, lead: str, agreed: date, foreseen: date) -> int:
        return days_later(self._open[lead], agreed, foreseen)

    def slip_of(self, one: Activity) -> Slip | None:
        """None where nothing was agreed."""
        agreed, ends = self.agreed_on(one), self.ends_on(one)
        return Slip(one, agreed, ends, self.later(one.lead, agreed, ends)) if agreed else None

    def due_on(self, one: Activity) -> date:
        """The agreed end, of the baseline or of the contract, or the foreseen one, whichever is earliest."""
        ends_on = self.ends_on(one)
        return min(self.agreed_on(one) or ends_on, self._promised.get(one.pk, ends_on), ends_on)

    def breaks_promise(self, one: Activity) -> bool:
        """Whether it is foreseen after the day that the contract says."""
        return one.pk in self._promised and self.ends_on(one) > self._promised[one.pk]


def _steps(rows: PlanRows, shared: Sequence[Activity], days: _OpenDays, on: date) -> list[StepStanding]:
    said = said_of_steps(rows.plan, on)
    by_key: dict[tuple[int, str], list[Activity]] = {}
    for one in shared:
        by_key.setdefault((one.wave, one.step_key), []).append(one)
    return [
        _step(step, by_key[wave, step.key], days, on, said.get((step.pk, wave)))
        for wave in sorted({wave for wave, _ in by_key})
        for step in rows.steps
        if (wave, step.key) in by_key
    ]


def _step(
    step: Step, mine: Sequence[Activity], days: _OpenDays, on: date, said: StepStatus | None
) -> StepStanding:
    waiting = [one for one in mine if one.finished_on is None]
    agreed = max((day for one in mine if (day := days.agreed_on(one))), default=None)
    ends_on = max(days.ends_on(one) for one in mine)
    facts = Facts(
        not waiting,
        days.later(step.lead, agreed, ends_on) if agreed else None,
        min((days.float_of(one) for one in waiting), default=Fraction()),
        sum(days.due_on(one) < on for one in waiting),
    )
    done = len(mine) - len(waiting)
    return StepStanding(step, mine[0].wave, len(mine), done, agreed, ends_on, facts, rated(facts), said)


def _late(rows: PlanRows, shared: Sequence[Activity], days: _OpenDays, on: date) -> list[Late]:
    known = {one.pk: one for one in shared}
    waits: dict[UUID, list[Activity]] = {}
    for link in rows.links:
        if link.before_id in known:
            waits.setdefault(link.after_id, []).append(known[link.before_id])
    found = []
    for one in shared:
        due = days.due_on(one)
        is_missed = rows.dates[one.pk].is_late or days.breaks_promise(one)
        if one.finished_on is None and (due < on or is_missed):
            found.append(_late_line(one, waits.get(one.pk, ()), rows.dates, days, on))
    return found


def _late_line(
    one: Activity, before: Sequence[Activity], dates: Mapping[UUID, Dates], days: _OpenDays, on: date
) -> Late:
    """Whose move it is: of the side whose internal work binds it, of whose work it waits for, else of its lead."""
    side: str | None = None if one.started_on else internal_to(days.told_to_both[one.pk])
    open_before = [] if one.started_on or side else [other for other in before if other.finished_on is None]
    blocks = max(open_before, key=lambda other: dates[other.pk].ends_at, default=None)
    side = side or (blocks.lead if blocks else one.lead)
    due = days.due_on(one)
    late = max(days.later(one.lead, due, on), 0) if due < on else 0
    return Late(one, due, late, side, blocks, dates[one.pk].why)
