"""What people may write about how a step stands."""

from __future__ import annotations

from django import forms

from handfast.transition.models import StepStatus
from handfast.transition.web.forms import DAY

MOST_WAVES = 99
TEXT = forms.Textarea(attrs={"rows": 3})


class RagForm(forms.Form):
    """Another colour than the computed one, with its reason, the path to green and its last day."""

    wave = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=MOST_WAVES)
    rag = forms.ChoiceField(label="It is", choices=StepStatus.Rag.choices)
    reason = forms.CharField(label="Why", widget=TEXT, help_text="Both sides read it.")
    path_to_green = forms.CharField(
        label="Path to green", widget=TEXT, help_text="Who does what by when, so that it is green again."
    )
    until_on = forms.DateField(
        label="Holds until",
        widget=DAY,
        help_text="At most four weeks; then the computed colour stands again.",
    )


class RemarkForm(forms.Form):
    """A side's remark on the week to come."""

    text = forms.CharField(
        label="The remark of your side",
        required=False,
        max_length=1000,
        widget=TEXT,
        help_text="Both sides read it.",
    )


class CoverForm(forms.Form):
    """How a holiday of a side is covered."""

    side = forms.CharField(max_length=8)
    on = forms.DateField()
    how = forms.CharField(max_length=7)
    note = forms.CharField(required=False, max_length=300)
