"""The five questions from which a length is estimated, asked without anything being saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

from handfast.kernel.scheduling.estimating import (
    MOST_DAYS,
    MOST_PEOPLE,
    MOST_PILOTS,
    Undertaking,
    estimate,
)

if TYPE_CHECKING:
    from django.http import QueryDict

    from handfast.kernel.scheduling.estimating import Estimate


class EstimateForm(forms.Form):
    """What is moved, as far as it is known before there is a plan."""

    complexity = forms.ChoiceField(
        label="Complexity",
        choices=[
            ("simple", "simple: one process, one team"),
            ("moderate", "moderate: exceptions, several systems"),
            ("complex", "complex: several processes or sites"),
        ],
    )
    people = forms.IntegerField(
        label="People who will do the work", min_value=1, max_value=MOST_PEOPLE, initial=8
    )
    knowledge = forms.ChoiceField(
        label="Where the knowledge is",
        choices=[
            ("written", "written down"),
            ("partly", "partly written down"),
            ("in heads", "only in heads"),
        ],
    )
    pilots = forms.IntegerField(label="Pilots", min_value=0, max_value=MOST_PILOTS, initial=0)
    training_days = forms.IntegerField(
        label="Training, days a person", min_value=0, max_value=MOST_DAYS, initial=5
    )


def estimate_form(query: QueryDict) -> EstimateForm:
    """Bound to the address where it holds one of the answers."""
    is_asked = any(name in query for name in EstimateForm.base_fields)
    return EstimateForm(query if is_asked else None)


def estimate_in(form: EstimateForm) -> Estimate | None:
    """None where nothing is asked yet, or an answer cannot be: the form says which."""
    if not form.is_bound or not form.is_valid():
        return None
    return estimate(Undertaking(**form.cleaned_data))
