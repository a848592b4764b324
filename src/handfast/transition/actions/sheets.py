"""Save what a sheet says: changes of what stands in the plan and new activities, all of it or nothing, undone as one."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.db.models import prefetch_related_objects

from handfast.foundation.actions import action
from handfast.transition.actions.activities import POSITION_STEP
from handfast.transition.actions.bulk import changed_together
from handfast.transition.actions.undoing import keep_for_undo
from handfast.transition.actions.versions import count_change
from handfast.transition.models import Activity, LastChange, Link
from handfast.transition.permissions import may_manage_plan, may_plan_in
from handfast.transition.queries.checking import POINTS, check_lag, check_values
from handfast.transition.queries.sides import leads_alone
from handfast.transition.refusals import ActivityRefused, NeedsAcceptance, SheetRefused

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Space
    from handfast.transition.actions.undoing import Before
    from handfast.transition.models import Plan
    from handfast.transition.queries.additions import Addition
    from handfast.transition.queries.bulk import Together
    from handfast.transition.queries.effects import Effect

BATCH = 200
CHECKED = ("name", "lead", *POINTS, "not_before_on", "fixed_on", "deadline_on")


@action(permits=may_manage_plan, records="plan.sheet_saved")
def save_sheet(
    actor: Actor,
    plan: Plan,
    /,
    *,
    together: Together,
    addition: Addition,
    effect: Effect | None,
    reason: str,
    at: datetime,
    as_seen: str | None = None,
) -> Plan:
    """Do what the preview of a sheet said, among what both sides see. What it refuses stays as it is.

    It can be taken back where nothing was proposed. Raises SheetRefused, NotPermitted, NeedsAcceptance, Conflict.
    """
    if not addition.activities and not together.of("at once") and not together.of("proposed"):
        raise SheetRefused("nothing of it can be saved", [("rows", "mend what is refused")])
    before = changed_together(actor, together, reason=reason, at=at)
    before += _add(actor, plan, plan.space_id, addition, at)
    if before:
        told = ",".join(sorted(str(one.pk) for one, _ in before))
        plan.extended = f"{len(before)} {hashlib.sha256(told.encode()).hexdigest()}"
        plan.save(update_fields=["extended"])
        count_change(plan, plan, actor=actor, at=at, effect=effect)
        if not together.of("proposed"):
            keep_for_undo(actor, plan, plan.space_id, at=at, before=before, links_in=addition.links)
    return plan


@action(permits=may_plan_in, records="activities.added")
def add_own_rows(
    actor: Actor, space: Space, /, *, plan: Plan, addition: Addition, at: datetime
) -> LastChange:
    """Write rows that are only the own side's; the shared plan keeps no trace of them.

    Raises SheetRefused, ActivityRefused.
    """
    if not addition.activities:
        raise SheetRefused("nothing of it can be saved", [("rows", "mend what is refused")])
    if space.engagement_id != plan.engagement_id or space.pk == plan.space_id:
        raise ActivityRefused("rows that are only one side's are kept in that side's own space")
    before = _add(actor, plan, space.pk, addition, at)
    count_change(plan, before[0][0], actor=actor, at=at)
    return keep_for_undo(actor, plan, space.pk, at=at, before=before, links_in=addition.links)


def _add(actor: Actor, plan: Plan, space: UUID, addition: Addition, at: datetime) -> list[Before]:
    """Write new activities behind the others. Raises ActivityRefused, NeedsAcceptance."""
    made = list(addition.activities.values())
    prefetch_related_objects([plan], "engagement__parties")  # else each row asks for them
    steps = {"", *plan.steps.values_list("key", flat=True)}
    waves = {1, *plan.waves.values_list("number", flat=True)}
    last = Activity.objects.filter(plan=plan).order_by("position").last()
    for place, one in enumerate(made, start=1):
        one.plan = plan
        one.position = (last.position if last else 0) + place * POSITION_STEP
        if one.space_id != space or one.step_key not in steps or one.wave not in waves:
            raise ActivityRefused("a new row stands in a step and a wave of the plan, for whom it was read")
        if one.site and one.site not in plan.site_names:
            raise ActivityRefused(
                "no side has this site", [("site", "choose a site of the plan's calendars")]
            )
        check_values({name: getattr(one, name) for name in CHECKED})
        if not leads_alone(actor, one):
            raise NeedsAcceptance(
                "what the other side leads, or both together, is not added by one side alone"
            )
    for link in addition.links:
        check_lag(link.lag, link.lag_on)
    Activity.objects.bulk_create(made, batch_size=BATCH)
    Link.objects.bulk_create(addition.links, batch_size=BATCH)
    return [(one, {"removed_at": at}) for one in made]
