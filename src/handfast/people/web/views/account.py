"""One's own settings: details, sign-in, sessions, tokens, and for which organisation one acts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from handfast.foundation.refusals import FieldsRefused, NotSeen
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.people.actions.persons import change_details
from handfast.people.actions.tokens import issue_token, new_secret, revoke_token
from handfast.people.models import CompanyAccount, Membership, Person
from handfast.people.queries import (
    company_accounts_of,
    feeds_of,
    own_membership,
    person_of,
    secret_digest,
    session_mark,
    sessions_of,
    token_seen_by,
    tokens_of,
)
from handfast.people.web.company.flow import companies
from handfast.people.web.entering import ORGANISATION, PREVIEW
from handfast.people.web.forms import DetailsForm, FeedForm, TokenForm
from handfast.people.web.naming import engagement_names
from handfast.people.web.wording import browser_text, last_used_text

OK, WRONG = 200, 422


@page("GET", "POST", is_spoken=True)
def account(request: ActorRequest) -> HttpResponse:
    """Everything that is one's own, on one page; posting it saves the name and the zone."""
    person = person_of(request.actor)
    told = request.POST if request.method == "POST" else None
    form = DetailsForm(told, initial=_details(person))
    if form.is_bound and form.is_valid():
        try:
            change_details(request.actor, person, **form.cleaned_data, at=request.at)
        except FieldsRefused as refused:
            for name, said in refused.fields:
                form.add_error(name, _(said))
        else:
            messages.success(request, _("Saved."))
            return redirect("people:account")
    return _shown(request, person, form, None, status=WRONG if form.is_bound else OK)


@page("POST", is_spoken=True)
def issue(request: ActorRequest) -> HttpResponse:
    """A token is shown on the answer to this very post, and never again."""
    person = person_of(request.actor)
    form = TokenForm(request.POST, memberships=_named(request))
    if form.is_valid():
        told = form.cleaned_data
        secret = new_secret()
        token = issue_token(
            request.actor, own_membership(request.actor, UUID(told["membership"])), name=told["token_name"],
            secret=secret, digest=secret_digest(secret), expires_at=request.at + timedelta(days=told["days"]),
            at=request.at,
        )  # fmt: skip
        answer = shown(request, "people/token.html", {"token": token, "secret": secret})
        answer["Cache-Control"] = "no-store"
        return answer
    return _shown(request, person, DetailsForm(initial=_details(person)), form, status=WRONG)


@page("POST", is_spoken=True)
def revoke(request: ActorRequest, token: UUID) -> HttpResponse:
    """It opens nothing from the next request on."""
    found = token_seen_by(request.actor, token)
    revoke_token(request.actor, found, at=request.at)
    messages.success(request, _("%(name)s opens nothing any more.") % {"name": found.name})
    return redirect("people:account")


@page("POST", is_spoken=True)
def act_for(request: ActorRequest, organisation: UUID) -> HttpResponse:
    """This session acts for another organisation of the person from now on. Raises NotSeen."""
    if organisation not in {one.organisation_id for one in _memberships(request)}:
        raise NotSeen
    request.session[ORGANISATION] = str(organisation)
    request.session.pop(PREVIEW, None)
    return redirect("home")


def _memberships(request: ActorRequest) -> list[Membership]:
    return list(getattr(request, "memberships", []))


def _named(request: ActorRequest) -> list[tuple[Membership, str]]:
    """The memberships for the organisation that this session acts for, by their engagement."""
    names = engagement_names(request.actor)
    mine = [one for one in _memberships(request) if one.organisation_id == request.actor.organisation]
    return [
        (
            one,
            _("%(engagement)s, for %(organisation)s")
            % {"engagement": names.get(one.engagement_id, ""), "organisation": one.organisation.name},
        )
        for one in mine
    ]


def _details(person: Person) -> dict[str, str]:
    return {"name": person.name, "zone": person.zone, "language": person.language}


def _company_name(account: CompanyAccount) -> str:
    """As the settings call it; its own name, where they name it no longer."""
    return next((one.name for one in companies() if one.issuer == account.issuer), account.issuer)


def _shown(
    request: ActorRequest, person: Person, form: DetailsForm, token_form: TokenForm | None, *, status: int
) -> HttpResponse:
    mine, named = _memberships(request), _named(request)
    names = {one.pk: said for one, said in named}
    factors = set(Authenticator.objects.filter(user=person).values_list("type", flat=True))
    accounts = list(company_accounts_of(request.actor))
    linked = {one.issuer for one in accounts}
    context: dict[str, Any] = {
        "person": person,
        "form": form,
        "token_form": token_form or TokenForm(memberships=named),
        "tokens": [(one, last_used_text(one.last_used_at, request.at)) for one in tokens_of(request.actor)],
        "feed_form": FeedForm(memberships=named, auto_id="feed_%s"),
        "feeds": [
            (
                one,
                names.get(one.membership_id, _("For %(name)s") % {"name": one.membership.organisation.name}),
            )
            for one in feeds_of(request.actor)
        ],
        "sessions": [
            (one, session_mark(one), browser_text(one.user_agent)) for one in sessions_of(person.pk)
        ],
        "this_session": request.session.session_key,
        "has_factor": bool(factors & {Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN}),
        "accounts": [{"account": one, "company": _company_name(one)} for one in accounts],
        "companies_to_link": [one for one in companies() if one.issuer not in linked],
        "organisations": list({one.organisation_id: one.organisation for one in mine}.values()),
        "acting_for": request.actor.organisation,
        "at": request.at,
    }
    return shown(request, "people/account.html", context, status=status)
