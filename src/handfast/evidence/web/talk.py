"""What is said about a thing, as its page shows it: other rooms hand `talk_about` to their template."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from handfast.engagement.queries import party_of
from handfast.evidence.permissions import may_comment, may_withdraw_comment
from handfast.evidence.queries.comments import thread_of
from handfast.evidence.reading.said import Part, parts_of
from handfast.evidence.web.forms import CommentForm
from handfast.foundation.web.instants import shown_at
from handfast.people.queries import GONE, members_seen_by, names_seen_by

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from handfast.engagement.models import Engagement
    from handfast.evidence.models import Comment
    from handfast.evidence.queries.comments import Thread
    from handfast.evidence.queries.things import Thing
    from handfast.foundation.actor import Actor
    from handfast.people.models import Membership

NEWEST = 20


@dataclass(frozen=True, slots=True)
class CommentRow:
    """One comment in words. `tells_me` where the reader is mentioned and has not said that they saw it."""

    comment: Comment
    parts: Sequence[Part]
    who: str
    initials: str
    side: str
    when: str
    may_withdraw: bool
    tells_me: bool


@dataclass(frozen=True, slots=True)
class Talk:
    """The part of a page that shows what is said about a thing, and takes more."""

    thing: Thing
    rows: Sequence[CommentRow]
    url: str
    earlier_url: str
    form: CommentForm
    members: Sequence[Membership]
    may_comment: bool
    own_side: str
    own_name: str

    @property
    def is_own_chosen(self) -> bool:
        """Whether the own side alone will see what is written now; the safer is chosen first."""
        return self.thing.is_internal or self.form["audience"].value() != "shared"


def talk_about(  # noqa: PLR0913 - what the part shows
    actor: Actor, deal: Engagement, thing: Thing, *, most: int = NEWEST, upto: UUID | None = None,
    form: CommentForm | None = None,
) -> Talk:  # fmt: skip
    """The newest comments, or those that end with `upto`, and the form. Raises NotSeen."""
    members = list(members_seen_by(actor, deal.pk))
    thread = thread_of(actor, thing, most=most, upto=upto)
    mine = party_of(deal, actor.organisation)
    own_side, own_name = (mine.side, mine.name) if mine else ("", "")
    told = tellable(members, thing)
    url = talk_url(thing)
    return Talk(
        thing, _rows(actor, thread, members, deal.zone), url,
        f"{url}?upto={thread.earlier.pk}#comments" if thread.earlier else "",
        form or CommentForm(members=told, is_internal=thing.is_internal), told,
        may_comment(actor, thing.space) and thing.space.pk in actor.reach.writes, own_side, own_name,
    )  # fmt: skip


def talk_url(thing: Thing) -> str:
    """The page of all that is said about it."""
    return reverse("evidence:comments", args=[thing.engagement, thing.kind, thing.id])


def tellable(members: Sequence[Membership], thing: Thing) -> list[Membership]:
    """Whom a comment about the thing could tell, whatever its audience."""
    if not thing.is_internal:
        return list(members)
    return [one for one in members if one.organisation_id == thing.space.organisation_id]


def _rows(actor: Actor, thread: Thread, members: Sequence[Membership], zone: str) -> list[CommentRow]:
    here = {one.person_id: one for one in members}
    names = {key: one.person.name for key, one in here.items()}
    persons = {one.written_by_id for one in thread.comments}
    persons |= {told.person_id for one in thread.comments for told in one.mentions.all()}
    if gone := persons - here.keys():
        names |= names_seen_by(actor, gone)
    return [_row(actor, one, here, names, zone) for one in thread.comments]


def _row(
    actor: Actor, one: Comment, here: Mapping[UUID, Membership], names: Mapping[UUID, str], zone: str
) -> CommentRow:
    author = here.get(one.written_by_id)
    told = {mention.person_id: mention for mention in one.mentions.all()}
    mine = told.get(actor.person) if actor.person else None
    is_there = one.withdrawn_at is None
    writes = one.space_id in actor.reach.writes
    return CommentRow(
        one, parts_of(one.text, told, names, GONE), names.get(one.written_by_id, GONE),
        author.person.initials if author else "", author.side if author else "either",
        shown_at(one.written_at, zone), is_there and writes and may_withdraw_comment(actor, one),
        is_there and writes and mine is not None and mine.seen_at is None,
    )  # fmt: skip
