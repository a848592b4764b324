"""Comments for the tests, written by the verbs only."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.governance.kept import AT

from handfast.evidence.actions import write_comment
from handfast.evidence.queries.comments import thread_of
from handfast.evidence.queries.things import space_for, thing_seen_by
from handfast.evidence.reading.said import CommentSaid
from handfast.foundation.scope import entered

if TYPE_CHECKING:
    from uuid import UUID

    from tests.factories.cast import Cast

    from handfast.evidence.models import Comment
    from handfast.evidence.queries.things import Thing
    from handfast.governance.models import RegisterEntry
    from handfast.people.models import Person


def thing(cast: Cast, by: Person, entry: RegisterEntry) -> Thing:
    actor = cast.actor(by)
    with entered(actor.reach):
        return thing_seen_by(actor, cast.engagement.pk, "entry", entry.pk)


def commented(  # noqa: PLR0913 - what a test may say of a comment
    cast: Cast,
    by: Person,
    entry: RegisterEntry,
    text: str = "Since Monday",
    *,
    audience: str = "shared",
    tells: UUID | None = None,
    sent_as: UUID | None = None,
    minutes: int = 0,
) -> Comment:
    actor, about = cast.actor(by), thing(cast, by, entry)
    with entered(actor.reach):
        space = space_for(actor, about, audience)
    said = CommentSaid(text, tells, sent_as)
    return write_comment(actor, space, thing=about, said=said, at=AT + timedelta(minutes=minutes))


def read_by(cast: Cast, person: Person, entry: RegisterEntry, most: int = 100) -> list[str]:
    """The texts as they are kept, the oldest first, that somebody reads about an entry."""
    actor = cast.actor(person)
    with entered(actor.reach):
        return [one.text for one in thread_of(actor, thing(cast, person, entry), most=most).comments]
