"""Take back the last change: within ten seconds, by whoever made it, while nothing else has changed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from handfast.foundation.actions import action
from handfast.transition.actions.versions import count_change
from handfast.transition.models import Activity, LastChange, Link
from handfast.transition.permissions import may_take_back
from handfast.transition.queries.changing import from_plain, to_plain
from handfast.transition.queries.effects import Effect
from handfast.transition.refusals import UndoTooLate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from handfast.foundation.actor import Actor
    from handfast.transition.models import Plan

WITHIN = timedelta(seconds=10)
Before = tuple[Activity, "Mapping[str, Any]"]


def keep_for_undo(
    actor: Actor,
    plan: Plan,
    space: UUID,
    *,
    at: datetime,
    before: Iterable[Before] = (),
    links_out: Iterable[Link] = (),
    links_in: Iterable[Link] = (),
) -> LastChange:
    """Keep what was changed as it was before; `plan` carries the version that the change made."""
    LastChange.objects.filter(space_id=space, plan=plan, person_id=actor.person).delete()
    made: LastChange = LastChange.objects.create(
        space_id=space, plan=plan, person_id=actor.person, made_at=at, plan_version=plan.version,
        activities=[
            {"id": str(one.pk), "version": one.version, "values": {name: to_plain(value) for name, value in values.items()}}
            for one, values in before
        ],
        links_out=[_plain_link(one) for one in links_out], links_in=[str(one.pk) for one in links_in],
    )  # fmt: skip
    return made


@action(permits=may_take_back, records="last_change.undone")
def undo_change(actor: Actor, last: LastChange, /, *, at: datetime) -> LastChange:
    """Let everything be as it was before. Raises UndoTooLate."""
    if at - last.made_at > WITHIN:
        raise UndoTooLate("ten seconds have gone by: change it anew")
    if last.plan.version != last.plan_version:
        raise UndoTooLate("the plan has changed since: look again, nothing was taken back")
    for said in last.activities:
        _restore(said)
    Link.objects.filter(pk__in=last.links_in).delete()
    Link.objects.bulk_create([_link_of(last, said) for said in last.links_out])
    count_change(last.plan, last, actor=actor, at=at, effect=Effect(last.plan_version, ()))
    kept = last.pk
    last.delete()
    last.pk = kept  # the entry names the change that was
    return last


def _restore(said: Mapping[str, Any]) -> None:
    rows = Activity.objects.select_for_update().filter(pk=said["id"], version=said["version"])
    activity = rows.first()
    if activity is None:
        raise UndoTooLate("it has changed since: look again, nothing was taken back")
    for name, value in said["values"].items():
        setattr(activity, name, from_plain(name, value))
    activity.version += 1
    activity.save(update_fields=[*said["values"], "version"])


def _plain_link(link: Link) -> dict[str, str]:
    ends = {"before_id": str(link.before_id), "after_id": str(link.after_id)}
    return {"id": str(link.pk), "kind": link.kind, "lag": link.lag, "lag_on": link.lag_on} | ends


def _link_of(last: LastChange, said: Mapping[str, str]) -> Link:
    return Link(space_id=last.space_id, plan_id=last.plan_id, **said)
