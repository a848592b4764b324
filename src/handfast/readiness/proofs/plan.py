"""Proofs over the plan, as both sides see it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from handfast.readiness.models import Criterion, Gate
from handfast.readiness.proofs.declared import MOST_LACKING, Asked, Lack, Measured, proof
from handfast.transition.models import Activity, Plan
from handfast.transition.queries.closed import closed_days
from handfast.transition.queries.demanded import demand_in
from handfast.transition.queries.outlook import outlook_of
from handfast.transition.queries.plans import rows_of
from handfast.transition.queries.told import day_of
from handfast.transition.queries.waves import is_go_live

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from handfast.transition.queries.plans import PlanRows

PLAN, ACTIVITY, OUTLOOK, DEMAND = (
    "transition:plan", "transition:activity", "transition:outlook", "transition:demand",
)  # fmt: skip
NO_PLAN = Measured(None, "there is no plan yet")


def _plan(asked: Asked) -> Plan | None:
    rows = Plan.objects.filter(engagement=asked.deal, space_id=asked.deal.space_id)
    found = rows.first()
    if found is not None:
        found.engagement = asked.deal
    return found


@proof("Plan agreed", unit="yes/no", evidence="Plan", page=PLAN)
def baseline_signed(asked: Asked) -> Measured:
    """Both sides have agreed on a baseline of the plan, and no other one waits for an answer."""
    plan = _plan(asked)
    if plan is None:
        return NO_PLAN
    if plan.baseline_asked_for_id is not None:
        return Measured(Fraction(0), "a baseline waits for an answer", plan.baseline_at)
    if not plan.baseline_number:
        return Measured(Fraction(0), "none is agreed")
    return Measured(Fraction(1), f"baseline {plan.baseline_number}", plan.baseline_at)


@proof("Milestones without criteria", unit="count", evidence="Plan", page=PLAN)
def milestones_without_criteria(asked: Asked) -> Measured:
    """Milestones of the plan's steps that no criterion is asked of, or whose gate names nobody who signs for a side.

    A gate of a light deal is signed by whoever manages the plan, so it needs no names.
    """
    plan = _plan(asked)
    if plan is None:
        return NO_PLAN
    points = Activity.objects.filter(
        plan=plan, space_id=plan.space_id, kind=Activity.Kind.MILESTONE, removed_at__isnull=True, wave=1
    ).exclude(step_key="")
    every = list(points.order_by("position"))
    if not every:
        return Measured(None, "the plan has no milestones of steps")
    rows = Criterion.objects.filter(engagement=asked.deal, dropped_at__isnull=True)
    asked_of = set(rows.values_list("step_key", flat=True))
    unsigned = {
        key
        for gate in Gate.objects.filter(engagement=asked.deal)
        for key in gate.step_keys
        if not (gate.client_roles and gate.provider_roles) and asked.deal.size != asked.deal.Size.LIGHT
    }
    bad = [one for one in every if one.step_key not in asked_of or one.step_key in unsigned]
    lacking = tuple(Lack(one.name, ACTIVITY, one.pk) for one in bad[:MOST_LACKING])
    return Measured(Fraction(len(bad)), f"{len(bad)} of {len(every)} milestones", None, lacking)


@proof("Chance of the agreed go-live", unit="share", evidence="Outlook of the plan", page=OUTLOOK)
def date_confidence_share(asked: Asked) -> Measured:
    """Simulated runs of the plan that go live by the agreed day, over all runs."""
    plan = _plan(asked)
    outlook = outlook_of(plan) if plan else None
    if outlook is None or outlook.live.agreed_at is None:
        return Measured(None, "no agreed go-live was simulated")
    runs, every = outlook.live.agreed_runs, outlook.runs
    return Measured(Fraction(runs, every), f"{runs:,} of {every:,} runs", outlook.dated_at)


@proof("Roles asked too much", unit="count", evidence="Demand", page=DEMAND)
def overloaded_role_weeks(asked: Asked) -> Measured:
    """Weeks of a role in which the plan that both see asks for more days than its side has released, each counted once.

    Of a role of which nothing was released nothing is known: it is not counted.
    """
    plan = _plan(asked)
    if plan is None:
        return NO_PLAN
    told = demand_in(rows_of(plan), "")
    if not any(one.released is not None for one in told):
        return Measured(None, "no side has released days")
    bad = [one for one in told if one.is_short and one.monday >= asked.today]
    lacking = tuple(
        Lack(f"{one.role}, {one.side}, week of {one.monday.day} {one.monday:%b %Y}")
        for one in bad[:MOST_LACKING]
    )
    return Measured(Fraction(len(bad)), f"{len(bad)} weeks", plan.dated_at, lacking)


@proof("Joint work on closed days", unit="count", evidence="Plan", page=PLAN)
def sessions_on_closed_days(asked: Asked) -> Measured:
    """Joint activities, and go-lives, that begin on a day on which a side that must attend does not work."""
    plan = _plan(asked)
    if plan is None:
        return NO_PLAN
    rows = rows_of(plan)
    starts = {
        one.pk: day_of(rows.dates[one.pk].starts_at, asked.deal.zone)
        for one in rows.activities
        if one.pk in rows.dates and one.finished_on is None
    }
    joint = [one for one in rows.activities if one.pk in starts and (one.lead == "joint" or is_go_live(one))]
    if not joint:
        return Measured(None, "no joint work is dated")
    bad = _on_closed(rows, joint, starts)
    lacking = tuple(Lack(one.name, ACTIVITY, one.pk) for one in bad[:MOST_LACKING])
    return Measured(Fraction(len(bad)), f"{len(bad)} of {len(joint)}", plan.dated_at, lacking)


def _on_closed(rows: PlanRows, joint: list[Activity], starts: dict[UUID, date]) -> list[Activity]:
    days = [starts[one.pk] for one in joint]
    closed = closed_days(rows.plan, min(days), max(days))
    shut = closed["both"] | closed["client"] | closed["provider"]
    return [one for one in joint if starts[one.pk] in shut]
