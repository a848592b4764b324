"""One trainee: results written down, practical cases scored, tries allowed, certificates that lapse."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from handfast.foundation.refusals import FieldsRefused, NotPermitted, NotSeen
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.governance.queries.entries import today_in
from handfast.learning.actions import (
    allow_try,
    lapse_certificate,
    note_leaving,
    record_results,
    score_practical,
)
from handfast.learning.models import TopicPart
from handfast.learning.permissions import may_lapse_certificate, may_train
from handfast.learning.queries.trying import part_of
from handfast.learning.reading.result_rows import ResultSaid
from handfast.learning.reading.scoring import FULL
from handfast.learning.reading.usual import rubric
from handfast.learning.web.forms import LapseForm, LeftForm, ResultForm, TryForm, day_field, lines_field, tell
from handfast.learning.web.opening import certificate_here, trainee_here
from handfast.learning.web.trainee_page import parts_of, trainee_page

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from typing import Any

    from handfast.engagement.models import Engagement
    from handfast.learning.models import Trainee

OK, REFUSED = 200, 422
NOT_YOURS = "the side whose people learn does it, by a role that reports progress"
HALVES = [(2, "full"), (1, "half"), (0, "none")]


class PracticalForm(forms.Form):
    """A mark for each case and each criterion of the rubric."""

    taken_on = day_field("Shown on")
    note = lines_field("Note", required=False)

    def __init__(self, data: Mapping[str, Any] | None = None, *, size: int, today: date) -> None:
        super().__init__(data, initial={"taken_on": today})
        self.size = size
        for case in range(size):
            for place, (name, _, _) in enumerate(rubric()):
                self.fields[f"m-{case}-{place}"] = forms.TypedChoiceField(
                    label=f"Case {case + 1}: {name}",
                    choices=HALVES,
                    coerce=int,
                    initial=FULL,
                    widget=forms.Select(attrs={"class": "hf-input"}),
                )

    def cases(self) -> list[tuple[int, list[tuple[str, forms.BoundField]]]]:
        """By number the marks of each case, each with what it is given for."""
        return [
            (case + 1, [(name, self[f"m-{case}-{place}"]) for place, (name, _, _) in enumerate(rubric())])
            for case in range(self.size)
        ]

    def marks(self) -> list[list[int]]:
        width = len(rubric())
        return [
            [self.cleaned_data[f"m-{case}-{place}"] for place in range(width)] for case in range(self.size)
        ]


@page("GET", "POST")
def trainee(request: ActorRequest, engagement: UUID, trainee: UUID) -> HttpResponse:
    """Shown to whoever sees it; posted, a result is written down."""
    deal, found = trainee_here(request, engagement, trainee)
    if request.method != "POST":
        return trainee_page(request, deal, found)
    _check(request, found, "results recorded")
    form = ResultForm(request.POST)
    form.fields["part"].choices = parts_of(found)  # type: ignore[attr-defined]  # a choice field
    if form.is_valid():
        try:
            record_results(request.actor, found.training_class, results=[_said(form, found)], at=request.at)
        except FieldsRefused as refusal:
            for _, fault in refusal.fields:
                form.add_error(None, f"{fault[0].upper()}{fault[1:]}.")
        else:
            return _back(request, found, "The result is written down.")
    return trainee_page(request, deal, found, result=form, status=REFUSED)


@page("POST")
def trainee_left(request: ActorRequest, engagement: UUID, trainee: UUID) -> HttpResponse:
    """When they left, or that they are back."""
    deal, found = trainee_here(request, engagement, trainee)
    _check(request, found, "trainee left")
    form = LeftForm(request.POST)
    if form.is_valid():
        try:
            note_leaving(
                request.actor, found, left_on=form.cleaned_data["left_on"], at=request.at,
                as_seen=form.cleaned_data["as_seen"] or None,
            )  # fmt: skip
        except FieldsRefused as refusal:
            tell(form, refusal)
        else:
            return _back(request, found, "It is written down.")
    return trainee_page(request, deal, found, left=form, status=REFUSED)


@page("POST")
def try_allow(request: ActorRequest, engagement: UUID, trainee: UUID) -> HttpResponse:
    """One more try at a part."""
    deal, found = trainee_here(request, engagement, trainee)
    _check(request, found, "try allowed")
    form = TryForm(request.POST)
    form.fields["part"].choices = parts_of(found)  # type: ignore[attr-defined]  # a choice field
    if form.is_valid():
        try:
            part = _part(found, UUID(form.cleaned_data["part"]))
            allow_try(request.actor, found, part=part, reason=form.cleaned_data["reason"], at=request.at)
        except FieldsRefused as refusal:
            tell(form, refusal)
        else:
            return _back(request, found, f"{found.label} may try “{part.name}” once more.")
    return trainee_page(request, deal, found, more=form, status=REFUSED)


@page("GET", "POST")
def practical(request: ActorRequest, engagement: UUID, trainee: UUID, part: UUID) -> HttpResponse:
    """The rubric, case by case; posted, it is scored."""
    deal, found = trainee_here(request, engagement, trainee)
    asked = _part(found, part)
    if asked.kind != TopicPart.Kind.PRACTICAL:
        raise NotSeen
    _check(request, found, "practical scored")
    today = today_in(deal, request.at)
    if request.method != "POST":
        return _practical(request, deal, found, asked, PracticalForm(size=asked.size, today=today))
    form = PracticalForm(request.POST, size=asked.size, today=today)
    if form.is_valid():
        given = form.cleaned_data
        try:
            score_practical(
                request.actor, found, part=asked, marks=form.marks(), taken_on=given["taken_on"], note=given["note"],
                at=request.at,
            )  # fmt: skip
        except FieldsRefused as refusal:
            tell(form, refusal)
        else:
            return _back(request, found, "The cases are scored.")
    return _practical(request, deal, found, asked, form, REFUSED)


@page("POST")
def certificate_lapse(request: ActorRequest, engagement: UUID, certificate: UUID) -> HttpResponse:
    """A certificate holds no more."""
    deal, held = certificate_here(request, engagement, certificate)
    if not may_lapse_certificate(request.actor, held):
        raise NotPermitted(f"certificate lapsed: {NOT_YOURS}")
    form = LapseForm(request.POST)
    if form.is_valid():
        try:
            lapse_certificate(
                request.actor, held, reason=form.cleaned_data["reason"], at=request.at,
                as_seen=form.cleaned_data["as_seen"] or None,
            )  # fmt: skip
        except FieldsRefused as refusal:
            tell(form, refusal)
        else:
            return _back(request, held.trainee, f"The certificate of {held.topic.name} has lapsed.")
    return trainee_page(request, deal, held.trainee, lapse=form, status=REFUSED)


def _practical(  # noqa: PLR0913, PLR0917 - what the page shows
    request: ActorRequest, deal: Engagement, found: Trainee, part: TopicPart, form: PracticalForm, status: int = OK
) -> HttpResponse:  # fmt: skip
    context = {
        "engagement": deal, "one": found, "part": part, "form": form, "cases": form.cases(), "rubric": rubric(),
        "mark": f"{(part.pass_mark * 100).normalize():f} %",
    }  # fmt: skip
    return shown(request, "learning/practical.html", context, status=status)


def _said(form: ResultForm, found: Trainee) -> ResultSaid:
    given = form.cleaned_data
    part = _part(found, UUID(given["part"]))
    score = None if given["score"] is None else given["score"] / 100
    passed = {"yes": True, "no": False}.get(given["is_passed"])
    return ResultSaid(found.label, part.topic.name, given["taken_on"], part.name, score, passed)


def _part(found: Trainee, part: UUID) -> TopicPart:
    """Raises NotSeen."""
    asked = part_of(found, part)
    if asked is None or asked.topic.engagement_id != found.training_class.engagement_id:
        raise NotSeen
    return asked


def _check(request: ActorRequest, found: Trainee, verb: str) -> None:
    """Raises NotPermitted before a form is looked at."""
    if not may_train(request.actor, found):
        raise NotPermitted(f"{verb}: {NOT_YOURS}")


def _back(request: ActorRequest, found: Trainee, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("learning:trainee", found.training_class.engagement_id, found.pk)
