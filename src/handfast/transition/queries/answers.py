"""What the schedule answers for a plan, told to each side as far as it may see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from handfast.kernel.quantity import moment_of
from handfast.kernel.scheduling.why import why_of
from handfast.kernel.scheduling.wording import said
from handfast.transition.models import Activity, Link
from handfast.transition.queries.planned import planned
from handfast.transition.queries.plans import rows_of
from handfast.transition.queries.scheduled import scheduled

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from handfast.kernel.scheduling.plan import Side
    from handfast.kernel.scheduling.schedule import Schedule
    from handfast.transition.models import Plan
    from handfast.transition.queries.plans import AnyLink


@dataclass(frozen=True, slots=True)
class Answer:
    """The dates of one activity, for the space in which they are told."""

    space_id: UUID
    activity_id: UUID
    starts_at: datetime
    ends_at: datetime
    latest_ends_at: datetime
    float_us: int
    free_float_us: int
    day_us: int
    is_critical: bool
    is_late: bool
    why: str
    bound_to_id: UUID | None


@dataclass(frozen=True, slots=True)
class Answers:
    """All answers of one version of a plan; `asked` says which rows they answer."""

    version: int
    told: tuple[Answer, ...]
    asked: frozenset[tuple[UUID, int]]

    def told_in(self, space: UUID) -> tuple[Answer, ...]:
        """What is told in one space."""
        return tuple(one for one in self.told if one.space_id == space)


def answers_of(plan: Plan, spaces: Mapping[UUID, UUID | None]) -> Answers:
    """Compute a plan over the spaces of the job's reach. Raises PlanRefused."""
    rows = rows_of(plan, is_dated=False)
    sides = sides_of_spaces(plan, spaces)
    found = scheduled(planned(rows, internal_spaces=sides))
    late = {one.id for one in found.missed}
    told: list[Answer] = []
    for activity, dated in zip(rows.activities, found.dated, strict=True):
        own = sides.get(activity.space_id)
        for space, why, bound_to in _reasons(found, dated.id, own, activity.space_id, sides):
            told.append(
                Answer(
                    space, activity.pk, moment_of(dated.starts_us), moment_of(dated.ends_us),
                    moment_of(dated.latest_ends_us), dated.total_float_us, dated.free_float_us, dated.day_us,
                    dated.is_critical, dated.id in late, why, bound_to,
                )
            )  # fmt: skip
    return Answers(plan.version, tuple(told), _asked(rows.activities, rows.links))


def is_still_asked(plan: Plan, answers: Answers) -> bool:
    """Whether no activity and no link has changed, in any space, since the answers were computed."""
    activities = Activity.objects.filter(plan=plan, removed_at__isnull=True)
    known = dict(activities.values_list("pk", "version"))
    alive = activities.order_by().values("pk")
    links = Link.objects.filter(plan=plan, before_id__in=alive, after_id__in=alive)
    counted = {(link, 0) for link in links.values_list("pk", flat=True)}
    return answers.asked == frozenset(known.items()) | counted


def _asked(activities: Iterable[Activity], links: Iterable[AnyLink]) -> frozenset[tuple[UUID, int]]:
    """Every activity with its version, every link: links are never changed, only made and removed."""
    return frozenset((one.pk, one.version) for one in activities) | {(one.pk, 0) for one in links}


def sides_of_spaces(plan: Plan, spaces: Mapping[UUID, UUID | None]) -> dict[UUID, Side]:
    """Whose own space is whose: the side of each internal space."""
    sides: dict[UUID, Side] = {
        one.organisation_id: one.side  # type: ignore[misc]  # its choices are the sides
        for one in plan.engagement.parties.all()
        if one.organisation_id
    }
    return {
        space: sides[organisation]
        for space, organisation in spaces.items()
        if space != plan.space_id and organisation in sides
    }


def _reasons(
    found: Schedule, activity: str, own: Side | None, space: UUID, sides: Mapping[UUID, Side]
) -> list[tuple[UUID, str, UUID | None]]:
    """Each space in which an activity's dates are told, with the sentence and the binding activity for its readers.

    An internal activity is told in its own space. A shared one is told to both without names of what is internal;
    where its reason is internal to a side, that side is told by name too, in its own space.
    """
    why = why_of(found, activity)
    other = UUID(why.other.id) if why.other is not None else None
    if own is not None:
        return [(space, said(found.plan, why, seen_by=own), other)]
    shared = said(found.plan, why, seen_by="shared")
    is_told = why.other is not None and why.other.internal_to is None
    reasons = [(space, shared, other if is_told else None)]
    if is_told or why.other is None:
        return reasons  # nothing in it is internal, so every side is told the same
    for theirs, side in sides.items():
        told = said(found.plan, why, seen_by=side)
        if told != shared:
            reasons.append((theirs, told, other))
    return reasons
