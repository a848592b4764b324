"""The forms of a document; what they mean is checked by the verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms

from handfast.evidence.models import Document
from handfast.evidence.reading.written import LONGEST_DOCUMENT, LONGEST_SUMMARY, LONGEST_TITLE, DocumentSaid
from handfast.evidence.web.forms import BY_AUDIENCE, SHARED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from handfast.foundation.refusals import FieldsRefused
    from handfast.people.models import Membership


class DocumentForm(forms.Form):
    """The draft: its title, kind, owner and text; of a new one also who will see it."""

    as_seen = forms.CharField(widget=forms.HiddenInput, max_length=20, required=False)
    title = forms.CharField(label="Title", max_length=LONGEST_TITLE)
    kind = forms.ChoiceField(label="Kind", choices=Document.Kind.choices)
    owner = forms.ChoiceField(label="Owner", required=False)
    audience = forms.ChoiceField(
        label="Who will see this", choices=BY_AUDIENCE, initial=SHARED, required=False
    )
    text = forms.CharField(
        label="Text",
        max_length=LONGEST_DOCUMENT,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 24, "class": "hf-draft", "spellcheck": "true"}),
        help_text="Markdown: # heading, - list, 1. steps, **strong**, [words](https://…), | table |.",
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, people: Iterable[Membership], document: Document | None = None
    ) -> None:  # fmt: skip
        super().__init__(data, initial=_initial(document) if document else None)
        owners = [(str(one.person_id), f"{one.person.name}, {one.organisation.name}") for one in people]
        if document and document.owner_id and str(document.owner_id) not in dict(owners):
            owners.append((str(document.owner_id), "somebody who is not here any more"))
        self.fields["owner"].choices = [("", "nobody yet"), *owners]  # type: ignore[attr-defined]  # a choice field
        if document is not None:
            del self.fields["audience"]

    def said(self) -> DocumentSaid:
        given = self.cleaned_data
        owner = UUID(given["owner"]) if given["owner"] else None
        return DocumentSaid(given["title"], given["kind"], given["text"], owner)

    def tell(self, refusal: FieldsRefused) -> None:
        """Say each fault at its field."""
        for name, fault in refusal.fields:
            named = {"owner_id": "owner"}.get(name, name)
            self.add_error(named if named in self.fields else None, f"{fault[0].upper()}{fault[1:]}.")


class PublishForm(forms.Form):
    """One line on what the version changes."""

    as_seen = forms.CharField(widget=forms.HiddenInput, max_length=20, required=False)
    summary = forms.CharField(label="What changes", max_length=LONGEST_SUMMARY)

    def tell(self, refusal: FieldsRefused) -> None:
        """Say each fault at its field."""
        for name, fault in refusal.fields:
            self.add_error(name if name in self.fields else None, f"{fault[0].upper()}{fault[1:]}.")


def _initial(document: Document) -> dict[str, object]:
    return {
        "as_seen": document.seen_as, "title": document.title, "kind": document.kind, "text": document.text,
        "owner": str(document.owner_id or ""),
    }  # fmt: skip
