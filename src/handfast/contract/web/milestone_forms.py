"""The form of a milestone; what it means is checked by the verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

from handfast.contract.reading.milestones import (
    LONGEST_CLAUSE,
    LONGEST_NAME,
    STEPS,
    MilestoneSaid,
    payment_of,
)

if TYPE_CHECKING:
    from handfast.contract.models import AgreedMilestone

LONGEST_AMOUNT = 20


class MilestoneForm(forms.Form):
    """A milestone as it is proposed; `replaces` names the agreed one in whose place it is to stand."""

    name = forms.CharField(label="Milestone", max_length=LONGEST_NAME)
    due_on = forms.DateField(label="Date", widget=forms.DateInput(attrs={"type": "date"}))
    payment = forms.CharField(
        label="Payment",
        required=False,
        max_length=LONGEST_AMOUNT,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    clause = forms.CharField(
        label="Clause", required=False, max_length=LONGEST_CLAUSE, help_text="As in Schedule 4, 2.1."
    )
    step_key = forms.ChoiceField(
        label="Step of the transition",
        required=False,
        choices=[("", "none of them"), *STEPS.items()],
        help_text="Its milestone in the plan takes this date.",
    )
    replaces = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def said(self) -> MilestoneSaid:
        """What was filled in. Raises MilestoneRefused where the payment is no amount."""
        given = self.cleaned_data
        return MilestoneSaid(
            given["name"], given["due_on"], payment_of(given["payment"]), given["clause"], given["step_key"]
        )


def begun_from(milestone: AgreedMilestone) -> dict[str, object]:
    """The form of an amendment as it opens: what is agreed now."""
    return {
        "name": milestone.name,
        "due_on": milestone.due_on,
        "payment": "" if milestone.payment is None else f"{milestone.payment:f}",
        "clause": milestone.clause,
        "step_key": milestone.step_key,
        "replaces": milestone.pk,
    }
