"""While I am away: what I hand to colleagues, and for whom I stand in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from handfast.foundation.refusals import NotSeen
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.foundation.web.instants import day_words
from handfast.people.actions.delegating import end_delegation, hand_over
from handfast.people.queries import own_space_of, person_of
from handfast.people.queries.delegating import NAMED, colleagues_of, delegation_seen_by, delegations_of
from handfast.people.refusals import DelegationRefused
from handfast.people.roles import ROLES
from handfast.people.web.naming import engagement_names

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.http import HttpResponse

    from handfast.people.models import Delegation, Membership

OK, REFUSED = 200, 422


class AwayForm(forms.Form):
    """To whom, what, and for which days; nothing ticked hands over all that can be."""

    to = forms.ChoiceField(label=_("To"))
    words = forms.MultipleChoiceField(
        label=_("What"), choices=[(key, _(said)) for key, said in NAMED.items()], required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing ticked: all that you may do, except to manage people and the engagement."),
    )  # fmt: skip
    starts_on = forms.DateField(label=_("First day away"), widget=forms.DateInput(attrs={"type": "date"}))
    ends_on = forms.DateField(label=_("First day back"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(
        self, data: Mapping[str, Any] | None, colleagues: Sequence[Membership], names: Mapping[UUID, str]
    ) -> None:
        super().__init__(data)
        choices = [
            (str(one.pk), f"{one.person.name}, {_roles(one)}: {names.get(one.engagement_id, '')}")
            for one in colleagues
        ]
        self.fields["to"].choices = choices  # type: ignore[attr-defined]  # a choice field


@page("GET", "POST", is_spoken=True)
def away(request: ActorRequest) -> HttpResponse:
    """What runs and what is planned; posted, one more is handed over."""
    colleagues, names = colleagues_of(request.actor), engagement_names(request.actor)
    form = AwayForm(request.POST if request.method == "POST" else None, colleagues, names)
    if form.is_bound and form.is_valid():
        to = next(one for one in colleagues if str(one.pk) == form.cleaned_data["to"])
        space = own_space_of(request.actor, to.engagement_id)
        said = form.cleaned_data | {"to": to.pk}
        try:
            hand_over(request.actor, space, **said, at=request.at)
        except DelegationRefused as refusal:
            for name, fault in refusal.fields:
                form.add_error(name, capfirst(f"{gettext(fault)}."))
        else:
            messages.success(
                request,
                gettext("%(name)s stands in for you from %(day)s.")
                % {"name": to.person.name, "day": day_words(said["starts_on"])},
            )
            return redirect("people:away")
    person = person_of(request.actor)
    rows = [one for one in delegations_of(request.actor) if one.ends_at > request.at]
    given = [one for one in rows if one.membership.person_id == person.pk]
    held = [one for one in rows if one.delegate.person_id == person.pk]
    context = {
        "person": person,
        "sentence": _sentence(given, held, names),
        "form": form,
        "given": [(one, names.get(one.membership.engagement_id, ""), _words(one)) for one in given],
        "held": [(one, names.get(one.membership.engagement_id, ""), _words(one)) for one in held],
        "now": request.at,
    }
    return shown(request, "people/away.html", context, status=REFUSED if form.errors else OK)


@page("POST", is_spoken=True)
def end(request: ActorRequest, delegation: UUID) -> HttpResponse:
    """End it before its day: whoever handed it over."""
    found = delegation_seen_by(request.actor, delegation)
    if found.membership.person_id != request.actor.person and not request.actor.can(
        "manage-people", found.membership.engagement_id
    ):
        raise NotSeen
    end_delegation(request.actor, found, at=request.at)
    messages.success(request, gettext("It has ended."))
    return redirect("people:away")


def _roles(one: Membership) -> str:
    return ", ".join(gettext(ROLES[role].name) for role in one.roles if role in ROLES)


def _words(one: Delegation) -> str:
    """What is handed over, in words."""
    if not one.words:
        return gettext("all that can be handed over")
    return ", ".join(gettext(NAMED[word]) for word in one.words if word in NAMED)


def _sentence(given: Sequence[Delegation], held: Sequence[Delegation], names_of: Mapping[UUID, str]) -> str:
    """As in `Marcus Tran stands in for you in Customer Support from 4 May 2026 until you are back on 11 May 2026.`."""
    told = []
    for one in given:
        said = gettext(
            "%(name)s stands in for you in %(deal)s from %(first)s until you are back on %(last)s."
        )
        days = {
            "deal": names_of.get(one.membership.engagement_id, ""), "first": day_words(one.starts_on),
            "last": day_words(one.ends_on),
        }  # fmt: skip
        told.append(said % {"name": one.delegate.person.name, **days})
    if not given:
        told.append(gettext("Nobody stands in for you."))
    if held:
        names = ", ".join(one.membership.person.name for one in held)
        told.append(gettext("You stand in for %(names)s.") % {"names": names})
    return " ".join(told)
