"""What a view is called, and with whom it is shared."""

from __future__ import annotations

from typing import Any

from django import forms

from handfast.governance.models import SavedView
from handfast.governance.queries.views import LONGEST_NAME, audiences_of


class ViewForm(forms.Form):
    """Its name, and who of the own side has it."""

    name = forms.CharField(label="Name", max_length=LONGEST_NAME)
    shared_with = forms.ChoiceField(label="For")

    def __init__(self, *args: Any, side: str, own: str, **given: Any) -> None:
        super().__init__(*args, **given)
        named = audiences_of(side) | {SavedView.SIDE: f"everyone at {own}"}
        self.fields["shared_with"].choices = list(named.items())  # type: ignore[attr-defined]  # a choice field
