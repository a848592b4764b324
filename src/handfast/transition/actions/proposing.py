"""What can be proposed of an activity: how each kind is checked when it is proposed, and made once it is accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handfast.foundation.refusals import Conflict
from handfast.transition.actions.activities import AMENDABLE, take_out, write_changes
from handfast.transition.models import Activity, Link, ProposedChange
from handfast.transition.queries.agreed import check_agreed, check_removable
from handfast.transition.queries.changing import LINK_FIELDS, from_plain, to_plain
from handfast.transition.queries.checking import POINTS, check_lag, check_values
from handfast.transition.refusals import ActivityRefused, NothingChanges

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

What = ProposedChange.What
Kept = dict[str, list[Any]]  # {field: [before, after]}, as JSON keeps it
STALE = "was changed after this was proposed: decline it, and propose anew"


def _checked_amendment(activity: Activity, changes: Mapping[str, Any]) -> Kept:
    if changes.keys() - AMENDABLE:
        raise ActivityRefused("only what is amended can be proposed")
    check_agreed(activity, changes)
    check_values({name: getattr(activity, name) for name in POINTS} | dict(changes))
    if all(getattr(activity, name) == value for name, value in changes.items()):
        raise NothingChanges("everything is as it was: change something first")
    return {name: [to_plain(getattr(activity, name)), to_plain(value)] for name, value in changes.items()}


def _checked_removal(activity: Activity, changes: Mapping[str, Any]) -> Kept:
    if changes:
        raise ActivityRefused("what leaves the plan takes no new values")
    check_removable(activity)
    return {}


def _checked_link(activity: Activity, changes: Mapping[str, Any]) -> Kept:
    check_lag(changes["lag"], changes["lag_on"])
    before = _shared(activity, changes)
    if before.pk == activity.pk:
        raise ActivityRefused("an activity does not wait for itself", [("before", "choose another")])
    if _links(activity, changes).exists():
        raise ActivityRefused(f"it waits for “{before.name}” already", [("before", "choose another")])
    return {name: [None, to_plain(changes[name])] for name in LINK_FIELDS}


def _checked_unlink(activity: Activity, changes: Mapping[str, Any]) -> Kept:
    _shared(activity, changes)
    if not _links(activity, changes).exists():
        raise ActivityRefused("it does not wait for that", [("before", "choose what it waits for")])
    return {name: [to_plain(changes[name]), None] for name in LINK_FIELDS}


def _shared(activity: Activity, changes: Mapping[str, Any]) -> Activity:
    """The other end, which both sides see. Raises ActivityRefused."""
    rows = Activity.objects.filter(plan_id=activity.plan_id, removed_at__isnull=True)
    found: Activity | None = rows.filter(pk=changes["before_id"], space_id=activity.space_id).first()
    if found is None:
        said = "choose an activity that both sides see"
        raise ActivityRefused("a link of what is only your side's is not proposed", [("before", said)])
    return found


def _links(activity: Activity, changes: Mapping[str, Any]) -> Any:
    return Link.objects.filter(
        plan_id=activity.plan_id, before_id=changes["before_id"], after_id=activity.pk, kind=changes["kind"]
    )


def _make_amendment(change: ProposedChange, at: datetime) -> None:
    activity = change.activity
    for name, (before, _) in change.changes.items():
        if to_plain(getattr(activity, name)) != before:
            raise Conflict(f"“{activity.name}” {STALE}")
    write_changes(activity, {name: from_plain(name, after) for name, (_, after) in change.changes.items()})


def _make_removal(change: ProposedChange, at: datetime) -> None:
    take_out(change.activity, at=at)


def _make_link(change: ProposedChange, at: datetime) -> None:
    said = {name: after for name, (_, after) in change.changes.items()}
    activity = change.activity
    rows = Activity.objects.filter(plan_id=activity.plan_id, removed_at__isnull=True)
    if not rows.filter(pk=said["before_id"]).exists() or _links(activity, said).exists():
        raise Conflict(f"what “{activity.name}” waits for {STALE}")
    Link.objects.create(space_id=activity.space_id, plan_id=activity.plan_id, after_id=activity.pk, **said)


def _make_unlink(change: ProposedChange, at: datetime) -> None:
    said = {name: before for name, (before, _) in change.changes.items()}
    found = _links(change.activity, said).filter(lag=said["lag"], lag_on=said["lag_on"]).first()
    if found is None:
        raise Conflict(f"what “{change.activity.name}” waits for {STALE}")
    found.delete()


CHECKS: dict[str, Callable[[Activity, Mapping[str, Any]], Kept]] = {
    What.AMEND: _checked_amendment,
    What.REMOVE: _checked_removal,
    What.LINK: _checked_link,
    What.UNLINK: _checked_unlink,
}
MADE: dict[str, Callable[[ProposedChange, datetime], None]] = {
    What.AMEND: _make_amendment,
    What.REMOVE: _make_removal,
    What.LINK: _make_link,
    What.UNLINK: _make_unlink,
}
