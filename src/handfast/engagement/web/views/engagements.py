"""The list of engagements, a new one, and what one says of itself."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect

from handfast.engagement.actions.engagements import Deal, amend_engagement, open_engagement
from handfast.engagement.actions.first_engagement import open_first_engagement
from handfast.engagement.models import Engagement
from handfast.engagement.permissions import may_amend_engagement, may_begin_alone, may_open_engagement
from handfast.engagement.queries import engagement_seen_by, engagements_seen_by, names_of_sides, opener_of
from handfast.engagement.web.forms import SettingsForm, SetUpForm, told_by
from handfast.foundation.refusals import Conflict, FieldsRefused, NotPermitted, status_of
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.foundation.web.exports import Cell, export_urls, exported
from handfast.people.models import Organisation, Person
from handfast.people.queries import alone, memberships_in_force, person_of, words_of
from handfast.people.web.entering import ORGANISATION

OK = 200
HEADS = ("Engagement", "Client", "Provider", "Size", "Currency", "Zone", "Ends", "Sample")
SIZES = (
    ("light", "Light", "One team, one service, a few levels. Off: credits, simulation, RACI, waves."),
    ("standard", "Standard", "Several services, a steering committee, credits, and a transition with gates."),
    ("complex", "Complex", "Many sites or waves, a tender with sealed bids, simulation of dates and money."),
)
AMENDED = ("name", "size", "zone", "currency", "signed_on", "live_on", "notice_on", "ends_on")


@page("GET")
def engagements(request: ActorRequest) -> HttpResponse:
    """Every deal that the person is in, for the organisation they act for."""
    deals = list(engagements_seen_by(request.actor))
    alone = sum(any(party.joined_at is None for party in deal.parties.all()) for deal in deals)
    context = {"engagements": deals, "alone": alone, "may_open": _may_open(request)}
    return shown(request, "engagement/engagements.html", context | export_urls("engagement:list_export"))


@page("GET")
def engagements_export(request: ActorRequest, form: str) -> HttpResponseBase:
    """The same list as CSV or XLSX."""
    rows = (_cells(one) for one in engagements_seen_by(request.actor))
    return exported(request, form, "engagements", HEADS, rows)


def _cells(deal: Engagement) -> list[Cell]:
    parties = names_of_sides(deal)
    names = [parties.get(side, "") for side in ("client", "provider")]
    sample = "sample" if deal.is_sample else ""
    return [deal.name, *names, deal.get_size_display(), deal.currency, deal.zone, deal.ends_on, sample]


@page("GET", "POST")
def set_up(request: ActorRequest) -> HttpResponse:
    """How big is it, whose side are we on, and who is the other."""
    person = person_of(request.actor)
    organisation = opener_of(request.actor)
    told = request.POST if request.method == "POST" else None
    initial = {
        "size": "light", "zone": person.zone, "other_zone": person.zone, "currency": "EUR",
        "organisation_name": request.GET.get("organisation", ""),
    }  # fmt: skip
    form = SetUpForm(
        told, initial=initial, has_organisation=organisation is not None, words=words_of(organisation)
    )
    if not _may_open(request):
        raise NotPermitted(
            "engagements are opened by people who do more than read, for their own organisation and not for a sample's"
        )
    status = OK
    if form.is_bound and form.is_valid():
        try:
            return _opened(request, person, organisation, dict(form.cleaned_data))
        except FieldsRefused as refused:
            told_by(form, refused)
    if form.is_bound:
        status = 422
    context = {"form": form, "sizes": SIZES, "size": form["size"].value(), "organisation": organisation}
    return shown(request, "engagement/set_up.html", context, status=status)


def _opened(
    request: ActorRequest, person: Person, organisation: Organisation | None, told: dict[str, Any]
) -> HttpResponse:
    name = told.pop("organisation_name", "")
    deal = Deal(**told)
    if organisation is None:
        engagement = open_first_engagement(
            alone(request.actor), person, organisation_name=name, deal=deal, at=request.at
        )
        founded = next(one for one in memberships_in_force(person.pk) if one.engagement_id == engagement.pk)
        request.session[ORGANISATION] = str(founded.organisation_id)
    else:
        engagement = open_engagement(request.actor, organisation, deal=deal, at=request.at)
    messages.success(request, f"{deal.name} is open. Invite the others of your side, and {deal.other_name}.")
    if engagement.size == engagement.Size.LIGHT:
        return redirect("journeys:overview", engagement.pk)
    return redirect("engagement:people", engagement.pk)


def _may_open(request: ActorRequest) -> bool:
    own = opener_of(request.actor)
    if own is not None:
        return may_open_engagement(request.actor, own)
    return may_begin_alone(alone(request.actor), person_of(request.actor))


@page("GET", "POST")
def settings(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """Name, size, zone, currency and dates of the deal."""
    deal = engagement_seen_by(request.actor, engagement)
    initial = {name: getattr(deal, name) for name in AMENDED} | {"as_seen": deal.seen_as}
    form = SettingsForm(
        request.POST if request.method == "POST" else None, initial=initial, currency=deal.currency
    )
    status, conflict = OK, None
    if form.is_bound and not may_amend_engagement(request.actor, deal):
        raise NotPermitted("the deal is changed by those who manage it")
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                return _amended(request, deal, form.cleaned_data)
            except FieldsRefused as refused:
                told_by(form, refused)
            except Conflict as stale:
                conflict, status = stale, status_of(stale)
                form = _looked_again(form, deal)
    context = {
        "engagement": deal,
        "form": form,
        "conflict": conflict,
        "differing": _differing(form, deal) if conflict else (),
        "may_amend": may_amend_engagement(request.actor, deal),
    }
    return shown(request, "engagement/settings.html", context, status=status)


def _amended(request: ActorRequest, deal: Engagement, told: dict[str, Any]) -> HttpResponse:
    amend_engagement(request.actor, deal, **told, at=request.at)
    messages.success(request, "Saved. Both sides see it.")
    return redirect("engagement:settings", deal.pk)


def _looked_again(form: SettingsForm, deal: Engagement) -> SettingsForm:
    """The same words, as an answer to what stands now: to save them again is to decide."""
    told = {**form.data.dict(), "as_seen": deal.seen_as}  # type: ignore[attr-defined]  # a form of a request has its QueryDict
    return SettingsForm(told, currency=deal.currency)


def _differing(form: SettingsForm, deal: Engagement) -> list[tuple[str, str, str]]:
    """Label, mine, theirs of every field that is not as it stands."""
    form.is_valid()
    pairs = [(str(form[name].label), form.cleaned_data.get(name), getattr(deal, name)) for name in AMENDED]
    return [
        (label, str(mine or "nothing"), str(theirs or "nothing"))
        for label, mine, theirs in pairs
        if mine != theirs
    ]
