"""The form that adds a channel."""

from __future__ import annotations

from django import forms

from handfast.journeys.models import Channel
from handfast.journeys.queries.channels import KINDS, ChannelSaid, words_of_kind

LONGEST = 2_000


class ChannelForm(forms.Form):
    """What it is called, where it is, and what it is told."""

    name = forms.CharField(label="Name", max_length=120)
    form = forms.ChoiceField(label="It is", choices=Channel.Form.choices)
    address = forms.CharField(
        label="Address",
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "url"}),
    )
    kinds = forms.MultipleChoiceField(
        label="It is told", choices=lambda: [(one, words_of_kind(one)) for one in KINDS],
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    is_own_told = forms.BooleanField(label="Also of what only our own side sees", required=False)

    def said(self) -> ChannelSaid:
        """As it is given to the verb."""
        told = self.cleaned_data
        return ChannelSaid(
            told["name"], told["form"], told["address"], tuple(told["kinds"]), told["is_own_told"]
        )
