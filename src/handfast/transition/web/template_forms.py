"""What people write into the forms of an organisation's own templates."""

from __future__ import annotations

from django import forms

from handfast.engagement.models import Engagement

STALE = {"widget": forms.HiddenInput, "max_length": 20, "required": False}


class KeepForm(forms.Form):
    """A copy of a shipped template."""

    name = forms.CharField(label="Name", max_length=120)
    size = forms.ChoiceField(label="Copied from", choices=Engagement.Size.choices)


class TemplateNameForm(forms.Form):
    """A name; the organisation's templates have it once."""

    as_seen = forms.CharField(**STALE)  # type: ignore[arg-type]  # plain keywords
    name = forms.CharField(label="Name", max_length=120)


class TemplateTextForm(forms.Form):
    """An edited file of the same format."""

    as_seen = forms.CharField(**STALE)  # type: ignore[arg-type]  # as above
    file = forms.FileField(
        label="The edited file",
        help_text="YAML, as it was downloaded; up to 300 kB and 1,000 activities.",
        widget=forms.FileInput(attrs={"class": "hf-drop"}),
    )
