"""The page behind the link of an invitation; whoever holds it is nobody by name yet."""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth.hashers import make_password
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import timezone

from handfast.engagement.actions.joining import accept_invitation
from handfast.engagement.queries import bringable, engagement_of_link, party_on
from handfast.engagement.web.forms import NEW, BringForm, JoinForm
from handfast.foundation.scope import entered
from handfast.people.models import Invitation, Membership, Organisation, Person
from handfast.people.queries import bearer_of, invitation_by, person_at, person_known, words_of
from handfast.people.refusals import CompanySignInRefused
from handfast.people.roles import names_of
from handfast.people.web.entering import ORGANISATION


def join(request: HttpRequest, secret: str) -> HttpResponse:
    """Shows what the link opens, and opens it when it is posted. Raises InvitationSpent."""
    if request.method not in ("GET", "HEAD", "POST"):
        return HttpResponseNotAllowed(("GET", "POST"))
    invitation = invitation_by(secret, timezone.now())
    with entered(bearer_of(invitation).reach):
        return _answer(request, invitation)


def _answer(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    known = person_at(invitation.email)
    brought = bringable(invitation, known) if known else []
    deal = engagement_of_link(invitation)
    party = party_on(deal, invitation.side).name
    must_sign_in = (
        bool(brought) and request.user != known
    )  # to choose is theirs alone, and not of whoever has the link
    form = _form(request, invitation, brought, party)
    if request.method == "POST" and must_sign_in:
        return redirect_to_login(request.path)
    if request.method == "POST" and ((known and not brought) or form.is_valid()):
        return _welcomed(request, known, _joined(invitation, known, brought, form))
    inviting = Organisation.objects.get(pk=invitation.inviting_organisation_id)
    context = {
        "invitation": invitation,
        "engagement_name": deal.name,
        "party_name": party,
        "inviter": person_known(invitation.invited_by_id),
        "organisation": inviting,
        "side_word": words_of(invitation.organisation or inviting).of(invitation.side),
        "roles": names_of(invitation.roles),
        "is_asked": known is None or (bool(brought) and not must_sign_in),
        "must_sign_in": must_sign_in,
        "form": form,
    }
    return render(request, "engagement/join.html", context, status=422 if form.is_bound else 200)


def _form(
    request: HttpRequest, invitation: Invitation, brought: list[Organisation], party: str
) -> JoinForm | BringForm:
    """What is asked: of somebody new who they are; of somebody known, if they could join for several, for whom."""
    if brought:
        return BringForm(request.POST or None, known=brought, party=party)
    return JoinForm(request.POST or None, initial={"zone": "UTC"}, email=invitation.email)


def _joined(
    invitation: Invitation, known: Person | None, brought: list[Organisation], form: JoinForm | BringForm
) -> Membership:
    told = {"name": "", "zone": "UTC", "password": ""} if known else form.cleaned_data
    chosen = form.cleaned_data["organisation"] if brought else NEW
    return accept_invitation(
        bearer_of(invitation), invitation, name=told["name"], zone=told["zone"],
        password=make_password(told["password"] or None),
        brings=next((one for one in brought if str(one.pk) == chosen), None), is_founding=chosen == NEW,
        at=timezone.now(),
    )  # fmt: skip


def _welcomed(request: HttpRequest, known: Person | None, member: Membership) -> HttpResponse:
    """A new person is signed in, since the link came by their mail; one who is known signs in as ever."""
    if known is None:
        try:
            perform_login(request, Login(user=member.person, email=member.person.email))
        except CompanySignInRefused:
            messages.success(
                request, "You have joined. Sign in with the account of your organisation to open it."
            )
            return redirect("account_login")
    if request.user == member.person:
        request.session[ORGANISATION] = str(member.organisation_id)
        messages.success(request, "You have joined.")
        return redirect("journeys:overview", member.engagement_id)
    messages.success(request, "You have joined. Sign in to open it.")
    return redirect("account_login")
