"""The page behind the link of a mail that asks for a gate's signature: what is frozen, and the two answers; no sign-in."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django import forms
from django.shortcuts import render

from handfast.foundation.refusals import Conflict, NotPermitted, sentence_of
from handfast.people.queries import person_known
from handfast.readiness.actions import decline_gate, sign_gate
from handfast.readiness.models import CriterionStanding
from handfast.readiness.reading.snapshot import read_snapshot
from handfast.readiness.refusals import EvidenceChanged, GateDecided, GateDecisionRefused

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from handfast.foundation.actor import Actor
    from handfast.journeys.models import AnswerKey
    from handfast.readiness.models import GateDecision

OK, REFUSED = 200, 422
SIGN, DECLINE = "sign", "decline"
MET = "met"


class SignForm(forms.Form):
    """One of two answers to the evidence whose digest was shown."""

    answer = forms.ChoiceField(choices=[(one, one) for one in (SIGN, DECLINE)])
    reason = forms.CharField(
        label="Your reason, where you decline", required=False, max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    sha256 = forms.CharField(max_length=64)


def gate_page(
    request: HttpRequest, actor: Actor, key: AnswerKey, found: GateDecision, at: datetime
) -> HttpResponse:
    """Shown; posted, it is signed or declined. To look at it signs nothing."""
    if request.method != "POST":
        return _asked(request, key, found, SignForm())
    form = SignForm(request.POST)
    if not form.is_valid():
        return _asked(request, key, found, form, status=REFUSED)
    said = form.cleaned_data
    try:
        if said["answer"] == DECLINE:
            decline_gate(actor, found, reason=said["reason"], at=at)
        else:
            sign_gate(actor, found, sha256=said["sha256"], is_by_mail=True, at=at)
    except (Conflict, EvidenceChanged, GateDecided, GateDecisionRefused, NotPermitted) as refusal:
        return _asked(request, key, found, form, refused=sentence_of(refusal), status=REFUSED)
    done = ("Declined", "declined") if said["answer"] == DECLINE else ("Signed", "signed")
    context = {"key": key, "gate": found.gate, "done": done[0], "said": done[1]}
    return render(request, "journeys/sign_gate.html", context)


def _asked(  # noqa: PLR0913 - what the page shows
    request: HttpRequest, key: AnswerKey, found: GateDecision, form: SignForm, *, refused: str = "", status: int = OK
) -> HttpResponse:  # fmt: skip
    frozen = read_snapshot(found.snapshot)
    words = dict(CriterionStanding.Standing.choices)
    counted = Counter(one["standing"] for one in frozen["criteria"])
    context = {
        "key": key, "gate": found.gate, "decision": found, "form": form, "refused": refused,
        "opener": person_known(found.opened_by_id),
        "counts": ", ".join(f"{counted[one]} {words[one].lower()}" for one in words if counted[one]),
        "left": [one | {"standing": words[one["standing"]]} for one in frozen["criteria"] if one["standing"] != MET],
        "releases": frozen["decision"]["releases"],
    }  # fmt: skip
    return render(request, "journeys/sign_gate.html", context, status=status)
