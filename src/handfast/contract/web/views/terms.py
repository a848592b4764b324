"""The terms in force, a version on its own page, and the answers to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from handfast.contract.actions import (
    agree_terms,
    decline_terms,
    make_agreement,
    put_in_force_alone,
    withdraw_terms,
)
from handfast.contract.models import Agreement, TermsVersion
from handfast.contract.permissions import may_make_agreement, may_receive_terms
from handfast.contract.queries import (
    agreement_seen_by,
    agreements_seen_by,
    parsed_terms,
    sides_of,
    terms_in_force,
    terms_waiting,
    version_seen_by,
)
from handfast.contract.reading.wording import words_of
from handfast.contract.refusals import AnswerUnknown
from handfast.contract.web.forms import AgreementForm
from handfast.contract.web.rows import moves_of, people_in, terms_sentence, version_row, version_sentence
from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import FieldsRefused, NotSeen, status_of
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.people.queries import names_seen_by

SAID = {
    "agree": "is agreed and in force",
    "decline": "is declined",
    "withdraw": "is withdrawn",
    "alone": "is in force, not countersigned",
}


def agreement_here(request: ActorRequest, engagement: UUID, agreement: UUID) -> Agreement:
    """The agreement, if it is one of this engagement. Raises NotSeen."""
    found = agreement_seen_by(request.actor, agreement)
    if found.engagement_id != engagement:
        raise NotSeen
    return found


@page("GET", "POST")
def agreements(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """The agreements of the engagement; a single one is shown at once."""
    deal = engagement_seen_by(request.actor, engagement)
    is_sent = request.method == "POST"
    form = AgreementForm(
        request.POST if is_sent else None, initial={"currency": deal.currency, "title": deal.name}
    )
    if is_sent and form.is_valid():
        made = make_agreement(request.actor, deal, **form.cleaned_data, at=request.at)
        # A light deal has the usual terms: the form is where everybody would go next.
        following = "contract:usual" if deal.size == deal.Size.LIGHT else "contract:terms"
        return redirect(following, engagement=engagement, agreement=made.pk)
    rows = list(agreements_seen_by(request.actor, engagement))
    if len(rows) == 1 and not is_sent and "new" not in request.GET:
        return redirect("contract:terms", engagement=engagement, agreement=rows[0].pk)
    context = {
        "engagement": deal,
        "rows": rows,
        "form": form,
        "may_make": may_make_agreement(request.actor, deal),
        "is_new": is_sent or "new" in request.GET or not rows,
    }
    return shown(request, "contract/agreements.html", context, status=422 if form.errors else 200)


@page("GET")
def terms(request: ActorRequest, engagement: UUID, agreement: UUID) -> HttpResponse:
    """What is in force now, and what waits for an answer."""
    found = agreement_here(request, engagement, agreement)
    return _page(request, found, terms_in_force(found), is_current=True)


@page("GET")
def version(request: ActorRequest, engagement: UUID, agreement: UUID, number: int) -> HttpResponse:
    """One version, whatever became of it."""
    found = agreement_here(request, engagement, agreement)
    return _version_page(request, found, version_seen_by(request.actor, found.pk, number))


def _version_page(
    request: ActorRequest,
    agreement: Agreement,
    one: TermsVersion,
    more: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    return _page(request, agreement, one, is_current=False, more=more, status=status)


def _page(  # noqa: PLR0913 - what the page shows
    request: ActorRequest, agreement: Agreement, one: TermsVersion | None, *, is_current: bool,
    more: dict[str, Any] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    actor = request.actor
    deal = engagement_seen_by(actor, agreement.engagement_id)
    sides = sides_of(deal.pk)
    waiting = terms_waiting(agreement) if is_current else None
    standing = one if is_current else terms_in_force(agreement)
    names = names_seen_by(actor, people_in([row for row in (one, waiting) if row is not None]))
    context: dict[str, Any] = {
        "engagement": deal,
        "agreement": agreement,
        "is_current": is_current,
        "waiting": version_row(waiting, sides, deal.zone, names) if waiting else None,
        "standing": standing,
        "may_write": may_receive_terms(actor, agreement),
        "sentence": terms_sentence(standing, waiting, sides)
        if is_current or one is None
        else version_sentence(one, sides),
    }
    if one is not None:
        stands_here = standing is not None and standing.pk == one.pk
        context |= {
            "terms_version": one,
            "row": version_row(one, sides, deal.zone, names),
            "stretches": words_of(parsed_terms(one)),
            "moves": moves_of(actor, one, sides, is_current=stands_here),
        }
    return shown(request, "contract/terms.html", context | (more or {}), status=status)


@page("POST")
def answer(request: ActorRequest, engagement: UUID, agreement: UUID, number: int) -> HttpResponse:
    """Agree, decline, withdraw, or put in force alone; what is refused is said on the version's page."""
    found = agreement_here(request, engagement, agreement)
    one = version_seen_by(request.actor, found.pk, number)
    verb = request.POST.get("verb", "")
    try:
        _answered(request, one, verb)
    except FieldsRefused as refusal:
        given = {"typed": request.POST.get("typed", ""), "reason": request.POST.get("reason", "")}
        wrong = {"refusal": refusal, "wrong": dict(refusal.fields), "given": given, "verb": verb}
        return _version_page(request, found, one, wrong, status=status_of(refusal))
    messages.success(request, f"Version {number} {SAID[verb]}.")
    return redirect("contract:version", engagement=engagement, agreement=agreement, number=number)


def _answered(request: ActorRequest, one: TermsVersion, verb: str) -> None:
    given = request.POST
    seen: dict[str, Any] = {"at": request.at, "as_seen": given.get("as_seen")}
    match verb:
        case "agree":
            agree_terms(request.actor, one, typed=given.get("typed", ""), **seen)
        case "decline":
            decline_terms(request.actor, one, reason=given.get("reason", ""), **seen)
        case "withdraw":
            withdraw_terms(request.actor, one, **seen)
        case "alone":
            put_in_force_alone(request.actor, one, typed=given.get("typed", ""), **seen)
        case _:
            raise AnswerUnknown(f"there is no answer {verb[:20]!r}: agree, decline, withdraw or alone")
