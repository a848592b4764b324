"""What several entries become together; an empty field leaves each as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms

from handfast.governance.queries.asked import NOBODY
from handfast.governance.queries.together import Wanted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handfast.governance.registers import Register
    from handfast.governance.web.rows import Person

LEAVE = ("", "leave it")


class TogetherForm(forms.Form):
    """A state, an owner, a day: at least one of them."""

    to = forms.ChoiceField(label="State", required=False)
    new_owner = forms.ChoiceField(label="Owner", required=False)
    new_due_on = forms.DateField(
        label="Due", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, register: Register, people: Iterable[Person], **given: Any) -> None:
        super().__init__(*args, **given)
        states = [(one.key, one.name) for one in register.states]
        owners = [(str(one.id), f"{one.name}, {one.party}") for one in people]
        self.fields["to"].choices = [LEAVE, *states]  # type: ignore[attr-defined]  # a choice field
        self.fields["new_owner"].choices = [LEAVE, (NOBODY, "nobody"), *owners]  # type: ignore[attr-defined]  # the same

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not self.errors and not any(given.values()):
            raise forms.ValidationError("Choose a state, an owner or a day: nothing is asked for yet.")
        return given

    def wanted(self) -> Wanted:
        given = self.cleaned_data
        owner = given["new_owner"]
        is_nobodys = owner == NOBODY
        return Wanted(
            given["to"] or None,
            UUID(owner) if owner and not is_nobodys else None,
            is_nobodys,
            given["new_due_on"],
        )
