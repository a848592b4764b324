"""The form of an adjustment: the keys of the terms language, as a person fills them in."""

from __future__ import annotations

from typing import Any

from django import forms

KINDS = [
    ("record excluded", "A record is taken out"),
    ("time excluded", "A stretch of time does not count"),
    ("pause revoked", "A pause does not stand"),
]


class ProposeForm(forms.Form):
    """Empty fields are left out of what is said; the terms judge the rest."""

    kind = forms.ChoiceField(label="What", choices=KINDS)
    type = forms.CharField(
        label="Type", max_length=80, required=False, help_text="as the terms name it under excludes"
    )
    source = forms.CharField(label="Source", max_length=80, required=False)
    records = forms.CharField(
        label="Records",
        max_length=4000,
        required=False,
        help_text="ids, parted by commas; none means every record",
    )
    starts = forms.CharField(
        label="From", max_length=40, required=False, help_text="2026-03-10T13:30:00+01:00"
    )
    ends = forms.CharField(label="To", max_length=40, required=False)
    pause = forms.CharField(label="Pause", max_length=80, required=False)
    reason = forms.CharField(label="Reason", max_length=1000)
    clause = forms.CharField(label="Clause", max_length=80, required=False)

    def said(self) -> dict[str, Any]:
        """What was filled in, under the keys of the terms language."""
        values = self.cleaned_data
        keys = {"starts": "from", "ends": "to"}
        said = {
            keys.get(key, key): value.strip() for key, value in values.items() if value and key != "records"
        }
        records = [one.strip() for one in values["records"].split(",") if one.strip()]
        return said | ({"records": records} if records else {})
