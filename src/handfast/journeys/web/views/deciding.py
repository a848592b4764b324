"""The page behind the link of a mail that asks for a decision: three lines, and what can be answered; no sign-in.

The same link shows a gate where its signature is what was asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils import timezone

from handfast.evidence.actions import write_comment
from handfast.evidence.models import Comment
from handfast.evidence.reading.said import CommentSaid
from handfast.evidence.refusals import CommentRefused
from handfast.foundation.refusals import Conflict, NotPermitted, NotSeen, sentence_of
from handfast.foundation.scope import entered
from handfast.foundation.web.headers import unseen
from handfast.governance.actions import give_decision
from handfast.governance.queries.decisions import open_request, request_seen_by
from handfast.governance.queries.things import thing_of
from handfast.governance.reading.frozen import three_lines
from handfast.governance.refusals import DecisionGiven, DecisionRefused
from handfast.journeys.queries.answer_keys import key_in_force
from handfast.journeys.web.views.gate_signing import gate_page
from handfast.people.queries import actor_of, person_known
from handfast.readiness.queries.gates import decision_to_sign

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.foundation.actor import Actor
    from handfast.governance.models import DecisionRequest
    from handfast.journeys.models import AnswerKey

OK, OVER, REFUSED = 200, 404, 422
ASK = "ask"
MOST_QUESTIONS = 5


class DecisionForm(forms.Form):
    """One of three answers, with a reason or a question, to the lines that were shown."""

    answer = forms.ChoiceField(choices=[(one, one) for one in ("approved", "rejected", ASK)])
    reason = forms.CharField(
        label="Your reason or question",
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    sha256 = forms.CharField(max_length=64)


def decide(request: HttpRequest, decide_secret: str) -> HttpResponse:
    """Found by its secret alone. To look at it decides nothing: programs that look into mails open every link.

    A link that is not known, was used or is over shows one and the same page.
    """
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(("GET", "HEAD", "POST"))
    at = timezone.now()
    key = key_in_force(decide_secret, at)
    if key is None:
        return _shown(request, {"is_over": True}, OVER)
    member = key.membership
    actor = actor_of(member.person, member.organisation_id, [member])
    with entered(actor.reach):
        gate = decision_to_sign(actor, key.about_id)
        if gate is not None:
            return unseen(gate_page(request, actor, key, gate, at))
        try:
            found = open_request(actor, key.about_id)
            if request.method == "POST":
                return _answered(request, actor, key, found, at)
            return _asked(request, key, found)
        except (NotSeen, DecisionGiven):
            return _shown(request, {"is_over": True}, OVER)


def _answered(
    request: HttpRequest, actor: Actor, key: AnswerKey, found: DecisionRequest, at: datetime
) -> HttpResponse:
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _asked(request, key, found, form=form, status=REFUSED)
    said = form.cleaned_data
    try:
        if said["answer"] == ASK:
            _ask_back(actor, key, found, said["reason"], at)
            return _shown(
                request, {"key": key, "is_asked_back": True, "asker": person_known(found.asked_by_id)}
            )
        made = give_decision(
            actor,
            found,
            answer=said["answer"],
            reason=said["reason"],
            sha256=said["sha256"],
            is_by_mail=True,
            at=at,
        )
    except (Conflict, DecisionRefused, CommentRefused, NotPermitted) as refusal:
        again = request_seen_by(actor, found.pk)
        return _asked(request, key, again, form=form, refused=sentence_of(refusal), status=REFUSED)
    return _shown(request, {"key": key, "made": made, "lines": three_lines(found.entry, found.if_silent)})


def _ask_back(actor: Actor, key: AnswerKey, found: DecisionRequest, question: str, at: datetime) -> None:
    """A comment of theirs beside the decision, which whoever asked hears of at once. Raises CommentRefused, NotPermitted."""
    thing = thing_of(found.entry)
    asked = Comment.objects.filter(space_id=found.space_id, about_id=thing.id, written_by_id=actor.person)
    if asked.filter(written_at__gte=key.made_at).count() >= MOST_QUESTIONS:
        raise NotPermitted(f"{MOST_QUESTIONS} questions were asked by this link: sign in to ask more")
    tells = found.asked_by_id if found.asked_by_id != actor.person else None
    write_comment(actor, found.space, thing=thing, said=CommentSaid(question, tells), at=at)


def _asked(  # noqa: PLR0913 - what the page shows
    request: HttpRequest, key: AnswerKey, found: DecisionRequest, *, form: DecisionForm | None = None, refused: str = "",
    status: int = OK,
) -> HttpResponse:  # fmt: skip
    lines = three_lines(found.entry, found.if_silent)
    context = {
        "key": key, "lines": lines, "entry": found.entry, "form": form or DecisionForm(), "refused": refused,
        "is_changed": lines.sha256 != found.sha256, "asker": person_known(found.asked_by_id),
    }  # fmt: skip
    return _shown(request, context, status)


def _shown(request: HttpRequest, context: dict[str, object], status: int = OK) -> HttpResponse:
    return unseen(render(request, "journeys/decide.html", context, status=status))
