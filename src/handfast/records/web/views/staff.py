"""Which number stands for which of the provider's people: asked by the provider, answered and not kept."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django import forms

from handfast.engagement.queries import engagement_seen_by, names_of_sides
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.people.models import Side
from handfast.records.permissions import may_name_staff, staff_of
from handfast.records.queries import staff_numbers
from handfast.records.reading.staff import MOST_NAMES

if TYPE_CHECKING:
    from django.http import HttpResponse

OK, REFUSED = 200, 422


class NamesForm(forms.Form):
    """Names as the exports write them, one a line."""

    names = forms.CharField(
        label="Names", widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocomplete": "off"}),
        help_text=f"As your tool exports them, one a line, at most {MOST_NAMES:,}. They are answered and not kept.",
    )  # fmt: skip

    def clean_names(self) -> list[str]:
        names: list[str] = self.cleaned_data["names"].splitlines()
        if len(names) > MOST_NAMES:
            raise forms.ValidationError(f"These are {len(names):,} lines; ask for {MOST_NAMES:,} at a time.")
        return names


@page("GET", "POST")
def staff(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """The rule, for everybody; the numbers of the names that were sent, for the provider."""
    deal = engagement_seen_by(request.actor, engagement)
    form = NamesForm(request.POST if request.method == "POST" else None)
    found = None
    if request.method == "POST":
        names = form.cleaned_data["names"] if form.is_valid() else []
        found = staff_numbers(request.actor, deal, names)
    context = {
        "engagement": deal,
        "form": form,
        "found": found,
        "provider": names_of_sides(deal)[Side.PROVIDER],
        "is_in": staff_of(deal) is not None,
        "may_name": may_name_staff(request.actor, deal),
    }
    return shown(request, "records/staff.html", context, status=REFUSED if form.errors else OK)
