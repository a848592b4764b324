"""What is wanted of many activities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms

from handfast.transition.models import Step
from handfast.transition.queries.bulk import Wanted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handfast.transition.queries.owning import Owner


class BulkForm(forms.Form):
    """Empty means: as it is."""

    days = forms.IntegerField(
        label="Begin later by",
        required=False,
        min_value=-400,
        max_value=400,
        help_text="Working days; -3 for earlier.",
    )
    lead = forms.ChoiceField(label="Lead", required=False, choices=[("", "as it is"), *Step.Lead.choices])
    owner_id = forms.TypedChoiceField(label="Owner", required=False, coerce=UUID, empty_value=None)
    is_removed = forms.BooleanField(label="Take them out of the plan", required=False)
    reason = forms.CharField(
        label="Why", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Needed where something must be proposed.",
    )  # fmt: skip

    def __init__(self, *args: Any, owners: Iterable[Owner], **given: Any) -> None:
        super().__init__(*args, **given)
        choices = [("", "as it is"), *((str(one.id), f"{one.name}, {one.organisation}") for one in owners)]
        self.fields["owner_id"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def wanted(self) -> Wanted:
        """What the valid form says."""
        given = self.cleaned_data
        return Wanted(given["lead"], given["owner_id"], given["days"] or 0, given["is_removed"])
