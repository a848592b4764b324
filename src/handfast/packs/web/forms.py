"""The form of a pack that is about to be made."""

from __future__ import annotations

from django import forms

from handfast.packs.queries.freezing import OWN, SHARED


class MakeForm(forms.Form):
    """For whom it is; what it is made of stands in the address that led here. Sent twice, `once` makes one pack."""

    audience = forms.ChoiceField(choices=((OWN, OWN), (SHARED, SHARED)), initial=SHARED)
    once = forms.UUIDField(required=False, widget=forms.HiddenInput)


class LookForm(forms.Form):
    """The colour and the logo of an organisation's packs; without a file the logo stays."""

    accent = forms.CharField(
        label="Colour",
        max_length=7,
        widget=forms.TextInput(attrs={"type": "color"}),
        help_text="Of lines and heads; it must be readable on white.",
    )
    logo = forms.FileField(
        label="Logo", required=False, allow_empty_file=True, help_text="PNG or JPEG, at most 512 KiB."
    )
    is_without_logo = forms.BooleanField(label="Without a logo", required=False)
