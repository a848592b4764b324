"""The form of an adjustment: what each kind of it names, chosen from what the terms have."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django import forms

from handfast.kernel.servicelevels.adjustments import adjustable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handfast.kernel.servicelevels.terms import Terms

LOCAL = r"^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+-]\d{2}:\d{2})?$"
NAMED = ("source", "type", "pause")
KEYS = {"starts": "from", "ends": "to"}  # words of Python in a form, words of the terms in what is said


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of adjustment: its key in the terms language and in an address, what it is called, and what it asks."""

    key: str
    slug: str
    name: str
    fields: tuple[str, ...]
    names: str
    lacks: str


KINDS = (
    Kind(
        "record excluded", "record-excluded", "A record is taken out", ("type", "records"),
        "type", "no measure of the terms excludes a type of record",
    ),
    Kind(
        "time excluded", "time-excluded", "A stretch of time does not count",
        ("type", "starts", "ends", "records"), "type", "no clock of the terms excludes a type of time",
    ),
    Kind(
        "pause revoked", "pause-revoked", "A pause does not stand", ("pause", "records", "starts", "ends"),
        "pause", "no clock of the terms has a pause",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Choices:
    """What the terms let somebody choose: event logs, and for each kind the types or pauses that it names."""

    sources: tuple[str, ...]
    named: Mapping[str, tuple[str, ...]]
    zone: str

    @classmethod
    def under(cls, terms: Terms) -> Choices:
        logs, known = adjustable(terms)
        named = {
            "record excluded": known.by_measures,
            "time excluded": known.by_clocks,
            "pause revoked": known.pauses,
        }
        in_order = {key: tuple(sorted(names)) for key, names in named.items()}
        return cls(tuple(sorted(logs)), in_order, terms.first.zone)

    def kind(self, wanted: str) -> Kind:
        """The kind with this key or slug; else the first for which the terms have something."""
        found = next((one for one in KINDS if wanted in (one.key, one.slug)), None)
        return found or next((one for one in KINDS if self.named[one.key]), KINDS[0])


class LocalInstantField(forms.RegexField):
    """A wall-clock time of the contract's zone, as `datetime-local` sends it; one with its offset is taken as it is.

    A time that the clock skips is refused; of one that it shows twice the first is meant.
    """

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1"})
        super().__init__(LOCAL, max_length=40, widget=widget, **options)
        self.zone = "UTC"

    def clean(self, value: Any) -> str:
        said = super().clean(value)
        if not said:
            return ""
        try:
            found = datetime.fromisoformat(said)
        except ValueError as error:
            raise forms.ValidationError("this is no day and time") from error
        if found.tzinfo is None:
            found = found.replace(tzinfo=ZoneInfo(self.zone))
            back = found.astimezone(UTC).astimezone(ZoneInfo(self.zone))
            if back.replace(tzinfo=None) != found.replace(tzinfo=None):
                raise forms.ValidationError(f"the clocks of {self.zone} skip this time")
        return found.isoformat()


class ProposeForm(forms.Form):
    """Only the fields of its kind are there; the terms judge the rest."""

    kind = forms.ChoiceField(widget=forms.HiddenInput, choices=[(one.key, one.name) for one in KINDS])
    source = forms.ChoiceField(label="Source")
    type = forms.ChoiceField(label="Type", help_text="what the terms let be excluded")
    pause = forms.ChoiceField(label="Pause", help_text="the kinds of pause that the terms have")
    records = forms.CharField(label="Records", max_length=4000, help_text="their ids, parted by commas")
    starts = LocalInstantField(label="From")
    ends = LocalInstantField(label="To")
    reason = forms.CharField(label="Reason", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    clause = forms.CharField(
        label="Clause", max_length=80, required=False, help_text="of the contract, where one says so"
    )

    def __init__(self, *args: Any, kind: Kind, choices: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        asked = {"kind", "reason", "clause", *kind.fields}
        if len(choices.sources) > 1:
            asked.add("source")
            self._choose("source", choices.sources)
        self._choose(kind.names, choices.named[kind.key])
        for name in set(self.fields) - asked:
            del self.fields[name]
        self._place(choices.zone)
        if kind.key == "time excluded":
            self._is_optional("records", "their ids, parted by commas; none means every record")
        if kind.key == "pause revoked":
            said = f"only pauses that begin from here; empty means all; {_zone_said(choices.zone)}"
            self._is_optional("starts", said)
            self._is_optional("ends", f"and before this; {_zone_said(choices.zone)}")

    def _choose(self, name: str, known: tuple[str, ...]) -> None:
        field = self.fields[name]
        first = [("", "Choose…")] if len(known) != 1 else []
        field.choices = [*first, *((one, one) for one in known)]  # type: ignore[attr-defined]  # a ChoiceField

    def _place(self, zone: str) -> None:
        for field in self.fields.values():
            if isinstance(field, LocalInstantField):
                field.zone, field.help_text = zone, _zone_said(zone)

    def _is_optional(self, name: str, said: str) -> None:
        field = self.fields[name]
        field.required, field.help_text = False, said
        field.widget.is_required = False

    def said(self) -> dict[str, Any]:
        """What was filled in, under the keys of the terms language."""
        values = self.cleaned_data
        said = {KEYS.get(key, key): text.strip() for key, text in values.items() if text and key != "records"}
        records = [one.strip() for one in re.split(r"[,\n]", values.get("records", "")) if one.strip()]
        return said | ({"records": records} if records else {})


def _zone_said(zone: str) -> str:
    return f"as clocks show it in {zone}, the contract's zone"
