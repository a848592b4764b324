"""The form in which each agreed milestone is given its milestone of the plan, or a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handfast.transition.models import Activity, Plan
    from handfast.transition.queries.agreed import Untaken

NEW = "new"
TWICE = "Another one is given this milestone: choose another for one of them."


class AgreedForm(forms.Form):
    """A choice for each; it opens with what is suggested."""

    as_seen = forms.CharField(widget=forms.HiddenInput, max_length=60)

    def __init__(
        self, *args: Any, untaken: Sequence[Untaken], points: Sequence[Activity], plan: Plan, **given: Any
    ) -> None:
        super().__init__(*args, **given)
        self.fields["as_seen"].initial = plan.seen_as
        self._untaken = untaken
        formers = {one.former.pk for one in untaken if one.former}
        free = [
            (str(one.pk), f"{one.name}{f', wave {one.wave}' if one.wave > 1 else ''}")
            for one in points
            if one.agreed_id is None or one.pk in formers
        ]
        for one in untaken:
            self.fields[_name(one)] = forms.ChoiceField(
                label=f"In the plan, for M-{one.milestone.number}",
                choices=[(NEW, "a new milestone"), *free],
                initial=str(one.suggested.pk) if one.suggested else NEW,
            )

    def clean(self) -> dict[str, Any]:
        """One milestone of the plan carries one agreed milestone."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        used: set[str] = set()
        for one in self._untaken:
            wanted = given.get(_name(one), NEW)
            if wanted != NEW and wanted in used:
                self.add_error(_name(one), TWICE)
            used.add(wanted)
        return given

    def chosen(self) -> dict[UUID, UUID | None]:
        """By the agreed milestone the one of the plan, None for a new one."""
        said = {one.milestone.pk: self.cleaned_data[_name(one)] for one in self._untaken}
        return {pk: None if wanted == NEW else UUID(wanted) for pk, wanted in said.items()}

    def field_of(self, one: Untaken) -> forms.BoundField:
        return self[_name(one)]


def _name(one: Untaken) -> str:
    return f"milestone_{one.milestone.number}"
