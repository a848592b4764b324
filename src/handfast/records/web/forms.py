"""What people may write into the forms of records; what it means is checked by the actions."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django import forms

from handfast.records.models import Source
from handfast.records.models.source import KEY_LENGTH
from handfast.records.reading.mappings import presets


class SourceForm(forms.Form):
    """A new source: a preset to begin with, and how terms name it."""

    preset = forms.ChoiceField(label="Export of", choices=[])
    name = forms.CharField(label="Name", max_length=120, help_text="As people call it: Help desk, Telephony.")
    key = forms.RegexField(
        r"^[a-z][a-z0-9_]*$", label="Key", max_length=KEY_LENGTH, required=False,
        help_text="As the terms name it: small letters, digits and _. Left empty, it is made of the name.",
        error_messages={"invalid": "Small letters, digits and _, a letter first."},
    )  # fmt: skip

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        chosen = self.fields["preset"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101 - tells the type checker what stands above
        chosen.choices = [(one.name, one.title) for one in presets()]

    def clean(self) -> dict[str, Any]:
        """Nobody has to think of a key who does not write terms by hand."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if "key" not in self.errors and not given.get("key"):
            given["key"] = key_from(given.get("name", ""))
        return given


def key_from(name: str) -> str:
    """`help_desk` of `Help desk`; `source` where no letter of it can stand in a key."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_0123456789")[:KEY_LENGTH] or "source"


class MappingForm(forms.Form):
    """A source's mapping as text; `as_seen` is what the form was opened on."""

    name = forms.CharField(label="Name", max_length=120)
    mapping = forms.CharField(
        label="Mapping", strip=False,
        widget=forms.Textarea(attrs={"rows": 22, "spellcheck": "false", "autocomplete": "off", "class": "hf-mono"}),
    )  # fmt: skip
    as_seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    @classmethod
    def of(cls, source: Source) -> MappingForm:
        return cls(initial={"name": source.name, "mapping": source.mapping, "as_seen": source.seen_as})


class UploadForm(forms.Form):
    """Which source a file belongs to, and whether it is only to be checked."""

    source = forms.UUIDField()
    is_dry_run = forms.BooleanField(required=False)
