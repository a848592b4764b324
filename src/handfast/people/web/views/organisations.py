"""The organisation for which one acts: the words that its people read, and by whose sign-in they enter."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect

from handfast.foundation.refusals import NotPermitted, NotSeen
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.people.actions.companies import require_company
from handfast.people.actions.organisations import choose_words
from handfast.people.models import Organisation
from handfast.people.permissions import may_choose_words
from handfast.people.queries import organisation_of
from handfast.people.refusals import CompanyNotLinked
from handfast.people.web.company.flow import companies
from handfast.people.web.forms import SignInForm, WordsForm

OK, WRONG = 200, 422


@page("GET", "POST")
def organisation(request: ActorRequest) -> HttpResponse:
    """What it calls the client and the provider. Raises NotSeen, NotPermitted."""
    own = organisation_of(request.actor)
    if own is None:
        raise NotSeen
    may_choose = may_choose_words(request.actor, own)
    form = _words_form(own, request.POST if request.method == "POST" else None)
    if form.is_bound and not may_choose:
        raise NotPermitted("the words are chosen by those who manage people")
    if form.is_bound and form.is_valid():
        choose_words(request.actor, own, **form.cleaned_data, at=request.at)
        messages.success(request, f"Everybody of {own.name} reads these words from now on.")
        return redirect("people:organisation")
    return _shown(request, own, form, _sign_in_form(own), status=WRONG if form.is_bound else OK)


@page("POST")
def sign_in(request: ActorRequest) -> HttpResponse:
    """By whose sign-in its people enter from now on. Raises NotSeen, NotPermitted."""
    own = organisation_of(request.actor)
    if own is None:
        raise NotSeen
    form = _sign_in_form(own, request.POST)
    if form.is_valid():
        try:
            require_company(request.actor, own, issuer=form.cleaned_data["issuer"], at=request.at)
        except CompanyNotLinked as refused:
            form.add_error("issuer", str(refused))
        else:
            messages.success(request, "Saved: it holds for everybody of your organisation at once.")
            return redirect("people:organisation")
    return _shown(request, own, _words_form(own), form, status=WRONG)


def _words_form(own: Organisation, told: QueryDict | None = None) -> WordsForm:
    return WordsForm(told, initial={"client_word": own.client_word, "provider_word": own.provider_word})


def _sign_in_form(own: Organisation, told: QueryDict | None = None) -> SignInForm:
    offered = [(one.issuer, f"with {one.name} only") for one in companies()]
    if own.required_issuer and own.required_issuer not in dict(offered):
        offered.append(
            (own.required_issuer, f"with {own.required_issuer} only, which is not offered any more")
        )
    return SignInForm(told, offered=offered, initial={"issuer": own.required_issuer})


def _shown(
    request: ActorRequest, own: Organisation, form: WordsForm, sign_in_form: SignInForm, *, status: int
) -> HttpResponse:
    context = {
        "organisation": own, "form": form, "sign_in_form": sign_in_form, "companies": companies(),
        "may_choose": may_choose_words(request.actor, own),
    }  # fmt: skip
    return shown(request, "people/organisation.html", context, status=status)
