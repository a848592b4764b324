"""The form of a contract's summary; what it means is checked by the verb."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms

from handfast.contract.models import ContractSummary
from handfast.contract.reading.milestones import amount_of
from handfast.contract.reading.summaries import (
    LONGEST_CHANGES,
    LONGEST_CONTACT,
    LONGEST_LAW,
    LONGEST_REFERENCE,
    LONGEST_TITLE,
    SummarySaid,
)
from handfast.contract.refusals import SummaryRefused

if TYPE_CHECKING:
    from datetime import date

    from handfast.engagement.models import Engagement

LONGEST_AMOUNT = 20
LARGEST = 32_767  # of the column; the verb says how many months there may be
AMOUNT = {"inputmode": "decimal"}


def a_day(label: str, *, required: bool = False, help_text: str = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, widget=widget, help_text=help_text)


def months(label: str, help_text: str) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=False, min_value=0, max_value=LARGEST, help_text=help_text
    )


class SummaryForm(forms.Form):
    """A version as it is written down; `after` is the number of the version that stood on the page."""

    title = forms.CharField(
        label="Contract", max_length=LONGEST_TITLE, help_text="As in Master services agreement."
    )
    reference = forms.CharField(label="Reference", required=False, max_length=LONGEST_REFERENCE)
    signed_on = a_day("Signed on")
    starts_on = a_day("Term starts", required=True)
    ends_on = a_day("Term ends", help_text="The last day; empty where it runs until notice.")
    renewal = forms.ChoiceField(label="At the end", choices=ContractSummary.Renewal.choices)
    renewal_months = months("Renewed for, months", "Empty where it ends.")
    notice_months = months("Notice, months", "Whole months before the end.")
    yearly_value = forms.CharField(
        label="Yearly value",
        required=False,
        max_length=LONGEST_AMOUNT,
        widget=forms.TextInput(attrs=AMOUNT),
    )
    governing_law = forms.CharField(
        label="Governing law", required=False, max_length=LONGEST_LAW, help_text="As in Ontario, Canada."
    )
    client_contact = forms.CharField(
        label="Contact of the client", required=False, max_length=LONGEST_CONTACT
    )
    provider_contact = forms.CharField(
        label="Contact of the provider", required=False, max_length=LONGEST_CONTACT
    )
    effective_on = a_day("Counts from", required=True, help_text="Of an amendment the day it takes effect.")
    changes = forms.CharField(
        label="What it changes",
        required=False,
        max_length=LONGEST_CHANGES,
        help_text="As in Extended by a year.",
    )
    after = forms.IntegerField(min_value=0, max_value=LARGEST, widget=forms.HiddenInput)

    def said(self) -> SummarySaid:
        """What was filled in. Raises SummaryRefused where the value is no amount."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "after"}
        value = amount_of(given["yearly_value"], "yearly_value", SummaryRefused)
        return SummarySaid(**given | {"yearly_value": value})


def begun_from(last: ContractSummary | None, deal: Engagement, today: date) -> dict[str, object]:
    """The form as it opens: the newest version to amend, or what the deal says of itself."""
    if last is None:
        return {
            "title": "Master services agreement",
            "signed_on": deal.signed_on,
            "starts_on": deal.live_on or deal.signed_on,
            "effective_on": deal.live_on or deal.signed_on,
            "ends_on": deal.ends_on,
            "after": 0,
        }
    kept = {name: getattr(last, name) for name in SummaryForm.base_fields if name not in {"after", "changes"}}
    value = "" if last.yearly_value is None else f"{last.yearly_value:f}"
    return kept | {
        "yearly_value": value, "effective_on": max(today, last.effective_on), "after": last.number,
    }  # fmt: skip
