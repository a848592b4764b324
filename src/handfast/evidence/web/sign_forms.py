"""The forms by which roles are asked to sign, and by which they answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from handfast.evidence.reading.asked import LONGEST_REASON, SignOffSaid, roles_that_sign

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from handfast.foundation.refusals import FieldsRefused


class SignOffForm(forms.Form):
    """Which roles are to sign, and by which day."""

    roles = forms.MultipleChoiceField(label="Who is to sign", widget=forms.CheckboxSelectMultiple)
    due_on = forms.DateField(
        label="By", required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, parties: Mapping[str, str], sides: Iterable[str], held: Mapping[tuple[str, str], str]
    ) -> None:  # fmt: skip
        super().__init__(data)
        self.fields["roles"].choices = [  # type: ignore[attr-defined]  # a choice field
            (f"{side}:{one.key}", _named(one.name, parties.get(side, side), held.get((side, one.key), "")))
            for side, one in roles_that_sign(sides)
        ]

    def said(self) -> SignOffSaid:
        given = self.cleaned_data
        roles = tuple((side, role) for side, _, role in (one.partition(":") for one in given["roles"]))
        return SignOffSaid(roles, given["due_on"])

    def tell(self, refusal: FieldsRefused) -> None:
        """Say each fault at its field."""
        for name, fault in refusal.fields:
            self.add_error(name, f"{fault[0].upper()}{fault[1:]}.")


class SignForm(forms.Form):
    """That one has read the version with this digest."""

    sha256 = forms.CharField(widget=forms.HiddenInput, max_length=64)
    has_read = forms.BooleanField(
        label="I have read it", error_messages={"required": "Tick that you have read it, then sign."}
    )


class DeclineForm(forms.Form):
    """Why one does not sign."""

    reason = forms.CharField(
        label="Why you do not sign", max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3})
    )


def _named(role: str, party: str, held: str) -> str:
    return f"{role}, {party}: {held or 'nobody has this role yet'}"
