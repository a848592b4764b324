"""Sign in with a company's account, link one to one's own, and let go of it."""

from __future__ import annotations

import logging
from uuid import UUID

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login
from allauth.account.internal.flows.reauthentication import did_recently_reauthenticate
from allauth.account.models import Login
from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from handfast.foundation.companies import Company
from handfast.foundation.refusals import status_of
from handfast.foundation.web.doors import ActorRequest, page
from handfast.people.actions.companies import link_company_account, note_entering, unlink_company_account
from handfast.people.models import Person
from handfast.people.queries import (
    actor_for,
    company_account_seen_by,
    is_known,
    person_linked,
    person_of,
    person_to_link,
)
from handfast.people.refusals import CompanySignInRefused, CompanyUnavailable
from handfast.people.web.company.entered import note_issuer
from handfast.people.web.company.flow import Begun, come_back, company_of, way_there
from handfast.people.web.company.proving import Proof

log = logging.getLogger("handfast.sign_in")


def begin(request: HttpRequest, company: str) -> HttpResponse:
    """Leads to the company's own sign-in page. Of a form, so that no other site begins it. Raises NotSeen."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    found = company_of(company)
    if request.user.is_authenticated:
        return redirect("home")
    slower: HttpResponse | None = ratelimit.consume_or_429(request, action="login")
    if slower is not None:
        return slower
    onward = request.POST.get("next", "")
    return _led_away(request, found, onward=onward if get_adapter().is_safe_url(onward) else "")


@page("POST", is_spoken=True)
def link(request: ActorRequest, company: str) -> HttpResponse:
    """The same for whoever is signed in: what comes back is linked to them. It asks for the password once more."""
    found = company_of(company)
    if not did_recently_reauthenticate(request):
        messages.info(
            request, _("Write your password, then link your account at %(name)s.") % {"name": found.name}
        )
        return redirect(
            f"{reverse('account_reauthenticate')}?{urlencode({'next': reverse('people:account')})}"
        )
    return _led_away(request, found, person=str(request.user.pk))


@page("POST", is_spoken=True)
def unlink(request: ActorRequest, account: UUID) -> HttpResponse:
    """It opens nothing from the next sign-in on."""
    unlink_company_account(request.actor, company_account_seen_by(request.actor, account))
    messages.success(request, _("That account opens nothing here any more."))
    return redirect("people:account")


def back(request: HttpRequest, company: str) -> HttpResponse:
    """Where the company sends people back to. Raises NotSeen."""
    if request.method != "GET":
        return HttpResponseNotAllowed(["GET"])
    found = company_of(company)
    try:
        begun, proof = come_back(request, found)
        if begun.person is not None:
            return _linked(request, begun, proof, found)
        return _entered(request, begun, proof, found)
    except (CompanySignInRefused, CompanyUnavailable) as refused:
        return _said(request, refused, found)


def _led_away(
    request: HttpRequest, company: Company, *, person: str | None = None, onward: str = ""
) -> HttpResponse:
    """A page that leads on, and no redirect: a form of ours may lead to no other site (form-action)."""
    try:
        address = way_there(request, company, person=person, onward=onward)
    except CompanyUnavailable as refused:
        return _said(request, refused, company)
    return render(request, "people/company_leads.html", {"company": company, "address": address})


def _entered(request: HttpRequest, begun: Begun, proof: Proof, company: Company) -> HttpResponse:
    """Signed in, or on the way to the second step. Raises CompanySignInRefused."""
    person = person_linked(proof.issuer, proof.subject) or _newly_linked(proof, company)
    note_entering(proof.issuer, proof.subject, timezone.now())
    note_issuer(request, person, proof.issuer)
    login = Login(user=person, email_verification="none", redirect_url=begun.onward or None)
    answer: HttpResponse = perform_login(request, login)
    return answer


def _newly_linked(proof: Proof, company: Company) -> Person:
    """By an address that this company may vouch for, the first time alone. Raises CompanySignInRefused."""
    if is_known(proof.issuer, proof.subject):
        raise CompanySignInRefused(log="linked to somebody who may not sign in")
    if not company.vouches_for(proof.email):
        raise CompanySignInRefused(log="not linked, and no verified address of the company's domains")
    person = person_to_link(proof.issuer, proof.email)
    if person is None:
        raise CompanySignInRefused(log="a verified address that nobody can be linked by")
    actor = actor_for(person)
    link_company_account(actor, person, issuer=proof.issuer, subject=proof.subject, at=timezone.now())
    return person


def _linked(request: HttpRequest, begun: Begun, proof: Proof, company: Company) -> HttpResponse:
    """By whoever began it and is signed in still. Raises CompanySignInRefused."""
    actor = getattr(request, "actor", None)
    if actor is None or str(request.user.pk) != begun.person:
        raise CompanySignInRefused(log="begun by somebody else")
    person = person_of(actor)
    link_company_account(actor, person, issuer=proof.issuer, subject=proof.subject, at=timezone.now())
    note_issuer(request, person, proof.issuer)
    messages.success(request, f"Your account at {company.name} signs you in from now on.")
    return redirect("people:account")


def _said(
    request: HttpRequest, refused: CompanySignInRefused | CompanyUnavailable, company: Company
) -> HttpResponse:
    log.warning("sign-in by %s: %s (%s)", company.issuer, refused.code, refused.log)
    told = {"company": company, "refused": refused, "said": str(refused), "code": refused.code}
    return render(request, "people/company_refused.html", told, status=status_of(refused))
