"""The panel beside a decision: of whom it was asked, and the form that asks it of somebody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms

from handfast.governance.permissions import may_change_entry
from handfast.governance.queries.decisions import (
    LONGEST_SILENT,
    deciders_of,
    is_to_be_decided,
    requests_seen_by,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handfast.foundation.actor import Actor
    from handfast.governance.models import DecisionRequest, RegisterEntry
    from handfast.governance.web.rows import Seeing
    from handfast.people.models import Membership


class AskForm(forms.Form):
    """Of whom, and what happens if nobody answers."""

    person_id = forms.TypedChoiceField(label="Who decides", coerce=UUID)
    if_silent = forms.CharField(label="If nobody answers by then", max_length=LONGEST_SILENT)
    as_seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, entry: RegisterEntry, deciders: Sequence[Membership], **given: Any
    ) -> None:
        super().__init__(*args, **given)
        self.initial["as_seen"] = entry.seen_as
        chosen = self.fields["person_id"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101 - tells the type checker what stands above
        chosen.choices = [
            (str(one.person_id), f"{one.person.name}, {one.organisation.name}") for one in deciders
        ]


@dataclass(frozen=True, slots=True)
class AskedRow:
    """One of those it was asked of, as the panel tells it."""

    name: str
    request: DecisionRequest


@dataclass(frozen=True, slots=True)
class Asking:
    """All of the panel; no form where nothing is to be asked."""

    rows: Sequence[AskedRow]
    form: AskForm | None


def asking_of(
    actor: Actor, entry: RegisterEntry, seen: Seeing, *, form: AskForm | None = None
) -> Asking | None:
    """None where the entry is no decision."""
    rows = [AskedRow(seen.name_of(one.person_id) or "", one) for one in requests_seen_by(actor, entry)]
    may_ask = is_to_be_decided(entry) and may_change_entry(actor, entry)
    if may_ask and form is None:
        form = AskForm(entry=entry, deciders=deciders_of(entry))
    return Asking(rows, form if may_ask else None) if rows or may_ask else None
