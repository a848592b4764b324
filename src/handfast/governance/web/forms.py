"""The forms of an entry; what they mean is checked by the verbs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms

from handfast.evidence.queries.things import AUDIENCES
from handfast.governance.reading.said import LONGEST_LINE, LONGEST_TEXT, LONGEST_TITLE, EntrySaid, tags_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from handfast.foundation.refusals import FieldsRefused
    from handfast.governance.models import RegisterEntry
    from handfast.governance.registers import OwnField, Register
    from handfast.governance.web.rows import Person

SHARED, OWN = AUDIENCES
LONGEST_TAGS = 440
LONGEST_NUMBER = 20


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class WriteForm(forms.Form):
    """The write-here row: one line, an owner, a day, and who sees it."""

    title = forms.CharField(label="Title", max_length=LONGEST_TITLE)
    owner = forms.ChoiceField(label="Owner", required=False)
    due_on = forms.DateField(label="Due", required=False, widget=_day())
    audience = forms.ChoiceField(label="Who sees it", choices=[(SHARED, SHARED), (OWN, OWN)], initial=SHARED)

    def __init__(self, *args: Any, people: Iterable[Person], register: Register, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["owner"].choices = _owners(people)  # type: ignore[attr-defined]  # a choice field
        self.fields["title"].widget.attrs["placeholder"] = f"Write {_a(register)}, Enter adds it."

    def said(self) -> EntrySaid:
        given = self.cleaned_data
        return EntrySaid(given["title"], owner_id=_id(given["owner"]), due_on=given["due_on"])


class EntryForm(forms.Form):
    """All that an entry says; the register's own fields stand in it as `own_…`."""

    as_seen = forms.CharField(widget=forms.HiddenInput, max_length=20, required=False)
    title = forms.CharField(label="Title", max_length=LONGEST_TITLE)
    text = forms.CharField(
        label="Text", max_length=LONGEST_TEXT, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    owner = forms.ChoiceField(label="Owner", required=False)
    due_on = forms.DateField(label="Due", required=False, widget=_day())
    tags = forms.CharField(
        label="Tags", max_length=LONGEST_TAGS, required=False, help_text="With commas between."
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, entry: RegisterEntry, people: Iterable[Person]
    ) -> None:
        super().__init__(data, initial=_initial(entry))
        self.register = entry.kept_in
        self.fields["owner"].choices = _owners(people)  # type: ignore[attr-defined]  # a choice field
        for one in self.register.own:
            self.fields[f"own_{one.key}"] = _own_field(one)

    def said(self) -> EntrySaid:
        given = self.cleaned_data
        return EntrySaid(
            given["title"], given["text"], _id(given["owner"]), given["due_on"], tags_of(given["tags"]),
            {one.key: _text(given[f"own_{one.key}"]) for one in self.register.own},
        )  # fmt: skip


def tell(form: forms.Form, refusal: FieldsRefused) -> None:
    """Say each fault at its field."""
    named = {"owner_id": "owner"}
    for name, fault in refusal.fields:
        form.add_error(named.get(name, name), f"{fault[0].upper()}{fault[1:]}.")


def _initial(entry: RegisterEntry) -> dict[str, object]:
    own = {f"own_{key}": value for key, value in entry.own.items()}
    return own | {
        "as_seen": entry.seen_as, "title": entry.title, "text": entry.text, "owner": str(entry.owner_id or ""),
        "due_on": entry.due_on, "tags": entry.tags,
    }  # fmt: skip


def _own_field(one: OwnField) -> forms.Field:
    match one.kind:
        case "choice":
            return forms.ChoiceField(
                label=one.label, required=False, choices=[("", "not said"), *one.choices]
            )
        case "day":
            return forms.DateField(label=one.label, required=False, widget=_day())
        case "text":
            area = forms.Textarea(attrs={"rows": 3})
            return forms.CharField(label=one.label, required=False, max_length=LONGEST_TEXT, widget=area)
        case "number":
            plain = forms.TextInput(attrs={"inputmode": "decimal", "class": "hf-num"})
            return forms.CharField(label=one.label, required=False, max_length=LONGEST_NUMBER, widget=plain)
        case "line":
            return forms.CharField(label=one.label, required=False, max_length=LONGEST_LINE)


def _owners(people: Iterable[Person]) -> list[tuple[str, str]]:
    return [("", "nobody yet"), *((str(one.id), f"{one.name}, {one.party}") for one in people)]


def _id(said: str) -> UUID | None:
    return UUID(said) if said else None


def _text(value: object) -> str:
    """A day as it is kept; a text as it is."""
    return "" if value is None else str(value)


def _a(register: Register) -> str:
    return f"{'an' if register.singular[0] in 'aeiou' else 'a'} {register.singular}"
