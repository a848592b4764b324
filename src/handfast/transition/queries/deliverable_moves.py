"""Whether what is asked of a deliverable follows from where it stands by the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.kernel.worktime.zones import zone_named
from handfast.people.models import Membership, lasting
from handfast.transition.models import Deliverable, ReviewRound
from handfast.transition.queries.deliverables import clock_of
from handfast.transition.refusals import (
    AnswerIncomplete,
    DeliverableRefused,
    DeliverableState,
    ReviewOver,
    ReviewTermsAgreed,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from handfast.transition.reading.deliverables import Condition, DeliverableSaid

State = Deliverable.State
REVIEW_TERMS = ("submits_side", "review_days", "is_silence_acceptance")


def check_stands(deliverable: Deliverable, states: Sequence[str], at: datetime, *, then: str) -> None:
    """That it is in one of these states now. Raises ReviewOver, DeliverableState, which say how it stands."""
    clock = clock_of(deliverable.engagement, at)
    state = deliverable.state_at(clock)
    if state in states:
        return
    ends_at = deliverable.review_ends_at
    if state == State.DEEMED and ends_at is not None:
        local = ends_at.astimezone(zone_named(deliverable.engagement.zone))
        raise ReviewOver(
            f"{deliverable.name}: the review ended on {local.day} {local:%b %Y, %H:%M} "
            f"({deliverable.engagement.zone}) without an answer, so it is accepted and cannot be {then}"
        )
    raise DeliverableState(
        f"{deliverable.name} is {State(state).label}: from there it cannot be {then}; look again"
    )


def check_people(said: DeliverableSaid, engagement: UUID, was: Deliverable | None = None) -> None:
    """Who hands in and who reviews belong to their sides; who left stays where they stand. Raises DeliverableRefused."""
    other = "client" if said.submits_side == "provider" else "provider"
    wanted = {"owner_id": (said.owner_id, said.submits_side), "reviewer_id": (said.reviewer_id, other)}
    here = _members(engagement, [one for one, _ in wanted.values()])
    faults = [
        (name, f"choose somebody of the {side}")
        for name, (person, side) in wanted.items()
        if person is not None
        and (person, side) not in here
        and not (was and getattr(was, name) == person and was.submits_side == said.submits_side)
    ]
    if faults:
        told = "; ".join(f"{name}: {fault}" for name, fault in faults)
        raise DeliverableRefused(f"the deliverable is not kept: {told}", faults)


def check_owners(conditions: Iterable[Condition], engagement: UUID) -> None:
    """Whoever owns a condition belongs to the engagement. Raises AnswerIncomplete."""
    wanted = {one.owner_id for one in conditions} - {None}
    known = {person for person, _ in _members(engagement, wanted)}
    if wanted - known:
        said = "the owner of each is one of the engagement's people"
        raise AnswerIncomplete(f"conditions: {said}", [("conditions", said)])


def check_terms_free(deliverable: Deliverable, said: DeliverableSaid) -> None:
    """What both have agreed of the review stays. Raises ReviewTermsAgreed."""
    changed = any(getattr(deliverable, name) != getattr(said, name) for name in REVIEW_TERMS)
    if changed and (
        deliverable.does_silence_count or (deliverable.round and _is_side_changed(deliverable, said))
    ):
        raise ReviewTermsAgreed(
            f"{deliverable.name}: who hands it in, its review days and that silence counts are agreed by both sides and "
            "stay; withdraw it and plan another where they have to change"
        )


def _is_side_changed(deliverable: Deliverable, said: DeliverableSaid) -> bool:
    return deliverable.submits_side != said.submits_side


def waiting_round(deliverable: Deliverable) -> ReviewRound:
    """The round that is under review."""
    found: ReviewRound = ReviewRound.objects.get(deliverable=deliverable, number=deliverable.round)
    return found


def _members(engagement: UUID, persons: Iterable[UUID | None]) -> set[tuple[UUID | None, str]]:
    rows = Membership.objects.filter(
        lasting(), engagement_id=engagement, person_id__in=[one for one in persons if one]
    )
    return set(rows.values_list("person_id", "side"))
