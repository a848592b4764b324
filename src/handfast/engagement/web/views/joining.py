"""The page behind the link of an invitation; whoever holds it is nobody by name yet."""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils import timezone

from handfast.engagement.actions.joining import accept_invitation
from handfast.engagement.queries import engagement_of_link
from handfast.engagement.web.forms import JoinForm
from handfast.foundation.scope import entered
from handfast.people.models import Invitation, Membership, Organisation, Person
from handfast.people.queries import bearer_of, invitation_by, person_at, person_known, words_of
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
    form = JoinForm(request.POST or None, initial={"zone": "UTC"}, email=invitation.email)
    if request.method == "POST" and (known or form.is_valid()):
        told = {"name": "", "zone": "UTC", "password": ""} if known else form.cleaned_data
        member = accept_invitation(
            bearer_of(invitation), invitation, name=told["name"], zone=told["zone"],
            password=make_password(told["password"] or None), at=timezone.now(),
        )  # fmt: skip
        return _welcomed(request, known, member)
    deal = engagement_of_link(invitation)
    inviting = Organisation.objects.get(pk=invitation.inviting_organisation_id)
    context = {
        "invitation": invitation,
        "engagement_name": deal.name,
        "party_name": next(one.name for one in deal.parties.all() if one.side == invitation.side),
        "inviter": person_known(invitation.invited_by_id),
        "organisation": inviting,
        "side_word": words_of(invitation.organisation or inviting).of(invitation.side),
        "roles": names_of(invitation.roles),
        "known": known,
        "form": form,
    }
    return render(request, "engagement/join.html", context, status=422 if form.is_bound else 200)


def _welcomed(request: HttpRequest, known: Person | None, member: Membership) -> HttpResponse:
    """A new person is signed in, since the link came by their mail; one who is known signs in as ever."""
    if known is None:
        perform_login(request, Login(user=member.person, email=member.person.email))
    if request.user == member.person:
        request.session[ORGANISATION] = str(member.organisation_id)
        messages.success(request, "You have joined.")
        return redirect("journeys:overview", member.engagement_id)
    messages.success(request, "You have joined. Sign in to open it.")
    return redirect("account_login")
