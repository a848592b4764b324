"""The body of a weekly status: done, late, next, moved, decisions needed; ids, names and days that both sides see."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from handfast.transition.models import Activity, Freeze, ProposedChange
from handfast.transition.queries.told import day_in, ends_on
from handfast.transition.queries.waves import next_go_live

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from handfast.transition.models import Plan
    from handfast.transition.queries.plans import PlanRows
    from handfast.transition.queries.promised import Promised
    from handfast.transition.queries.standing import Late, Standing, StepStanding

AHEAD = timedelta(days=7)
MOST_LINES = 40
OTHER = {"client": "provider", "provider": "client"}


def body_of(rows: PlanRows, standing: Standing, *, since: date, ends: Mapping[str, str]) -> dict[str, Any]:
    """What is frozen. `ends` are those of the week before, by activity: what differs has moved. Law: plain JSON."""
    shared = [one for one in rows.activities if one.space_id == rows.plan.space_id and one.pk in rows.dates]
    days = {one.pk: _days(rows, one) for one in shared}
    now = {str(one.pk): days[one.pk][1] for one in shared}
    done = [one for one in shared if one.finished_on and since < one.finished_on <= standing.on]
    soon = [one for one in shared if not one.finished_on and _is_next(one, days[one.pk], standing.on)]
    return {
        "on": standing.on.isoformat(),
        "since": since.isoformat(),
        "live": _live(shared, standing, now),
        "done": [_line(one) | {"on": str(one.finished_on)} for one in done[:MOST_LINES]],
        "late": [_late(one) for one in standing.late[:MOST_LINES]],
        "next": [
            _line(one) | {"starts_on": days[one.pk][0], "ends_on": days[one.pk][1]}
            for one in soon[:MOST_LINES]
        ],
        "moved": moved_since(shared, ends, now)[:MOST_LINES],
        "decisions": _decisions(rows, standing),
        "agreed": [_line(one.activity) | one.as_plain() for one in _promised(standing, since)][:MOST_LINES],
        "rag": [_rag(one) for one in standing.steps],
        "counts": {"activities": len(shared), "finished": sum(one.finished_on is not None for one in shared)},
        "ends": now,
    }


def moved_since(
    shared: Sequence[Activity], before: Mapping[str, str], now: Mapping[str, str]
) -> list[dict[str, Any]]:
    """What ends on another day than it did: milestones and gates first, then what moved most."""
    found = []
    for one in shared:
        was, ends = before.get(str(one.pk)), now.get(str(one.pk))
        if was and ends and was != ends:
            days = (date.fromisoformat(ends) - date.fromisoformat(was)).days
            found.append(_line(one) | {"from": was, "to": ends, "days": days})
    return sorted(found, key=lambda one: (one["kind"] == "work", -abs(one["days"]), one["to"], one["name"]))


def ends_of(rows: PlanRows) -> dict[str, str]:
    """The day on which each shared activity ends, by its id."""
    return {
        str(one.pk): _days(rows, one)[1]
        for one in rows.activities
        if one.space_id == rows.plan.space_id and one.pk in rows.dates
    }


def milestones_of(rows: PlanRows) -> dict[str, str]:
    """The day of each shared milestone and gate, by its id."""
    points = {str(one.pk) for one in rows.activities if one.kind != Activity.Kind.WORK}
    return {key: day for key, day in ends_of(rows).items() if key in points}


def _days(rows: PlanRows, one: Activity) -> tuple[str, str]:
    dates = rows.dates[one.pk]
    starts, ends = day_in(rows.plan, dates.starts_at), ends_on(dates, rows.plan.engagement.zone)
    return starts.isoformat(), ends.isoformat()


def _is_next(one: Activity, days: tuple[str, str], on: date) -> bool:
    """What begins in the week that comes, and milestones that fall into it."""
    day = days[0] if one.kind == Activity.Kind.WORK else days[1]
    return on < date.fromisoformat(day) <= on + AHEAD


def _live(shared: Sequence[Activity], standing: Standing, now: Mapping[str, str]) -> dict[str, Any] | None:
    """The next go-live, or what ends last: its day, and how it lies to the agreed one."""
    if not shared:
        return None
    last = next_go_live(shared) or max(shared, key=lambda one: now[str(one.pk)])
    slip = next((one for one in standing.slips if one.activity.pk == last.pk), None)
    return _line(last) | {"ends_on": now[str(last.pk)], "later_days": slip.later_days if slip else 0}


def _promised(standing: Standing, since: date) -> list[Promised]:
    """What the contract says, without what was reached before this week."""
    return [
        one
        for one in standing.promised
        if one.activity.finished_on is None or since < one.activity.finished_on <= standing.on
    ]


def _decisions(rows: PlanRows, standing: Standing) -> list[dict[str, Any]]:
    """Changes, a baseline and freezes that wait for a side, and steps that somebody says are red."""
    changes = ProposedChange.objects.filter(
        activity__plan=rows.plan, space_id=rows.plan.space_id, state=ProposedChange.State.PROPOSED
    ).select_related("activity")
    found = [
        {"kind": "change", "name": one.activity.name, "waits_for": OTHER.get(one.proposed_side, "joint")}
        for one in changes.order_by("proposed_at")
    ]
    plan = rows.plan
    if plan.baseline_asked_version == plan.version:
        found.append(
            {
                "kind": "baseline",
                "name": f"Baseline {plan.baseline_number + 1}",
                "waits_for": OTHER.get(_side(plan, plan.baseline_asked_for_id), "joint"),
            }
        )
    found += [
        {"kind": "freeze", "name": one.name, "waits_for": OTHER.get(_side(plan, one.asked_for_id), "joint")}
        for one in Freeze.objects.filter(plan=plan, state__in=Freeze.WAITING)
    ]
    red = (one for one in standing.steps if one.said and one.said.rag == "red")
    return found + [{"kind": "step", "name": one.step.name, "waits_for": one.step.lead} for one in red]


def _side(plan: Plan, organisation: UUID | None) -> str:
    """The side of an organisation; empty for one of neither."""
    return next(
        (one.side for one in plan.engagement.parties.all() if one.organisation_id == organisation), ""
    )


def _rag(one: StepStanding) -> dict[str, Any]:
    said = one.said
    return {
        "step": one.step.key, "number": one.step.number, "name": one.step.name, "wave": one.wave,
        "rag": one.colour, "computed": one.computed.colour, "because": one.computed.because,
        "reason": said.reason if said else "", "path_to_green": said.path_to_green if said else "",
    }  # fmt: skip


def _late(one: Late) -> dict[str, Any]:
    return _line(one.activity) | {
        "due_on": one.due_on.isoformat(), "days": one.days, "waits_for": one.waits_for,
        "before": one.before.name if one.before else "",
    }  # fmt: skip


def _line(one: Activity) -> dict[str, Any]:
    return {"id": str(one.pk), "name": one.name, "lead": one.lead, "kind": one.kind}
