"""What is mailed to oneself at once, and when the daily mail comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.people.actions.mailing import choose_mail
from handfast.people.queries import own_first_membership, person_of
from handfast.people.web.forms import MailForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from handfast.people.models import Person

OK, WRONG = 200, 422


@page("GET", "POST", is_spoken=True)
def mail(request: ActorRequest) -> HttpResponse:
    """Where the link in every mail leads."""
    person = person_of(request.actor)
    form = MailForm(request.POST if request.method == "POST" else None, initial=_chosen(person))
    if form.is_bound and form.is_valid():
        choose_mail(request.actor, own_first_membership(request.actor), **form.cleaned_data, at=request.at)
        messages.success(request, _("Saved."))
        return redirect(reverse("people:mail"))
    context = {"form": form, "sentence": _sentence(person)}
    return shown(request, "people/mail.html", context, status=WRONG if form.is_bound else OK)


def _sentence(person: Person) -> str:
    """As in `One mail a day at 8:00 in Europe/Berlin, if there is anything to say; at once what mentions you.`."""
    if person.digest_hour is None:
        daily = _("No daily mail")
    else:
        told = {"hour": person.digest_hour, "zone": person.zone}
        daily = _("One mail a day at %(hour)s:00 in %(zone)s, if there is anything to say") % told
    at_once = {
        (True, True): _("what waits for your answer and what mentions you"),
        (True, False): _("what waits for your answer"),
        (False, True): _("what mentions you"),
        (False, False): _("only what could not be sent or done"),
    }[person.is_mailed_approvals, person.is_mailed_mentions]
    return _("%(daily)s; at once %(what)s.") % {"daily": daily, "what": at_once}


def _chosen(person: Person) -> dict[str, object]:
    return {
        "is_mailed_approvals": person.is_mailed_approvals,
        "is_mailed_mentions": person.is_mailed_mentions,
        "digest_hour": "off" if person.digest_hour is None else str(person.digest_hour),
    }
