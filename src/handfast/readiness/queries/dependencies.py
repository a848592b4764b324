"""What each side owes the other: how late it is, what it holds up in the plan, and what was relieved for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

from django.db.models import Q

from handfast.evidence.models import Relation
from handfast.foundation.sight import the_one
from handfast.governance.models import RegisterEntry
from handfast.governance.queries.things import KIND as ENTRY
from handfast.readiness.models import Relief
from handfast.readiness.permissions import DEPENDENCIES
from handfast.readiness.queries.costs import later_by
from handfast.readiness.queries.gates import today_in
from handfast.transition.models import Activity
from handfast.transition.queries.activity_things import KIND as ACTIVITY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from django.db.models import QuerySet

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor

LASTING = (Relief.State.ASKED, Relief.State.GRANTED)


@dataclass(frozen=True, slots=True)
class DependencyNow:
    """One as it stands: calendar days late, the activities that it holds up, and by how many days the go-live moves.

    `plan_days` is None where nothing of the plan is linked with it, or the plan cannot say; `ask_until` the last day on
    which a relief is asked for, None where the clause names none.
    """

    entry: RegisterEntry
    owed_by: str
    delivered_on: date | None
    late_days: int
    holds_up: tuple[Activity, ...]
    plan_days: int | None
    ask_until: date | None
    relief: Relief | None

    @property
    def is_open(self) -> bool:
        """Whether it is still owed."""
        return self.delivered_on is None and not self.entry.is_done

    def may_be_asked(self, today: date) -> bool:
        """Whether a relief can be asked for it on a day."""
        is_in_time = self.ask_until is None or today <= self.ask_until
        return self.late_days > 0 and is_in_time and (self.relief is None or self.relief.state not in LASTING)


def dependencies_of(actor: Actor, deal: Engagement, *, at: datetime) -> list[DependencyNow]:
    """All that both sides see, the latest first; in a number of questions that does not grow with them."""
    rows = RegisterEntry.objects.filter(
        engagement=deal, register=DEPENDENCIES, space_id__in=actor.reach.reads & {deal.space_id}
    ).exclude(state="withdrawn")
    return _told(deal, list(rows.order_by("number")), today_in(deal, at))


def dependency_now(entry: RegisterEntry, *, at: datetime) -> DependencyNow:
    """One of them by itself."""
    return _told(entry.engagement, [entry], today_in(entry.engagement, at))[0]


def relief_seen_by(actor: Actor, relief: UUID) -> Relief:
    """One of them. Raises NotSeen."""
    rows = Relief.objects.filter(pk=relief, space_id__in=actor.reach.reads)
    found: Relief = the_one(
        rows.select_related("engagement", "entry__engagement").prefetch_related("engagement__parties")
    )
    return found


def reliefs_seen_by(actor: Actor, engagement: UUID) -> QuerySet[Relief]:
    """Every relief of an engagement, the newest first."""
    rows = Relief.objects.filter(engagement_id=engagement, space_id__in=actor.reach.reads)
    return rows.select_related("entry__engagement", "engagement")


def _told(deal: Engagement, entries: Sequence[RegisterEntry], today: date) -> list[DependencyNow]:
    for one in entries:
        one.engagement = deal
    held = _held_up(deal, entries)
    reliefs = _reliefs(deal, entries)
    late = {one.pk: _late_days(one, today) for one in entries}
    points = {
        one.pk: (frozenset(each.pk for each in held[one.pk]), today)
        for one in entries
        if late[one.pk] and held.get(one.pk) and not _delivered_on(one) and not one.is_done
    }
    days = later_by(deal, list(points.values()))
    found = [
        DependencyNow(
            one, one.own.get("owed_by", ""), _delivered_on(one), late[one.pk], held.get(one.pk, ()),
            days.get(points[one.pk]) if one.pk in points else None, _ask_until(one), reliefs.get(one.pk),
        )
        for one in entries
    ]  # fmt: skip
    return sorted(
        found,
        key=lambda one: (not one.is_open, -one.late_days, one.entry.due_on or date.max, one.entry.number),
    )


def _held_up(deal: Engagement, entries: Sequence[RegisterEntry]) -> Mapping[UUID, tuple[Activity, ...]]:
    """By dependency the unfinished activities that both sides see and that it is linked with."""
    ids = [one.pk for one in entries]
    ends = Q(one_kind=ACTIVITY, other_kind=ENTRY, other_id__in=ids) | Q(
        one_kind=ENTRY, other_kind=ACTIVITY, one_id__in=ids
    )
    rows = Relation.objects.filter(ends, engagement=deal, space_id=deal.space_id)
    pairs = [
        (one.other_id, one.one_id) if one.other_kind == ENTRY else (one.one_id, one.other_id) for one in rows
    ]
    wanted = {activity for _, activity in pairs}
    open_ones = Activity.objects.filter(
        pk__in=wanted, space_id=deal.space_id, removed_at__isnull=True, finished_on__isnull=True
    )
    by_id = {one.pk: one for one in open_ones} if wanted else {}
    found: dict[UUID, list[Activity]] = {}
    for entry, activity in pairs:
        if activity in by_id:
            found.setdefault(entry, []).append(by_id[activity])
    return {key: tuple(sorted(every, key=lambda one: one.position)) for key, every in found.items()}


def _reliefs(deal: Engagement, entries: Iterable[RegisterEntry]) -> dict[UUID, Relief]:
    """Of each the one that lasts, else the newest."""
    rows = Relief.objects.filter(space_id=deal.space_id, entry_id__in=[one.pk for one in entries])
    found: dict[UUID, Relief] = {}
    for one in rows.order_by("asked_at", "number"):
        if one.entry_id not in found or found[one.entry_id].state not in LASTING:
            found[one.entry_id] = one
    return found


def _delivered_on(one: RegisterEntry) -> date | None:
    said = one.own.get("delivered_on", "")
    return date.fromisoformat(said) if said else None


def _late_days(one: RegisterEntry, today: date) -> int:
    """Calendar days after the due day: until it was delivered, else until today."""
    if one.due_on is None:
        return 0
    until = _delivered_on(one) or (today if not one.is_done else one.due_on)
    return max(0, (until - one.due_on).days)


def _ask_until(one: RegisterEntry) -> date | None:
    """The last day on which the clause lets a relief be asked for; a part of a day gives none more."""
    said = one.own.get("notice_days", "")
    if not said or one.due_on is None:
        return None
    days = int(Decimal(said).to_integral_value(ROUND_FLOOR))
    return one.due_on + timedelta(days=min(days, (date.max - one.due_on).days))
