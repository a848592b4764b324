"""What is mailed to oneself at once, and when the daily mail comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse

from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.people.actions.mailing import choose_mail
from handfast.people.queries import own_first_membership, person_of
from handfast.people.web.forms import MailForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from handfast.people.models import Person

OK, WRONG = 200, 422


@page("GET", "POST")
def mail(request: ActorRequest) -> HttpResponse:
    """Where the link in every mail leads."""
    person = person_of(request.actor)
    form = MailForm(request.POST if request.method == "POST" else None, initial=_chosen(person))
    if form.is_bound and form.is_valid():
        choose_mail(request.actor, own_first_membership(request.actor), **form.cleaned_data, at=request.at)
        messages.success(request, "Saved.")
        return redirect(reverse("people:mail"))
    context = {"person": person, "form": form}
    return shown(request, "people/mail.html", context, status=WRONG if form.is_bound else OK)


def _chosen(person: Person) -> dict[str, object]:
    return {
        "is_mailed_approvals": person.is_mailed_approvals,
        "is_mailed_mentions": person.is_mailed_mentions,
        "digest_hour": "off" if person.digest_hour is None else str(person.digest_hour),
    }
