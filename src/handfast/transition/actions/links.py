"""Link two activities, and take a link out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.foundation.refusals import NotPermitted
from handfast.transition.actions.undoing import keep_for_undo
from handfast.transition.actions.versions import count_change
from handfast.transition.models import Activity, Link
from handfast.transition.permissions import may_amend_activity, may_plan_in, may_unlink
from handfast.transition.queries.checking import check_lag
from handfast.transition.queries.sides import check_moves_alone
from handfast.transition.refusals import ActivityRefused

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Space
    from handfast.transition.queries.effects import Effect


def space_of_link(before: Activity, after: Activity) -> UUID:
    """The narrower space of the two ends: where their link lives."""
    found: UUID = before.space_id if after.space_id == after.plan.space_id else after.space_id
    return found


@action(permits=may_plan_in, records="activity.linked")
def link_activities(actor: Actor, space: Space, /, *, link: Link, effect: Effect, at: datetime) -> Link:
    """Write a link, whose `space` is the narrower one of its two ends.

    A link to what is internal is its side's own business, as that is: what it moves is a forecast.
    Raises ActivityRefused, NotPermitted, NeedsAcceptance.
    """
    before, after = (_end(link, one) for one in (link.before_id, link.after_id))
    check_lag(link.lag, link.lag_on)
    if before.pk == after.pk:
        raise ActivityRefused("an activity does not wait for itself", [("before", "choose another")])
    if space.pk != space_of_link(before, after):
        raise ActivityRefused("a link lives where its narrower end does")
    if Link.objects.filter(before_id=before.pk, after_id=after.pk, kind=link.kind).exists():
        raise ActivityRefused(f"it waits for “{before.name}” already", [("before", "choose another")])
    _check(actor, after, link, effect)
    link.save(force_insert=True)
    count_change(link.plan, link, actor=actor, at=at, effect=effect)
    keep_for_undo(actor, link.plan, link.space_id, at=at, links_in=[link])
    return link


@action(permits=may_unlink, records="activity.unlinked")
def unlink_activities(actor: Actor, link: Link, /, *, effect: Effect, at: datetime) -> Link:
    """Let an activity no longer wait for another. Raises NotPermitted, NeedsAcceptance."""
    _check(actor, _end(link, link.after_id), link, effect)
    count_change(link.plan, link, actor=actor, at=at, effect=effect)
    keep_for_undo(actor, link.plan, link.space_id, at=at, links_out=[link])
    kept = link.pk
    link.delete()
    link.pk = kept  # the entry names the link that was
    return link


def _check(actor: Actor, after: Activity, link: Link, effect: Effect) -> None:
    if not may_amend_activity(actor, after):
        raise NotPermitted(
            "what the other side leads, or both together, waits for what both agree: propose it"
        )
    if link.space_id == link.plan.space_id:
        check_moves_alone(actor, after, effect)


def _end(link: Link, activity: object) -> Activity:
    """One end of a link, of the same plan and in sight. Raises ActivityRefused."""
    rows = Activity.objects.select_related("plan__engagement").filter(
        plan_id=link.plan_id, removed_at__isnull=True
    )
    found: Activity | None = rows.filter(pk=activity).first()
    if found is None:
        raise ActivityRefused("there is no such activity in this plan", [("before", "choose another")])
    return found
