"""A sample's plan in its events, through the verbs of the room, as the persons of both sides."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from handfast.contract.actions import agree_milestone, propose_milestone
from handfast.foundation.models import Outgoing
from handfast.foundation.scope import entered
from handfast.journeys.samples.planned import (
    Baselined,
    ChangeProposed,
    Frozen,
    Made,
    OwnActivity,
    Promised,
    Released,
    Reported,
    Sited,
    WaveAdded,
    WaveNamed,
)
from handfast.kernel.worktime.zones import zone_named
from handfast.people.queries import own_space_of
from handfast.transition.actions import (
    accept_freeze,
    add_activity,
    add_wave,
    agree_baseline,
    amend_plan,
    amend_wave,
    date_now,
    declare_freeze,
    link_activities,
    make_plan,
    propose_baseline,
    propose_change,
    report_progress,
    take_in_agreed,
)
from handfast.transition.actions.versions import DATE_PLAN
from handfast.transition.models import Activity, Freeze, Link, Wave
from handfast.transition.queries.effects import amended, effect_of, frozen, linked
from handfast.transition.queries.outlook import SIMULATE_PLAN
from handfast.transition.queries.planned import zones_of
from handfast.transition.queries.plans import plan_seen_by, rows_of
from handfast.transition.reading.templates import template_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.journeys.samples.planned import PlanEvent
    from handfast.journeys.samples.sample import Side
    from handfast.transition.models import Dates, Plan

A_MOMENT = timedelta(microseconds=1)
OTHER: dict[str, Side] = {"client": "provider", "provider": "client"}
POINTS = ("low", "likely", "high")

NEED_DATES = (Baselined, Reported, ChangeProposed)


class Planning:
    """A plan in the making: the deal, and who acts for each side."""

    def __init__(self, deal: Engagement, acting: Callable[[str], Actor]) -> None:
        self.deal, self.acting = deal, acting

    def plan_of(self, side: str) -> Plan:
        """The plan as a side sees it; within its reach."""
        return plan_seen_by(self.acting(side), self.deal.pk)

    def play(self, event: PlanEvent) -> None:  # noqa: C901 - a case for each event
        """Let it happen; what asks for dates dates the plan before, once for all that was changed."""
        if isinstance(event, NEED_DATES):
            self._date(event.at)
        match event:
            case Made():
                _make(event, self)
            case Promised():
                _promise(event, self)
            case Released():
                _release(event, self)
            case Sited():
                _site(event, self)
            case WaveAdded():
                _add_wave(event, self)
            case WaveNamed():
                _name_wave(event, self)
            case Frozen():
                _freeze(event, self)
            case OwnActivity():
                _add_own(event, self)
            case Baselined():
                _baseline(event, self)
            case Reported():
                self._report(event)
            case ChangeProposed():
                _propose(event, self)

    def settle(self, at: datetime, simulate: Callable[[Outgoing], None]) -> None:
        """Date and simulate the plan once, as it stands at last."""
        self._date(at)
        rows = Outgoing.objects.filter(space_id=self.deal.space_id, kind=SIMULATE_PLAN, done_at__isnull=True)
        last = rows.order_by("-due_at").first()
        if last is not None:
            rows.exclude(pk=last.pk).update(done_at=last.due_at)
            simulate(last)

    def _date(self, at: datetime) -> None:
        """Date it, and have done what the worker would do again."""
        date_now(self.deal.pk, at=at)
        Outgoing.objects.filter(space_id=self.deal.space_id, kind=DATE_PLAN, done_at__isnull=True).update(
            done_at=at
        )

    def _report(self, event: Reported) -> None:
        """Each side reports what it leads."""
        for side in OTHER:
            actor = self.acting(side)
            with entered(actor.reach):
                rows = rows_of(self.plan_of(side))
                zones = zones_of(rows.plan)
                for one in rows.activities:
                    is_mine = one.space_id == rows.plan.space_id and _reporter(one) == side
                    facts = _facts(one, rows.dates[one.pk], zones[one.lead], event) if is_mine else None
                    if facts is not None:
                        report_progress(actor, one, **facts, on=event.on, at=event.at)


def _facts(one: Activity, dates: Dates, zone: str, event: Reported) -> dict[str, Any] | None:
    """What has happened by the evening of the day, as the dates say; None where nothing new has."""
    if one.finished_on is not None:
        return None
    on = event.on
    starts_on = one.started_on or dates.starts_at.astimezone(zone_named(zone)).date()
    if one.key in event.remaining:
        return {"started_on": min(starts_on, on), "finished_on": None, "remaining": event.remaining[one.key]}
    ends_on = max((dates.ends_at - A_MOMENT).astimezone(zone_named(zone)).date(), starts_on)
    if ends_on <= on:
        return {"started_on": starts_on, "finished_on": ends_on, "remaining": ""}
    if starts_on > on or one.started_on is not None:
        return None
    return {"started_on": starts_on, "finished_on": None, "remaining": ""}


def _reporter(one: Activity) -> str:
    """Who reports it: the side that leads; of joint work the provider."""
    return "client" if one.lead == "client" else "provider"


def _make(event: Made, here: Planning) -> None:
    actor = here.acting(event.by)
    with entered(actor.reach):
        make_plan(
            actor, here.deal, template=template_of(event.size), starts_on=event.starts_on, calendars=event.calendars,
            at=event.at,
        )  # fmt: skip


def _promise(event: Promised, here: Planning) -> None:
    """Agreed at once; where there is a plan, the side that proposed it takes it in."""
    proposing, agreeing = here.acting(event.by), here.acting(OTHER[event.by])
    made = propose_milestone(proposing, here.deal, said=event.said, at=event.at)
    agree_milestone(agreeing, made, at=event.at)
    if event.key:
        with entered(proposing.reach):
            plan = here.plan_of(event.by)
            target = Activity.objects.get(plan=plan, key=event.key)
            take_in_agreed(proposing, plan, chosen={made.pk: target.pk}, at=event.at)


def _release(event: Released, here: Planning) -> None:
    actor = here.acting(event.by)
    with entered(actor.reach):
        plan = here.plan_of(event.by)
        amend_plan(actor, plan, changes={"released": plan.released | {event.by: event.roles}}, at=event.at)


def _site(event: Sited, here: Planning) -> None:
    actor = here.acting(event.by)
    with entered(actor.reach):
        plan = here.plan_of(event.by)
        own = plan.sites.get(event.by, {}) | {event.name: event.calendar}
        amend_plan(actor, plan, changes={"sites": plan.sites | {event.by: own}}, at=event.at)


def _add_wave(event: WaveAdded, here: Planning) -> None:
    actor = here.acting(event.by)
    with entered(actor.reach):
        plan = here.plan_of(event.by)
        steps = list(plan.steps.values_list("key", flat=True))
        add_wave(
            actor, plan, values=event.values, steps=steps, percent=event.percent, site=event.site, at=event.at
        )  # fmt: skip


def _name_wave(event: WaveNamed, here: Planning) -> None:
    actor = here.acting(event.by)
    with entered(actor.reach):
        wave = Wave.objects.get(plan=here.plan_of(event.by), number=event.number)
        amend_wave(actor, wave, changes=event.changes, at=event.at)


def _freeze(event: Frozen, here: Planning) -> None:
    """One side writes it down; where it moves what the other must accept, the other accepts it at once."""
    actor, other = here.acting(event.by), here.acting(OTHER[event.by])
    said: dict[str, Any] = {
        "name": event.name, "first_on": event.first_on, "end_on": event.end_on, "percent": event.percent,
        "leads": list(event.leads), "step_keys": [],
    }  # fmt: skip
    with entered(actor.reach):
        plan = here.plan_of(event.by)
        effect = effect_of(here.deal.pk, frozen(Freeze(space_id=plan.space_id, plan=plan, **said)))
        made = declare_freeze(actor, plan, **said, effect=effect, at=event.at)
    if made.state == Freeze.State.PROPOSED:
        with entered(other.reach):
            accept_freeze(other, made, at=event.at)


def _add_own(event: OwnActivity, here: Planning) -> None:
    actor = here.acting(event.by)
    with entered(actor.reach):
        plan, space = here.plan_of(event.by), own_space_of(actor, here.deal.pk)
        after = Activity.objects.get(plan=plan, key=event.before)
        values = {"name": event.name, "lead": event.by, "wave": event.wave, "step_key": after.step_key}
        values |= dict.fromkeys(POINTS, event.likely)
        values["not_before_on"] = Wave.objects.get(plan=plan, number=event.wave).starts_on
        made = add_activity(actor, space, plan=plan, values=values, at=event.at)
        link = Link(space=space, plan=plan, before_id=made.pk, after_id=after.pk)
        link_activities(actor, space, link=link, effect=effect_of(here.deal.pk, linked(link)), at=event.at)


def _baseline(event: Baselined, here: Planning) -> None:
    asking, agreeing = here.acting(event.by), here.acting(OTHER[event.by])
    with entered(asking.reach):
        propose_baseline(asking, here.plan_of(event.by), at=event.at)
    with entered(agreeing.reach):
        plan = here.plan_of(OTHER[event.by])
        agree_baseline(agreeing, plan, typed=str(plan.baseline_number + 1), at=event.at)


def _propose(event: ChangeProposed, here: Planning) -> None:
    actor = here.acting(event.by)
    with entered(actor.reach):
        activity = Activity.objects.select_related("plan__engagement").get(
            plan=here.plan_of(event.by), key=event.key
        )
        effect = effect_of(here.deal.pk, amended(activity.pk, event.changes))
        propose_change(
            actor, activity, changes=event.changes, effect=effect, reason=event.reason, at=event.at
        )
