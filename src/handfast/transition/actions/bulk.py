"""Change many activities together: at once what is free, proposed what the other side must accept, all or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import prefetch_related_objects

from handfast.foundation.actions import action
from handfast.foundation.refusals import Conflict, NotPermitted
from handfast.transition.actions.activities import take_out, write_changes
from handfast.transition.actions.changes import propose_change
from handfast.transition.actions.undoing import keep_for_undo
from handfast.transition.actions.versions import count_change
from handfast.transition.models import Activity, ProposedChange
from handfast.transition.permissions import may_amend_activity, may_manage_plan
from handfast.transition.queries.sides import check_moves_alone, is_internal
from handfast.transition.refusals import ActivityRefused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from uuid import UUID

    from handfast.foundation.actor import Actor
    from handfast.transition.actions.undoing import Before
    from handfast.transition.models import Plan
    from handfast.transition.queries.bulk import Line, Together


What = ProposedChange.What


@action(permits=may_manage_plan, records="activities.changed")
def change_together(
    actor: Actor, plan: Plan, /, *, together: Together, reason: str, at: datetime, as_seen: str | None = None
) -> Plan:
    """Do what the preview said, on the version of the plan that it was made for. What it refuses stays as it is.

    It can be taken back where nothing was sent. Raises ActivityRefused, NotPermitted, NeedsAcceptance, Conflict.
    """
    at_once, proposed = together.of("at once"), together.of("proposed")
    if not at_once and not proposed:
        raise ActivityRefused("none of them can be changed so", [("activity", "choose others")])
    before = changed_together(actor, together, reason=reason, at=at)
    if before:
        count_change(plan, plan, actor=actor, at=at, effect=together.effect)
        if not proposed:
            keep_for_undo(actor, plan, plan.space_id, at=at, before=before)
    return plan


def changed_together(actor: Actor, together: Together, *, reason: str, at: datetime) -> list[Before]:
    """Propose what must be, and change the others; of those what they were before. The version is not counted."""
    for one in together.of("proposed"):
        assert one.effect is not None  # noqa: S101 - the preview computed it
        propose_change(
            actor, one.activity, changes=one.changes, effect=one.effect, reason=reason, at=at,
            what=What.REMOVE if together.is_removed else What.AMEND, as_seen=one.activity.seen_as,
        )  # fmt: skip
    at_once = together.of("at once")
    found = _read_again(at_once)
    return [_changed(actor, one, found.get(one.activity.pk), together, at) for one in at_once]


def _read_again(lines: Sequence[Line]) -> dict[UUID, Activity]:
    """The activities as they are now, on one reading of their plan and its sides."""
    rows = Activity.objects.select_related("plan__engagement").filter(removed_at__isnull=True)
    found = {one.pk: one for one in rows.filter(pk__in=[line.activity.pk for line in lines])}
    for one in found.values():
        one.plan = next(iter(found.values())).plan
    prefetch_related_objects([one.plan for one in found.values()][:1], "engagement__parties")
    return found


def _changed(actor: Actor, line: Line, activity: Activity | None, together: Together, at: datetime) -> Before:
    if activity is None or activity.version != line.activity.version:
        raise Conflict("somebody changed one of them since you opened it: look again, nothing was saved")
    if not may_amend_activity(actor, activity) or is_internal(activity):
        raise NotPermitted(f"change “{activity.name}”: only the side that leads it does")
    if together.is_removed:
        before = {"removed_at": None}
        take_out(activity, at=at)
    else:
        before = {name: getattr(activity, name) for name in line.changes}
        write_changes(activity, line.changes)
    assert together.effect is not None  # noqa: S101 - something changes at once
    check_moves_alone(actor, activity, together.effect)
    return activity, before
