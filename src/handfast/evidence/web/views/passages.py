"""A passage of a document with what is said about it; the form that says the first word, and what is resolved."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from handfast.engagement.queries import engagement_seen_by
from handfast.evidence.actions import comment_on_passage, settle_passage
from handfast.evidence.permissions import may_comment, may_resolve_passage
from handfast.evidence.queries.documents import thing_of, version_seen_by
from handfast.evidence.queries.passages import passage_seen_by, piece_of
from handfast.evidence.queries.passages import thing_of as passage_thing
from handfast.evidence.queries.things import space_for
from handfast.evidence.reading.markdown import rendered
from handfast.evidence.refusals import CommentRefused, CommentStands, PassageRefused
from handfast.evidence.web.forms import OWN, CommentForm
from handfast.evidence.web.opening import document_here
from handfast.evidence.web.talk import Talk, talk_about, tellable
from handfast.foundation.refusals import NotPermitted, NotSeen, sentence_of
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.people.queries import members_seen_by

if TYPE_CHECKING:
    from handfast.engagement.models import Engagement
    from handfast.evidence.models import Document, DocumentVersion, Passage

OK, REFUSED = 200, 422


@page("GET", "POST")
def passage_new(
    request: ActorRequest, engagement: UUID, document: UUID, number: int, place: int
) -> HttpResponse:
    """The form of a comment on a passage; posted, it is said, and the passage has a page of its own."""
    deal, found = document_here(request, engagement, document)
    version = version_seen_by(request.actor, found, number)
    try:
        piece_of(version, place)
    except PassageRefused:
        raise NotSeen from None
    if request.method != "POST":
        return _new(request, deal, found, version, place)
    if not may_comment(request.actor, found.space):
        raise NotPermitted("comment written: your role does not include it")
    thing = thing_of(found)
    members = tellable(list(members_seen_by(request.actor, deal.pk)), thing)
    form = CommentForm(request.POST, members=members, is_internal=thing.is_internal)
    if not form.is_valid():
        return _new(request, deal, found, version, place, form=form, status=REFUSED)
    audience = OWN if thing.is_internal else form.cleaned_data["audience"]
    try:
        space = space_for(request.actor, thing, audience)
        made = comment_on_passage(
            request.actor, space, version=version, number=place, said=form.said(), at=request.at
        )
    except CommentRefused as refusal:
        form.tell(refusal)
        return _new(request, deal, found, version, place, form=form, status=REFUSED)
    except CommentStands as twice:
        messages.info(request, sentence_of(twice))
        return redirect("evidence:document_version", engagement=deal.pk, document=found.pk, number=number)
    return redirect("evidence:passage", engagement=deal.pk, passage=made.pk)


@page("GET")
def passage(request: ActorRequest, engagement: UUID, passage: UUID) -> HttpResponse:
    """What the passage says, in its version, and what is said about it."""
    deal, found = _here(request, engagement, passage)
    may_resolve = found.space_id in request.actor.reach.writes and may_resolve_passage(request.actor, found)
    talk = talk_about(request.actor, deal, passage_thing(found))
    return _shown(
        request,
        deal,
        found.document,
        found.document_version,
        found.number,
        talk,
        passage=found,
        may_resolve=may_resolve,
    )


@page("POST")
def passage_settle(request: ActorRequest, engagement: UUID, passage: UUID) -> HttpResponse:
    """Say that it is resolved, or open again."""
    deal, found = _here(request, engagement, passage)
    settle_passage(request.actor, found, is_resolved=request.POST.get("to") != "open", at=request.at)
    return redirect("evidence:passage", engagement=deal.pk, passage=found.pk)


def _here(request: ActorRequest, engagement: UUID, passage: UUID) -> tuple[Engagement, Passage]:
    """The passage, if it is one of this engagement. Raises NotSeen."""
    deal = engagement_seen_by(request.actor, engagement)
    found = passage_seen_by(request.actor, passage)
    if found.engagement_id != deal.pk:
        raise NotSeen
    return deal, found


def _new(  # noqa: PLR0913 - what the page shows
    request: ActorRequest, deal: Engagement, found: Document, version: DocumentVersion, place: int, *,
    form: CommentForm | None = None, status: int = OK,
) -> HttpResponse:  # fmt: skip
    talk = talk_about(request.actor, deal, thing_of(found), most=0, form=form)
    return _shown(request, deal, found, version, place, talk, status=status)


def _shown(  # noqa: PLR0913, PLR0917 - what the page shows
    request: ActorRequest, deal: Engagement, found: Document, version: DocumentVersion, place: int, talk: Talk, *,
    passage: Passage | None = None, may_resolve: bool = False, status: int = OK,
) -> HttpResponse:  # fmt: skip
    piece = piece_of(version, place)
    context = {
        "engagement": deal, "document": found, "version": version, "place": place, "talk": talk, "passage": passage,
        "may_resolve": may_resolve, "html": rendered(f"{piece.text}\n").with_marks(lambda _: ""),
    }  # fmt: skip
    return shown(request, "evidence/passage.html", context, status=status)
