"""What is said about one thing, page by page; a comment written, withdrawn, and a mention seen."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from handfast.engagement.queries import engagement_seen_by
from handfast.evidence.actions import see_mention, withdraw_comment, write_comment
from handfast.evidence.permissions import may_comment
from handfast.evidence.queries.comments import comment_seen_by, own_mention, thread_of
from handfast.evidence.queries.things import space_for, thing_seen_by
from handfast.evidence.refusals import CommentRefused, CommentStands, CommentWithdrawn
from handfast.evidence.web.forms import OWN, CommentForm
from handfast.evidence.web.talk import NEWEST, talk_about, talk_url, tellable
from handfast.foundation.refusals import NotPermitted, NotSeen, sentence_of
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.people.queries import members_seen_by

if TYPE_CHECKING:
    from handfast.engagement.models import Engagement
    from handfast.evidence.models import Comment
    from handfast.evidence.queries.things import Thing

A_PAGE = 50
OK, REFUSED = 200, 422


@page("GET", "POST")
def comments(request: ActorRequest, engagement: UUID, about: str, item: UUID) -> HttpResponse:
    """All that is said about the thing, fifty at a time; posted, one more, and back to the thing."""
    deal = engagement_seen_by(request.actor, engagement)
    thing = thing_seen_by(request.actor, deal.pk, about, item)
    if request.method != "POST":
        return _shown(request, deal, thing, upto=_upto(request))
    if not may_comment(request.actor, thing.space):
        raise NotPermitted("comment written: your role does not include it")
    members = tellable(list(members_seen_by(request.actor, deal.pk)), thing)
    form = CommentForm(request.POST, members=members, is_internal=thing.is_internal)
    if not form.is_valid():
        return _shown(request, deal, thing, form=form, status=REFUSED)
    audience = OWN if thing.is_internal else form.cleaned_data["audience"]
    try:
        space = space_for(request.actor, thing, audience)
        made = write_comment(request.actor, space, thing=thing, said=form.said(), at=request.at)
    except CommentRefused as refusal:
        form.tell(refusal)
        return _shown(request, deal, thing, form=form, status=REFUSED)
    except CommentStands as twice:
        messages.info(request, sentence_of(twice))
        return redirect(f"{thing.url}#comments")
    return redirect(f"{thing.url}#comment-{made.pk}")


@page("GET")
def comment(request: ActorRequest, engagement: UUID, comment: UUID) -> HttpResponse:
    """Leads to the comment: on its thing's page where it is among the newest, else on the page of all."""
    deal, found = _here(request, engagement, comment)
    thing = thing_seen_by(request.actor, deal.pk, found.about_kind, found.about_id)
    newest = thread_of(request.actor, thing, most=NEWEST).comments
    if found.pk in {one.pk for one in newest}:
        return redirect(f"{thing.url}#comment-{found.pk}")
    return redirect(f"{talk_url(thing)}?upto={found.pk}#comment-{found.pk}")


@page("POST")
def withdraw(request: ActorRequest, engagement: UUID, comment: UUID) -> HttpResponse:
    """Take back what one said."""
    deal, found = _here(request, engagement, comment)
    try:
        withdraw_comment(request.actor, found, at=request.at)
    except CommentWithdrawn as twice:
        messages.info(request, sentence_of(twice))
    thing = thing_seen_by(request.actor, deal.pk, found.about_kind, found.about_id)
    return redirect(f"{thing.url}#comment-{found.pk}")


@page("POST")
def seen(request: ActorRequest, engagement: UUID, comment: UUID) -> HttpResponse:
    """It waits no longer for whoever it mentions."""
    deal, found = _here(request, engagement, comment)
    see_mention(request.actor, own_mention(request.actor, found), at=request.at)
    thing = thing_seen_by(request.actor, deal.pk, found.about_kind, found.about_id)
    return redirect(f"{thing.url}#comment-{found.pk}")


def _here(request: ActorRequest, engagement: UUID, comment: UUID) -> tuple[Engagement, Comment]:
    """The comment, if it is one of this engagement. Raises NotSeen."""
    deal = engagement_seen_by(request.actor, engagement)
    found = comment_seen_by(request.actor, comment)
    if found.engagement_id != deal.pk:
        raise NotSeen
    return deal, found


def _upto(request: ActorRequest) -> UUID | None:
    said = request.GET.get("upto", "")
    try:
        return UUID(said) if said else None
    except ValueError:
        raise NotSeen from None


def _shown(  # noqa: PLR0913 - what the page shows
    request: ActorRequest, deal: Engagement, thing: Thing, *, upto: UUID | None = None,
    form: CommentForm | None = None, status: int = OK,
) -> HttpResponse:  # fmt: skip
    talk = talk_about(request.actor, deal, thing, most=A_PAGE, upto=upto, form=form)
    context = {"engagement": deal, "talk": talk, "is_earlier": upto is not None}
    return shown(request, "evidence/comments.html", context, status=status)
