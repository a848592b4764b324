"""The steps of a transition: what each must prove, how far its work is, and the registers that it leaves behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q

from handfast.foundation.refusals import NotSeen
from handfast.governance.models import RegisterEntry
from handfast.governance.queries.entries import is_register_of
from handfast.governance.registers import REGISTERS
from handfast.readiness.queries.readiness import StepStanding, readiness_of
from handfast.surveys.queries.surveys import surveys_seen_by
from handfast.surveys.reading.usual import STEPS as SURVEYED
from handfast.transition.models import Activity, Step
from handfast.transition.reading.templates import template_of

if TYPE_CHECKING:
    from datetime import date, datetime

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.governance.registers import Register
    from handfast.readiness.queries.readiness import Readiness
    from handfast.surveys.models import Survey

LIGHT, STANDARD = "light", "standard"


@dataclass(frozen=True, slots=True)
class Kept:
    """A register with how many entries of it the actor reads, and how many of them are not done, or late."""

    register: Register
    total: int = 0
    open: int = 0
    late: int = 0


@dataclass(frozen=True, slots=True)
class StepNow:
    """A step as it stands; the texts are what the plan says of it, `planned` and `done` count its activities."""

    standing: StepStanding
    description: str
    client_actions: tuple[str, ...]
    provider_actions: tuple[str, ...]
    deliverables: tuple[str, ...]
    planned: int
    done: int
    kept: tuple[Kept, ...]

    @property
    def met(self) -> int:
        """How many of its criteria hold, or are waived by both."""
        return sum(1 for one in self.standing.judged if one.standing in ("met", "waived"))


@dataclass(frozen=True, slots=True)
class Steps:
    """All of them on one day; in a light deal `lists` are what it is offered, whatever the step."""

    steps: tuple[StepNow, ...]
    lists: tuple[Kept, ...]
    readiness: Readiness


def steps_of(actor: Actor, deal: Engagement, *, at: datetime) -> Steps:
    """The plan's steps; the standard ones before there is a plan. The questions do not grow with entries or criteria."""
    found = readiness_of(actor, deal, at=at)
    kept = _kept(actor, deal, found.today)
    told = {one.key: one for one in found.steps} or _usual(deal)
    rows = {
        one.key: one for one in Step.objects.filter(plan__engagement=deal, space_id__in=actor.reach.reads)
    }
    work = _work(actor, deal)
    steps = tuple(
        _step(
            one,
            rows.get(key),
            deal,
            work.get(key, (0, 0)),
            tuple(each for each in kept if each.register.step == key),
        )
        for key, one in told.items()
    )
    return Steps(steps, tuple(one for one in kept if one.register.is_light), found)


def step_of(actor: Actor, deal: Engagement, key: str, *, at: datetime) -> tuple[StepNow, Steps]:
    """One of them by its key, with all. Raises NotSeen."""
    every = steps_of(actor, deal, at=at)
    found = next((one for one in every.steps if one.standing.key == key), None)
    if found is None:
        raise NotSeen
    return found, every


def asked_in(actor: Actor, deal: Engagement, step: str) -> list[Survey] | None:
    """The surveys of the usual questionnaire that belongs to a step, the newest first; None where none does."""
    usual = [key for key, one in SURVEYED.items() if one == step]
    return list(surveys_seen_by(actor, deal.pk).filter(usual__in=usual)) if usual else None


def _kept(actor: Actor, deal: Engagement, today: date) -> list[Kept]:
    rows = RegisterEntry.objects.filter(engagement=deal, space_id__in=actor.reach.reads).order_by()
    told = rows.values("register").annotate(
        total=Count("pk"),
        open=Count("pk", filter=Q(is_done=False)),
        late=Count("pk", filter=Q(is_done=False, due_on__lt=today)),
    )
    counts = {one["register"]: (one["total"], one["open"], one["late"]) for one in told}
    of_steps = (one for one in REGISTERS.values() if one.step and is_register_of(actor, deal, one))
    return [Kept(one, *counts.get(one.key, (0, 0, 0))) for one in of_steps]


def _work(actor: Actor, deal: Engagement) -> dict[str, tuple[int, int]]:
    """By step how many activities both sides plan, and how many of them are finished."""
    rows = Activity.objects.filter(plan__engagement=deal, space_id=deal.space_id, removed_at__isnull=True)
    told = rows.filter(space_id__in=actor.reach.reads, kind=Activity.Kind.WORK).order_by().values("step_key")
    counted = told.annotate(planned=Count("pk"), done=Count("pk", filter=Q(finished_on__isnull=False)))
    return {one["step_key"]: (one["planned"], one["done"]) for one in counted}


def _usual(deal: Engagement) -> dict[str, StepStanding]:
    size = STANDARD if deal.size == LIGHT else deal.size
    return {
        one.key: StepStanding(one.key, one.number, one.name, one.lead, ()) for one in template_of(size).steps
    }


def _step(
    standing: StepStanding, row: Step | None, deal: Engagement, work: tuple[int, int], kept: tuple[Kept, ...]
) -> StepNow:
    size = STANDARD if deal.size == LIGHT else deal.size
    told = row or next((one for one in template_of(size).steps if one.key == standing.key), None)
    if told is None:
        return StepNow(standing, "", (), (), (), *work, kept)
    return StepNow(
        standing, told.description, tuple(told.client_actions), tuple(told.provider_actions), tuple(told.deliverables),
        *work, kept,
    )  # fmt: skip
