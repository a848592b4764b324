"""The form of a pack that is about to be made."""

from __future__ import annotations

from django import forms

from handfast.packs.queries.freezing import OWN, SHARED


class MakeForm(forms.Form):
    """For whom it is; what it is made of stands in the address that led here. Sent twice, `once` makes one pack."""

    audience = forms.ChoiceField(choices=((OWN, OWN), (SHARED, SHARED)), initial=SHARED)
    once = forms.UUIDField(required=False, widget=forms.HiddenInput)
