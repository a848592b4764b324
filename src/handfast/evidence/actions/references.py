"""Say where something lives elsewhere, with a copy of it, and take that away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.engagement.models import Engagement
from handfast.evidence.actions.files import attach_file
from handfast.evidence.models import Reference
from handfast.evidence.permissions import may_add_reference, may_remove_reference
from handfast.evidence.queries.references import MOST
from handfast.evidence.queries.things import check_space, thing_seen_by
from handfast.evidence.reading.addressed import checked_reference
from handfast.evidence.refusals import ReferenceRefused, ReferenceStands
from handfast.foundation.actions import action

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.evidence.files.kept import KeptFile
    from handfast.evidence.queries.things import Thing
    from handfast.evidence.reading.addressed import ReferenceSaid
    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Space


@action(permits=may_add_reference, records="reference.added")
def add_reference(
    actor: Actor,
    space: Space,
    /,
    *,
    thing: Thing,
    said: ReferenceSaid,
    frozen: KeptFile | None = None,
    at: datetime,
) -> Reference:
    """Keep an address beside a thing, and the copy as a file there.

    Raises ReferenceRefused, ReferenceStands, NotSeen, and what is refused of a file: then neither is kept.
    """
    engagement = Engagement.objects.get(pk=space.engagement_id)
    thing = thing_seen_by(actor, engagement.pk, thing.kind, thing.id)
    check_space(actor, thing, space)
    tidy = checked_reference(said)
    here = Reference.objects.filter(space_id__in=actor.reach.reads, about_kind=thing.kind, about_id=thing.id)
    if here.filter(address=tidy.address).exists():
        raise ReferenceStands("this address stands here already")
    if here.count() >= MOST:
        raise ReferenceRefused(
            f"not linked: there are {MOST} addresses here already",
            [("address", f"{MOST} stand here already")],
        )
    file = attach_file(actor, space, thing=thing, file=frozen, at=at) if frozen else None
    made: Reference = Reference.objects.create(
        space=space, engagement=engagement, about_kind=thing.kind, about_id=thing.id, name=tidy.name,
        address=tidy.address, frozen=file, added_at=at, added_by_id=actor.person,
    )  # fmt: skip
    return made


@action(permits=may_remove_reference, records="reference.removed")
def remove_reference(actor: Actor, reference: Reference, /, *, at: datetime) -> Reference:
    """Let an address stand here no longer; its copy stays among the files until whoever attached it withdraws it."""
    Reference.objects.filter(pk=reference.pk).delete()
    return reference
