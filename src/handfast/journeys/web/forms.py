"""What people write on the pages of journeys."""

from __future__ import annotations

from django import forms

from handfast.foundation.erasure import LONGEST_REASON


class ErasureForm(forms.Form):
    """Why an entry is to be forgotten."""

    reason = forms.CharField(
        label="Why it is erased",
        max_length=LONGEST_REASON,
        help_text="It stays in the journal for everybody who reads this entry: name no person in it.",
    )
