"""Rows from a spreadsheet as a page takes them: pasted, or as a file."""

from __future__ import annotations

from typing import Any

from django import forms

from handfast.transition.web.planning_forms import OWN, SHARED

LONGEST_PASTE = 1_000_000
EXAMPLE = "Check the line\tTrain\tprovider\t2d\n"


class SheetForm(forms.Form):
    """What was pasted and who sees what is new in it; the file that may come instead is taken by its own door."""

    as_seen = forms.CharField(widget=forms.HiddenInput, max_length=40, required=False)
    pasted = forms.CharField(
        label="Rows, as copied from the spreadsheet", required=False, max_length=LONGEST_PASTE, strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "class": "hf-sheet-text", "spellcheck": "false", "wrap": "off"}),
        help_text="Without a row of heads the columns are: activity, step, lead, duration, waits for, not before, deadline, role.",
    )  # fmt: skip
    audience = forms.ChoiceField(label="Who sees what is new", required=False)
    reason = forms.CharField(
        label="Why", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="The other side reads it with what is proposed.",
    )  # fmt: skip

    def __init__(self, *args: Any, both: str, own: str, **given: Any) -> None:
        super().__init__(*args, **given)
        choices = [(SHARED, f"Both sides: {both}"), (OWN, f"Only {own}")]
        self.fields["audience"].choices = choices  # type: ignore[attr-defined]  # a choice field

    @property
    def is_internal(self) -> bool:
        """Whether what is new is only the own side's; asked of a valid form."""
        return bool(self.cleaned_data["audience"] == OWN)
