"""One class: who is in it, what it must hold, its code, and the results that are taken in."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import FieldsRefused, NotPermitted
from handfast.foundation.web.doors import ActorRequest, page
from handfast.governance.reading.tables import read_pasted
from handfast.governance.refusals import TableRefused
from handfast.learning.actions import (
    amend_class,
    close_class_code,
    enrol,
    open_class,
    open_class_code,
    record_results,
)
from handfast.learning.permissions import may_open_class, may_run_class
from handfast.learning.queries.seen import kept_topics, topics_of
from handfast.learning.reading.result_rows import results_in
from handfast.learning.web.class_page import class_page
from handfast.learning.web.forms import ClassForm, CodeForm, EnrolForm, PasteForm, tell
from handfast.learning.web.opening import class_here
from handfast.learning.web.views.certification import certification_page

if TYPE_CHECKING:
    from handfast.learning.models import TrainingClass

REFUSED = 422
NOT_YOURS = "the side whose people learn does it, by a role that reports progress"


@page("POST")
def class_open(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """A class more, of the own side's people."""
    deal = engagement_seen_by(request.actor, engagement)
    if not may_open_class(request.actor, deal):
        raise NotPermitted("class opened: your role does not include it")
    form = ClassForm(request.POST, topics=kept_topics(deal))
    if form.is_valid():
        try:
            made = open_class(request.actor, deal, said=form.said(), at=request.at)
        except FieldsRefused as refusal:
            tell(form, refusal)
        else:
            messages.success(request, f"{made.name} is open: enrol its people.")
            return redirect("learning:class", deal.pk, made.pk)
    return certification_page(request, deal, form=form, status=REFUSED)


@page("GET", "POST")
def training_class(request: ActorRequest, engagement: UUID, training_class: UUID) -> HttpResponse:
    """Shown to whoever sees it; posted, it is amended."""
    deal, found = class_here(request, engagement, training_class)
    if request.method != "POST":
        return class_page(request, deal, found)
    _check(request, found, "class amended")
    form = ClassForm(request.POST, topics=kept_topics(deal), kept=found, held=topics_of(found))
    if form.is_valid():
        try:
            amend_class(
                request.actor,
                found,
                said=form.said(),
                at=request.at,
                as_seen=form.cleaned_data["as_seen"] or None,
            )
        except FieldsRefused as refusal:
            tell(form, refusal)
        else:
            return _back(request, found, f"{found.name} is kept.")
    return class_page(request, deal, found, form=form, status=REFUSED)


@page("POST")
def class_enrol(request: ActorRequest, engagement: UUID, training_class: UUID) -> HttpResponse:
    """Staff numbers into it."""
    deal, found = class_here(request, engagement, training_class)
    _check(request, found, "trainee enrolled")
    form = EnrolForm(request.POST)
    if form.is_valid():
        try:
            made = enrol(request.actor, found, labels=form.said(), at=request.at)
        except FieldsRefused as refusal:
            form.add_error("labels", str(refusal))
        else:
            return _back(request, found, f"{len(made)} enrolled.")
    return class_page(request, deal, found, enrolling=form, status=REFUSED)


@page("POST")
def class_code_open(request: ActorRequest, engagement: UUID, training_class: UUID) -> HttpResponse:
    """A code by which its people take their tests; an older one ends."""
    deal, found = class_here(request, engagement, training_class)
    _check(request, found, "class code opened")
    form = CodeForm(request.POST)
    if not form.is_valid():
        return class_page(request, deal, found, coding=form, status=REFUSED)
    open_class_code(request.actor, found, days=form.cleaned_data["days"], at=request.at)
    return _back(request, found, "The code opens the class now.")


@page("POST")
def class_code_close(request: ActorRequest, engagement: UUID, training_class: UUID) -> HttpResponse:
    """The code opens the class no more."""
    _, found = class_here(request, engagement, training_class)
    close_class_code(request.actor, found, at=request.at)
    return _back(request, found, "The code has ended.")


@page("POST")
def results(request: ActorRequest, engagement: UUID, training_class: UUID) -> HttpResponse:
    """Rows of a learning system, all of them or none."""
    deal, found = class_here(request, engagement, training_class)
    _check(request, found, "results recorded")
    form = PasteForm(request.POST)
    if form.is_valid():
        try:
            said = results_in(read_pasted(form.cleaned_data["pasted"]))
            kept = record_results(request.actor, found, results=said, at=request.at)
        except (FieldsRefused, TableRefused) as refusal:
            form.add_error("pasted", str(refusal))
        else:
            told = f"{kept.new} result{'' if kept.new == 1 else 's'} taken in, {kept.certified} certified"
            return _back(
                request, found, f"{told}{f'; {kept.known} stood there already' if kept.known else ''}."
            )
    return class_page(request, deal, found, paste=form, status=REFUSED)


def _check(request: ActorRequest, found: TrainingClass, verb: str) -> None:
    """Raises NotPermitted before a form is looked at."""
    if not may_run_class(request.actor, found):
        raise NotPermitted(f"{verb}: {NOT_YOURS}")


def _back(request: ActorRequest, found: TrainingClass, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("learning:class", found.engagement_id, found.pk)
