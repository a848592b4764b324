"""The people of an engagement: who is there for whom, who is invited, and what each may do."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from handfast.engagement.actions.inviting import invite_to_side
from handfast.engagement.models import Engagement
from handfast.engagement.queries import engagement_seen_by, other_party_of, party_of, party_on
from handfast.engagement.web.forms import InviteForm, RolesForm, told_by
from handfast.engagement.web.views.accesses import is_auditing
from handfast.foundation.refusals import FieldsRefused, NotPermitted
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.foundation.web.exports import exported
from handfast.kernel.worktime.zones import zone_named
from handfast.people.actions.invitations import withdraw_invitation
from handfast.people.actions.memberships import change_roles, end_membership
from handfast.people.models import Membership
from handfast.people.permissions import may_manage_membership
from handfast.people.queries import (
    audits_ended,
    invitation_seen_by,
    invitations_seen_by,
    last_seen_of,
    members_seen_by,
    membership_in,
    person_of,
)
from handfast.people.roles import names_of

OK, WRONG = 200, 422
LAST = date(
    9000, 1, 1
)  # no day follows the last of all; such a year is refused where the invitation is written
HEADS = ("Name", "Organisation", "Side", "Roles", "Since")
MANAGED = "people are managed by those whose role includes it, each side its own"


@page("GET")
def people(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """Both sides' people, and the open invitations of the own side."""
    deal = engagement_seen_by(request.actor, engagement)
    members = list(members_seen_by(request.actor, engagement))
    seen = last_seen_of(request.actor, members)
    side = request.GET.get("side", "")
    may_manage = request.actor.can("manage-people", engagement)
    url = reverse("engagement:people_export", args=[engagement, "csv"])
    context = {
        "engagement": deal,
        "rows": [_row(request, member, seen) for member in members if side in ("", member.side)],
        "tabs": _tabs(request, deal, members),
        "parties": list(deal.parties.all()),
        "others": other_party_of(deal, request.actor.organisation),
        "invitations": [
            (one, names_of(one.roles), party_on(deal, one.side).name)
            for one in invitations_seen_by(request.actor, engagement)
        ]
        if may_manage
        else [],
        "audits_ended": [(one, names_of(one.roles)) for one in audits_ended(request.actor, engagement)],
        "may_manage": may_manage,
        "csv_url": url,
        "xlsx_url": url.removesuffix("csv") + "xlsx",
        "at": request.at,
    }
    return shown(request, "engagement/people.html", context)


def _row(request: ActorRequest, member: Membership, seen: dict[UUID, datetime]) -> dict[str, Any]:
    return {
        "member": member,
        "is_own": member.organisation_id == request.actor.organisation,
        "last_seen_at": seen.get(member.person_id),
        "roles": names_of(member.roles),
        "is_audit": is_auditing(request.actor, member),
        "is_managed": may_manage_membership(request.actor, member),
        "is_me": member.person_id == request.actor.person,
    }


def _tabs(request: ActorRequest, deal: Engagement, members: list[Membership]) -> list[dict[str, object]]:
    current = request.GET.get("side", "")
    known = [("", "All"), *((party.side, party.name) for party in deal.parties.all())]
    return [
        {
            "name": name,
            "url": f"?side={side}" if side else request.path,
            "is_current": side == current,
            "count": sum(side in ("", member.side) for member in members),
        }
        for side, name in known
    ]


@page("GET")
def people_export(request: ActorRequest, engagement: UUID, form: str) -> HttpResponseBase:
    """The register as CSV or XLSX."""
    engagement_seen_by(request.actor, engagement)
    rows = (
        (one.person.name, one.organisation.name, one.side, names_of(one.roles), one.began_at)
        for one in members_seen_by(request.actor, engagement)
    )
    return exported(request, form, "people", HEADS, rows)


@page("GET", "POST")
def person(request: ActorRequest, engagement: UUID, membership: UUID) -> HttpResponse:
    """One membership of the own side: other roles, or its end."""
    deal = engagement_seen_by(request.actor, engagement)
    member = membership_in(request.actor, engagement, membership)
    if not may_manage_membership(request.actor, member):
        raise NotPermitted(MANAGED)
    told = request.POST if request.method == "POST" else None
    form = RolesForm(told, side=member.side, initial={"roles": member.roles, "as_seen": member.seen_as})
    if form.is_bound and form.is_valid():
        try:
            change_roles(request.actor, member, **form.cleaned_data, at=request.at)
        except FieldsRefused as refused:
            told_by(form, refused)
        else:
            messages.success(request, f"{member.person.name} has other roles from now on.")
            return redirect("engagement:people", engagement)
    context = {"engagement": deal, "member": member, "form": form, "roles": names_of(member.roles)}
    return shown(request, "engagement/person.html", context, status=WRONG if form.is_bound else OK)


@page("POST")
def end(request: ActorRequest, engagement: UUID, membership: UUID) -> HttpResponse:
    """From the next request on, nothing of the engagement is reached."""
    engagement_seen_by(request.actor, engagement)
    member = membership_in(request.actor, engagement, membership)
    name = member.person.name
    end_membership(request.actor, member, at=request.at)
    messages.success(request, f"{name} has left the engagement.")
    return redirect("engagement:people", engagement)


@page("GET", "POST")
def invitation(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """Invite to the own side; or, while the other side is not in, its first person."""
    deal = engagement_seen_by(request.actor, engagement)
    if not request.actor.can("manage-people", engagement):
        raise NotPermitted(MANAGED)
    mine = party_of(deal, request.actor.organisation)
    other = other_party_of(deal, request.actor.organisation)
    is_to_other = request.GET.get("side") == "other" and other is not None and other.joined_at is None
    party = other if is_to_other and other else mine
    assert party is not None  # noqa: S101 - an actor of the engagement is on one of its sides
    form = InviteForm(request.POST if request.method == "POST" else None, side=party.side)
    if form.is_bound and form.is_valid():
        try:
            return _invited(request, deal, party.side, form.cleaned_data)
        except FieldsRefused as refused:
            told_by(form, refused)
    context = {"engagement": deal, "party": party, "other": other, "is_to_other": is_to_other, "form": form}
    return shown(request, "engagement/invite.html", context, status=WRONG if form.is_bound else OK)


def _span(request: ActorRequest, first: date | None, last: date | None) -> dict[str, datetime | None]:
    """Whole days by the clock of whoever invites, as instants; one may fall into an hour that this clock leaves out."""
    zone = zone_named(person_of(request.actor).zone)
    starts_at = datetime.combine(first, time(), zone) if first else None
    ends_at = datetime.combine(min(last, LAST) + timedelta(days=1), time(), zone) if last else None
    return {"starts_at": starts_at, "ends_at": ends_at}


def _invited(request: ActorRequest, deal: Engagement, side: str, told: dict[str, Any]) -> HttpResponse:
    invite_to_side(
        request.actor, deal, email=told["email"], side=side, roles=told["roles"],
        **_span(request, told["starts_on"], told["ends_on"]), at=request.at,
    )  # fmt: skip
    messages.success(
        request, f"The invitation to {told['email']} is on its way. Its link works once, for 14 days."
    )
    return redirect("engagement:people", deal.pk)


@page("POST")
def withdraw(request: ActorRequest, engagement: UUID, invitation: UUID) -> HttpResponse:
    """The link opens nothing from now on."""
    found = invitation_seen_by(request.actor, engagement, invitation)
    withdraw_invitation(request.actor, found, at=request.at)
    messages.success(request, "The invitation is withdrawn.")
    return redirect("engagement:people", engagement)
