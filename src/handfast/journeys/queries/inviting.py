"""What becomes of people who are invited together: who is new, who is here or invited already, and who is refused.

Only the own side's members and open invitations are asked: whether an address has an account elsewhere is told to nobody.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from handfast.engagement.queries import other_party_of, party_of
from handfast.foundation.refusals import NotPermitted
from handfast.journeys.inviting.rows import Sides
from handfast.people.models import Side
from handfast.people.queries import invitations_seen_by, members_seen_by, side_word
from handfast.people.roles import names_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.journeys.inviting.rows import PersonRow

Outcome = Literal["new", "member", "invited", "refused"]


@dataclass(frozen=True, slots=True)
class Looked:
    """A row and what becomes of it; `why` says it of one that is not invited."""

    row: PersonRow
    outcome: Outcome
    why: str = ""


def sides_of(actor: Actor, deal: Engagement) -> Sides:
    """How a sheet of whoever acts may call the two sides. Raises NotPermitted where they are of neither."""
    mine, other = party_of(deal, actor.organisation), other_party_of(deal, actor.organisation)
    if mine is None or other is None:
        raise NotPermitted("invitations come from one of the two sides")
    names = {mine.side: mine.name, other.side: other.name}
    words = {side.value: side.value for side in Side}
    words |= {side_word(actor, side).casefold(): side for side in names}
    words |= {" ".join(name.casefold().split()): side for side, name in names.items()}
    return Sides(mine.side, names, words, other.side if other.organisation_id is not None else "")


def people_looked_at(
    actor: Actor, deal: Engagement, rows: Sequence[PersonRow], *, at: datetime
) -> list[Looked]:
    """Each row in its order; an invitation that has expired is sent again."""
    members = members_seen_by(actor, deal.pk).filter(organisation_id__in=[actor.organisation])
    here = {one.person.email.casefold(): names_of(one.roles) for one in members}
    open_ones = invitations_seen_by(actor, deal.pk).filter(expires_at__gt=at)
    invited = {one.email.casefold(): names_of(one.roles) for one in open_ones}
    return [_looked(row, here, invited) for row in rows]


def _looked(row: PersonRow, here: dict[str, str], invited: dict[str, str]) -> Looked:
    if row.faults:
        return Looked(row, "refused", "; ".join(fault for _, fault in row.faults))
    if (roles := here.get(row.email.casefold())) is not None:
        return Looked(row, "member", f"is of your side already, as {roles}")
    if (roles := invited.get(row.email.casefold())) is not None:
        return Looked(row, "invited", f"was invited already, as {roles}")
    return Looked(row, "new")
