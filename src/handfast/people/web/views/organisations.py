"""The organisation for which one acts, and the words that its people read."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from handfast.foundation.refusals import NotPermitted, NotSeen
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.people.actions.organisations import choose_words
from handfast.people.permissions import may_choose_words
from handfast.people.queries import organisation_of
from handfast.people.web.forms import WordsForm

OK, WRONG = 200, 422


@page("GET", "POST")
def organisation(request: ActorRequest) -> HttpResponse:
    """What it calls the client and the provider. Raises NotSeen, NotPermitted."""
    own = organisation_of(request.actor)
    if own is None:
        raise NotSeen
    may_choose = may_choose_words(request.actor, own)
    initial = {"client_word": own.client_word, "provider_word": own.provider_word}
    form = WordsForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and not may_choose:
        raise NotPermitted("the words are chosen by those who manage people")
    if form.is_bound and form.is_valid():
        choose_words(request.actor, own, **form.cleaned_data, at=request.at)
        messages.success(request, f"Everybody of {own.name} reads these words from now on.")
        return redirect("people:organisation")
    context = {"organisation": own, "form": form, "may_choose": may_choose}
    return shown(request, "people/organisation.html", context, status=WRONG if form.is_bound else OK)
