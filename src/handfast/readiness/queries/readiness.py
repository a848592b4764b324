"""How ready an engagement is: every gate with its criteria as they stand, and what its conditions say."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.readiness.models import CriterionStanding, Gate, GateCondition
from handfast.readiness.queries.gates import (
    clock_of,
    conditions_of,
    criteria_seen_by,
    gates_seen_by,
    today_in,
)
from handfast.readiness.queries.judging import Judged, judged_of
from handfast.transition.models import Step

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime
    from uuid import UUID

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor

Standing = CriterionStanding.Standing
# From the best to the worst, as a row of glyphs stands.
ORDER = (
    Standing.NOT_MET, Standing.STALE, Standing.AT_RISK, Standing.NO_DATA, Standing.OPEN, Standing.WAIVED, Standing.MET,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class GateStanding:
    """A gate with its criteria as they stand, and those of its conditions that are not fulfilled."""

    gate: Gate
    judged: tuple[Judged, ...]
    conditions: tuple[GateCondition, ...]
    today: date

    @property
    def blocking(self) -> tuple[Judged, ...]:
        """What keeps it shut."""
        return tuple(one for one in self.judged if one.blocks)

    @property
    def is_ready(self) -> bool:
        """Whether there is something to sign, and nothing against it."""
        return bool(self.judged) and not self.blocking

    @property
    def late_conditions(self) -> tuple[GateCondition, ...]:
        """What bites again."""
        return tuple(one for one in self.conditions if one.is_late(self.today))


@dataclass(frozen=True, slots=True)
class StepStanding:
    """A step of the plan with the criteria that are asked of it."""

    key: str
    number: int
    name: str
    lead: str
    judged: tuple[Judged, ...]

    @property
    def worst(self) -> str:
        """How its worst criterion stands; open where nothing is asked of it."""
        found = {one.standing for one in self.judged}
        return next((one for one in ORDER if one in found), Standing.OPEN)


@dataclass(frozen=True, slots=True)
class Readiness:
    """All gates by their numbers, all steps by theirs, on one day."""

    gates: tuple[GateStanding, ...]
    steps: tuple[StepStanding, ...]
    today: date
    at: datetime

    @property
    def judged(self) -> tuple[Judged, ...]:
        return tuple(one for gate in self.gates for one in gate.judged)

    @property
    def counts(self) -> Counter[str]:
        """How many criteria stand how."""
        return Counter(one.standing for one in self.judged)

    @property
    def next_gate(self) -> GateStanding | None:
        """The first that is not passed; the last one where all are, None where there is none."""
        left = (one for one in self.gates if not one.gate.is_passed)
        return next(left, self.gates[-1] if self.gates else None)

    def gate(self, key: UUID | None) -> GateStanding | None:
        """The gate of this id, else the next one."""
        return next((one for one in self.gates if one.gate.pk == key), self.next_gate)


def readiness_of(actor: Actor, deal: Engagement, *, at: datetime) -> Readiness:
    """All of it, in a number of questions that does not grow with the criteria."""
    at, today = clock_of(deal, at), today_in(deal, at)
    gates = list(gates_seen_by(actor, deal.pk))
    criteria = list(criteria_seen_by(actor, deal.pk)) if gates else []
    judged = judged_of(deal, criteria, at=at, today=today)
    left = [one for one in conditions_of(actor, deal.pk) if one.fulfilled_at is None] if gates else []
    return Readiness(
        tuple(_gate(gate, judged, left, today) for gate in gates),
        tuple(_steps(actor, deal, judged)),
        today,
        at,
    )


def gate_standing(gate: Gate, *, at: datetime) -> GateStanding:
    """One gate by itself, whoever asks."""
    deal = gate.engagement
    at, today = clock_of(deal, at), today_in(deal, at)
    criteria = list(gate.criteria.filter(dropped_at__isnull=True))
    return _gate(gate, judged_of(deal, criteria, at=at, today=today), (), today)


def news_of(gate: Gate, *, at: datetime) -> list[Judged]:
    """Its criteria that stand otherwise than was written down last."""
    rows = CriterionStanding.objects.filter(criterion__gate=gate).order_by("since_at", "pk")
    last = {one.criterion_id: one for one in rows}
    return [one for one in gate_standing(gate, at=at).judged if _is_new(one, last.get(one.criterion.pk))]


def has_news(gate: Gate, *, at: datetime) -> bool:
    """Whether there is something to write down."""
    return bool(news_of(gate, at=at))


def _is_new(one: Judged, was: CriterionStanding | None) -> bool:
    return was is None or (was.standing, was.measured, was.said) != (one.standing, one.kept, one.said)


def _gate(
    gate: Gate, judged: Sequence[Judged], conditions: Sequence[GateCondition], today: date
) -> GateStanding:
    own = tuple(one for one in judged if one.criterion.gate_id == gate.pk)
    return GateStanding(gate, own, tuple(one for one in conditions if one.decision.gate_id == gate.pk), today)


def _steps(actor: Actor, deal: Engagement, judged: Sequence[Judged]) -> list[StepStanding]:
    by_step: dict[str, list[Judged]] = {}
    for one in judged:
        by_step.setdefault(one.criterion.step_key, []).append(one)
    rows = Step.objects.filter(plan__engagement_id=deal.pk, space_id__in=actor.reach.reads)
    return [
        StepStanding(one.key, one.number, one.name, one.lead, tuple(by_step.get(one.key, ())))
        for one in rows.only("key", "number", "name", "lead")
    ]
