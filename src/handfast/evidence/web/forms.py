"""The forms of comments, files and links; what they mean is checked by the verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django import forms

from handfast.evidence.queries.relations import LONGEST_SAID
from handfast.evidence.queries.things import AUDIENCES
from handfast.evidence.reading.addressed import LONGEST_ADDRESS, ReferenceSaid
from handfast.evidence.reading.said import CommentSaid
from handfast.foundation.texts import NAME_LENGTH

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from handfast.evidence.refusals import CommentRefused
    from handfast.foundation.refusals import FieldsRefused
    from handfast.people.models import Membership

SHARED, OWN = AUDIENCES
BY_AUDIENCE = [(OWN, OWN), (SHARED, SHARED)]


class CommentForm(forms.Form):
    """Text, whom it tells, and who will see it: the own side alone, until somebody chooses otherwise."""

    sent_as = forms.UUIDField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(label="Comment", strip=False, widget=forms.Textarea(attrs={"rows": 2}))
    tells = forms.ChoiceField(label="Tell", required=False)
    audience = forms.ChoiceField(label="Who will see this", choices=BY_AUDIENCE, initial=OWN)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, members: Iterable[Membership], is_internal: bool
    ) -> None:
        super().__init__(data, initial={"sent_as": uuid4()})
        told = [(str(one.person_id), one.person.name) for one in members]
        self.fields["tells"].choices = [("", "nobody"), *told]  # type: ignore[attr-defined]  # a choice field
        if is_internal:
            self.fields["audience"].choices = BY_AUDIENCE[:1]  # type: ignore[attr-defined]  # as above

    def said(self) -> CommentSaid:
        given = self.cleaned_data
        tells = UUID(given["tells"]) if given["tells"] else None
        return CommentSaid(given["text"], tells, given["sent_as"])

    def tell(self, refusal: CommentRefused) -> None:
        """Say each fault at its field."""
        for name, fault in refusal.fields:
            self.add_error(name, f"{fault[0].upper()}{fault[1:]}.")


class FileForm(forms.Form):
    """Who will see what is attached; the files themselves are taken while they come."""

    sent_as = forms.UUIDField(required=False, widget=forms.HiddenInput)
    audience = forms.ChoiceField(label="Who will see this", choices=BY_AUDIENCE, initial=OWN)

    def __init__(self, data: Mapping[str, Any] | None = None, *, is_internal: bool) -> None:
        super().__init__(data, initial={"sent_as": uuid4()})
        if is_internal:
            self.fields["audience"].choices = BY_AUDIENCE[:1]  # type: ignore[attr-defined]  # a choice field


class RelationForm(forms.Form):
    """With what a thing is linked, by number or address, and who will see that it is."""

    thing = forms.CharField(label="Number or address", max_length=LONGEST_SAID)
    audience = forms.ChoiceField(label="Who will see this", choices=BY_AUDIENCE, initial=OWN)

    def __init__(self, data: Mapping[str, Any] | None = None, *, is_internal: bool) -> None:
        super().__init__(data)
        if is_internal:
            self.fields["audience"].choices = BY_AUDIENCE[:1]  # type: ignore[attr-defined]  # a choice field

    def tell(self, refusal: FieldsRefused) -> None:
        """Say each fault at its field."""
        for name, fault in refusal.fields:
            self.add_error(name, f"{fault[0].upper()}{fault[1:]}.")


class ReferenceForm(forms.Form):
    """What lives elsewhere, where, and who will see that; its copy is taken while it comes."""

    name = forms.CharField(label="What lives there", max_length=NAME_LENGTH)
    address = forms.CharField(label="Address", max_length=LONGEST_ADDRESS)
    audience = forms.ChoiceField(label="Who will see this", choices=BY_AUDIENCE, initial=OWN)

    def __init__(self, data: Mapping[str, Any] | None = None, *, is_internal: bool) -> None:
        super().__init__(data)
        if is_internal:
            self.fields["audience"].choices = BY_AUDIENCE[:1]  # type: ignore[attr-defined]  # a choice field

    def said(self) -> ReferenceSaid:
        return ReferenceSaid(self.cleaned_data["name"], self.cleaned_data["address"])

    def tell(self, refusal: FieldsRefused) -> None:
        """Say each fault at its field."""
        for name, fault in refusal.fields:
            self.add_error(name, f"{fault[0].upper()}{fault[1:]}.")
