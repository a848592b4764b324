"""The operation that invites several people at once. Annotations are values here: ninja reads them."""

from typing import Any
from uuid import UUID

from ninja import Router, Schema, Status

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.web.doors import ActorRequest
from handfast.journeys.actions import invite_people
from handfast.journeys.inviting.rows import checked_rows
from handfast.journeys.queries.inviting import people_looked_at, sides_of
from handfast.people.queries import own_space_of

router = Router(tags=["journeys"])


class PersonIn(Schema):
    """Whom to invite, as what; no side is the own one. The name is not kept."""

    name: str = ""
    email: str
    roles: list[str]
    side: str = ""


class PeopleIn(Schema):
    """All are invited or nobody; with `dry_run` nobody, and the lines say what would become of each."""

    people: list[PersonIn]
    dry_run: bool = False


class PersonLineOut(Schema):
    """What becomes of a row, counted from 1: new, member, invited or refused, and why; `invitation` where it was sent."""

    row: int
    email: str
    outcome: str
    why: str
    invitation: UUID | None


@router.post(
    "/engagements/{uuid:engagement}/invitations/several",
    response={200: list[PersonLineOut], 201: list[PersonLineOut]},
)
def post_people(request: ActorRequest, engagement: UUID, given: PeopleIn) -> Status[list[dict[str, Any]]]:
    """Invite whoever is new of these; by mail, the answer holds no link."""
    deal = engagement_seen_by(request.actor, engagement)
    if not request.actor.can("manage-people", engagement):
        raise NotPermitted("invitations sent: your role does not include it")
    told = [
        (number, {"name": one.name, "email": one.email, "roles": ",".join(one.roles), "side": one.side})
        for number, one in enumerate(given.people, 1)
    ]
    rows = checked_rows(told, sides_of(request.actor, deal))
    looked = people_looked_at(request.actor, deal, rows, at=request.at)
    sent = {}
    if not given.dry_run:
        made = invite_people(request.actor, own_space_of(request.actor, deal.pk), rows=rows, at=request.at)
        sent = {one.email: one.pk for one in made}
    lines = [
        {
            "row": one.row.number, "email": one.row.email, "outcome": one.outcome, "why": one.why,
            "invitation": sent.get(one.row.email),
        }
        for one in looked
    ]  # fmt: skip
    return Status(200 if given.dry_run else 201, lines)
