"""Be forgotten: what goes, what stays and why, and the one button that cannot be taken back."""

from __future__ import annotations

from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect

from handfast.foundation.refusals import sentence_of
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.people.actions.erasing import erase_person
from handfast.people.models import Membership, lasting
from handfast.people.queries import person_of
from handfast.people.refusals import ErasureUnconfirmed, StillBelongs
from handfast.people.web.forms import EraseForm

OK, CONFLICT, REFUSED = 200, 409, 422


@page("GET", "POST")
def erase(request: ActorRequest) -> HttpResponse:
    """What would happen; posted with the own address, it happens, and every session ends."""
    person = person_of(request.actor)
    form = EraseForm(request.POST if request.method == "POST" else None)
    status = OK
    if form.is_bound:
        status = REFUSED
        if form.is_valid():
            try:
                erase_person(request.actor, person, typed=form.cleaned_data["email"])
            except StillBelongs as refused:
                form.add_error(None, f"Nothing was erased: {sentence_of(refused)}")
                status = CONFLICT
            except ErasureUnconfirmed as refused:
                form.add_error("email", sentence_of(refused))
            else:
                logout(request)
                return redirect("account_login")
    mine = Membership.objects.filter(lasting(with_later=True), person=person).select_related("organisation")
    context = {"form": form, "person": person, "belongs": [one.organisation.name for one in mine]}
    return shown(request, "people/erase.html", context, status=status)
