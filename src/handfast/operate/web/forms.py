"""The forms of operate: what is typed, before an action judges it."""

from __future__ import annotations

from django import forms


class PeriodForm(forms.Form):
    """Which month to compute."""

    period = forms.RegexField(
        r"^\d{4}-(0[1-9]|1[0-2])$",
        label="Month",
        max_length=7,
        widget=forms.TextInput(attrs={"type": "month", "placeholder": "2026-03"}),
    )


class IssueForm(forms.Form):
    """Until when the other side is asked to answer; `as_seen` is the draft as the page showed it."""

    answer_by_on = forms.DateField(label="Answer by", required=False)
    as_seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)


class AgreeForm(forms.Form):
    """The amount, typed."""

    typed = forms.CharField(label="Type it to confirm", max_length=40)
    as_seen = forms.CharField(widget=forms.HiddenInput, max_length=100)


class DisputeForm(forms.Form):
    """A line and the reason."""

    level = forms.ChoiceField(label="Line")
    reason = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 4}), max_length=4000)
    as_seen = forms.CharField(widget=forms.HiddenInput, max_length=100)

    def __init__(self, *args: object, levels: list[tuple[str, str]], **values: object) -> None:
        super().__init__(*args, **values)  # type: ignore[arg-type]  # Django's own keywords
        self.fields["level"].choices = levels  # type: ignore[attr-defined]  # a ChoiceField


class AnswerForm(forms.Form):
    """Why an adjustment is declined."""

    reason = forms.CharField(label="Why", max_length=4000, required=False)
