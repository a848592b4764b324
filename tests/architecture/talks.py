"""What is said about an entry and kept beside it, each text with a mark of its own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from handfast.evidence.actions import add_reference, attach_file, relate_things, write_comment
from handfast.evidence.files.kept import incoming, looked_through
from handfast.evidence.queries.things import space_for
from handfast.evidence.reading.addressed import ReferenceSaid
from handfast.evidence.reading.said import CommentSaid
from handfast.foundation.files.staged import staged_in
from handfast.foundation.scope import entered
from handfast.governance.queries.entries import entry_seen_by
from handfast.governance.queries.things import thing_of

if TYPE_CHECKING:
    from tests.architecture.deals import Deal

    from handfast.governance.models import RegisterEntry

AT = datetime(2026, 4, 16, 9, 12, tzinfo=UTC)


def commented(deal: Deal, entry: RegisterEntry) -> None:
    """A comment that both sides see and that tells the other one, and one of each side's own."""
    for audience in ("shared", *("client", "provider")):
        actor = deal.actor("client" if audience == "shared" else audience)
        with entered(actor.reach):
            thing = thing_of(entry_seen_by(actor, entry.pk))
            space = space_for(actor, thing, "shared" if audience == "shared" else "own")
        told = deal.people["provider"].pk if audience == "shared" else actor.person
        said = CommentSaid(f"Heard {deal.said('comment', audience)}", told)
        made = write_comment(actor, space, thing=thing, said=said, at=AT)
        if audience == "shared":
            deal.shared |= {"comment": str(made.pk), "author": str(actor.person), "mentioned": str(told)}


def filed(deal: Deal, entry: RegisterEntry) -> None:
    """A file and an address that both sides see, of whoever wrote the comment that both see, and of each side's own."""
    for audience in ("shared", *("client", "provider")):
        actor = deal.actor("client" if audience == "shared" else audience)
        with entered(actor.reach):
            thing = thing_of(entry_seen_by(actor, entry.pk))
            space = space_for(actor, thing, "shared" if audience == "shared" else "own")
        content, name = deal.said("bytes of", audience).encode(), f"{deal.said('file', audience)}.txt"
        with staged_in(incoming(), [content], name) as (_, staged), looked_through(staged, space.pk) as file:
            made = attach_file(actor, space, thing=thing, file=file, at=AT)
        told = deal.said("reference", audience)
        said = ReferenceSaid(f"Procedure {told}", f"https://wiki.example/{deal.said('address', audience)}")
        lives = add_reference(actor, space, thing=thing, said=said, at=AT)
        if audience == "shared":
            deal.shared |= {"file": str(made.pk), "reference": str(lives.pk)}


def related(deal: Deal, side: str, entry: RegisterEntry, to: RegisterEntry, *, is_own: bool = True) -> str:
    """A link between two entries, for one side or for both."""
    actor = deal.actor(side)
    with entered(actor.reach):
        one, other = (thing_of(entry_seen_by(actor, each.pk)) for each in (entry, to))
        space = space_for(actor, one, "own" if is_own else "shared")
    return str(relate_things(actor, space, thing=one, to=other, at=AT).pk)
