"""The forms of a wave: a new one with the steps that it repeats, and one that is amended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from handfast.transition.models import Wave
from handfast.transition.queries.checking import LEAST_PERCENT, MOST_PERCENT, WHOLE
from handfast.transition.web.forms import DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from handfast.transition.models import Step


class WaveForm(forms.Form):
    """What a wave is, and when it begins."""

    as_seen = forms.CharField(widget=forms.HiddenInput, max_length=40)
    name = forms.CharField(label="Name", max_length=120, help_text="The process or the site, as in Kraków.")
    carries = forms.CharField(
        label="Carries over", required=False, max_length=400, help_text="What moves with it: queues, people, sites."
    )  # fmt: skip
    criticality = forms.TypedChoiceField(
        label="How critical",
        coerce=int,
        choices=Wave.Criticality.choices,
        initial=Wave.Criticality.MEDIUM,
        help_text="The least critical goes first: its lessons are the cheapest.",
    )
    starts_on = forms.DateField(label="Starts on", widget=DAY)

    FIELDS = ("name", "carries", "criticality", "starts_on")

    def values(self) -> dict[str, Any]:
        """What the wave is; what is not among the fields of this form stays out."""
        return {name: self.cleaned_data[name] for name in self.FIELDS if name in self.fields}

    def changes(self, wave: Wave) -> dict[str, Any]:
        """The fields whose values are new."""
        return {name: one for name, one in self.values().items() if getattr(wave, name) != one}


class AddWaveForm(WaveForm):
    """A further wave, with what it repeats of the first."""

    percent = forms.IntegerField(
        label="Of the first wave's durations, in percent",
        min_value=LEAST_PERCENT,
        max_value=MOST_PERCENT,
        initial=WHOLE,
        help_text="100 for as long as the first; 80 where its lessons save a fifth.",
    )
    site = forms.ChoiceField(
        label="At", required=False, help_text="A site with days of its own, as Calendars and people names it."
    )
    steps = forms.MultipleChoiceField(label="Steps that it repeats", widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, steps: Iterable[Step], sites: Sequence[str], **given: Any) -> None:
        super().__init__(*args, **given)
        if sites:
            self.fields["site"].choices = [("", "where the first wave is"), *((one, one) for one in sites)]  # type: ignore[attr-defined]  # a choice field
        else:
            del self.fields["site"]
        self.fields["steps"].choices = [(one.key, one.name) for one in steps]  # type: ignore[attr-defined]  # a choice field
