"""The operations on comments, and those on files and links. Annotations are values here: ninja reads them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from ninja import Query, Router, Status

from handfast.engagement.queries import engagement_seen_by
from handfast.evidence.actions import see_mention, withdraw_comment, write_comment
from handfast.evidence.api.documents import router as documents
from handfast.evidence.api.files import router as files
from handfast.evidence.api.passages import router as passages
from handfast.evidence.api.references import router as references
from handfast.evidence.api.relations import router as relations
from handfast.evidence.api.schemas import CommentIn, CommentOut, ThreadAsked, ThreadOut
from handfast.evidence.api.signing import router as signing
from handfast.evidence.models import Comment
from handfast.evidence.permissions import may_comment
from handfast.evidence.queries.comments import comment_seen_by, own_mention, thread_of
from handfast.evidence.queries.things import space_for, thing_seen_by
from handfast.evidence.reading.said import CommentSaid, parts_of
from handfast.foundation.actor import Actor
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.web.doors import ActorRequest
from handfast.people.queries import GONE, names_seen_by

router = Router(tags=["evidence"])
router.add_router("", documents)
router.add_router("", files)
router.add_router("", passages)
router.add_router("", references)
router.add_router("", relations)
router.add_router("", signing)
COMMENTS = "/engagements/{uuid:engagement}/{about}/{uuid:item}/comments"
COMMENT = "/comments/{uuid:comment}"


@router.get(COMMENTS, response=ThreadOut)
def comments(
    request: ActorRequest, engagement: UUID, about: str, item: UUID, asked: Query[ThreadAsked]
) -> dict[str, Any]:
    """What is said about a thing of the engagement, as far as the caller reads it; `about` is its kind, as `entry`."""
    deal = engagement_seen_by(request.actor, engagement)
    thing = thing_seen_by(request.actor, deal.pk, about, item)
    thread = thread_of(request.actor, thing, most=asked.limit, upto=asked.upto)
    earlier = thread.earlier.pk if thread.earlier else None
    return {"comments": _told(request.actor, thread.comments), "earlier": earlier}


@router.post(COMMENTS, response={201: CommentOut})
def post_comment(
    request: ActorRequest, engagement: UUID, about: str, item: UUID, given: CommentIn
) -> Status[dict[str, Any]]:
    """Say something about a thing, to whoever sees it or to the own side alone."""
    deal = engagement_seen_by(request.actor, engagement)
    thing = thing_seen_by(request.actor, deal.pk, about, item)
    if not may_comment(request.actor, thing.space):
        raise NotPermitted("comment written: your role does not include it")
    space = space_for(request.actor, thing, given.audience)
    said = CommentSaid(given.text, given.tells, given.sent_as)
    made = write_comment(request.actor, space, thing=thing, said=said, at=request.at)
    return Status(201, _told(request.actor, [made])[0])


@router.get(COMMENT, response=CommentOut)
def show_comment(request: ActorRequest, comment: UUID) -> dict[str, Any]:
    return _told(request.actor, [comment_seen_by(request.actor, comment)])[0]


@router.post(f"{COMMENT}/withdrawal", response=CommentOut)
def post_withdrawal(request: ActorRequest, comment: UUID) -> dict[str, Any]:
    """Take back what one said: its text is gone, its place stays."""
    found = comment_seen_by(request.actor, comment)
    return _told(request.actor, [withdraw_comment(request.actor, found, at=request.at)])[0]


@router.post(f"{COMMENT}/seen", response={204: None})
def post_seen(request: ActorRequest, comment: UUID) -> Status[None]:
    """Say that one has seen what mentions one."""
    found = comment_seen_by(request.actor, comment)
    see_mention(request.actor, own_mention(request.actor, found), at=request.at)
    return Status(204, None)


def _told(actor: Actor, comments: Sequence[Comment]) -> list[dict[str, Any]]:
    mentioned = {one.pk: [told.person_id for told in one.mentions.all()] for one in comments}
    names = names_seen_by(actor, {one for told in mentioned.values() for one in told})
    return [
        {
            "id": one.pk, "about": one.about_kind, "about_id": one.about_id, "is_internal": one.is_internal,
            "text": "".join(part.text for part in parts_of(one.text, mentioned[one.pk], names, GONE)),
            "mentions": [] if one.withdrawn_at else mentioned[one.pk], "written_at": one.written_at,
            "written_by_id": one.written_by_id, "withdrawn_at": one.withdrawn_at,
        }
        for one in comments
    ]  # fmt: skip
