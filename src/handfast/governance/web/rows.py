"""Entries as their list, their page and their files show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import dateformat

from handfast.engagement.queries import party_of
from handfast.people.queries import GONE, members_seen_by, names_seen_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from uuid import UUID

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.foundation.web.exports import Cell
    from handfast.governance.models import RegisterEntry
    from handfast.governance.registers import OwnField, Register


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the engagement who may own an entry."""

    id: UUID
    name: str
    initials: str
    side: str
    party: str


@dataclass(frozen=True, slots=True)
class Seeing:
    """What turns entries into words: the day, the people by id with those who left by name, and the own side."""

    today: date
    people: Mapping[UUID, Person]
    left: Mapping[UUID, str]
    own_side: str
    own_name: str

    def name_of(self, person: UUID | None) -> str:
        if person is None:
            return ""
        return self.people[person].name if person in self.people else self.left.get(person, GONE)

    def audience(self, entry: RegisterEntry) -> tuple[str, str]:
        """The side that alone sees it, and its name; of what both see both empty."""
        return (self.own_side, self.own_name) if entry.is_internal else ("", "")

    def is_overdue(self, entry: RegisterEntry) -> bool:
        return not entry.is_done and entry.due_on is not None and entry.due_on < self.today


@dataclass(frozen=True, slots=True)
class OwnCell:
    """What an entry says in a field of its register; `level` is how many bars its level has, 0 for none."""

    key: str
    label: str
    told: str
    level: int


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One line of the list."""

    entry: RegisterEntry
    glyph: str
    state: str
    owner: str
    owner_side: str
    initials: str
    is_overdue: bool
    age_days: int
    own: tuple[OwnCell, ...]
    written_by: str
    changed_by: str
    side: str
    party: str


def people_of(actor: Actor, deal: Engagement) -> list[Person]:
    """Both sides' people, the own side first."""
    parties = {party.side: party.name for party in deal.parties.all()}
    members = list(members_seen_by(actor, deal.pk))
    members.sort(key=lambda one: one.organisation_id != actor.organisation)
    return [
        Person(one.person_id, one.person.name, one.person.initials, one.side, parties.get(one.side, ""))
        for one in members
    ]


def seeing(
    actor: Actor, deal: Engagement, people: Iterable[Person], persons: Iterable[UUID | None], today: date
) -> Seeing:
    """For entries of these persons: who is here, and the names of those who were."""
    here = {one.id: one for one in people}
    gone = {one for one in persons if one is not None and one not in here}
    mine = party_of(deal, actor.organisation)
    side, name = (mine.side, mine.name) if mine else ("", "")
    return Seeing(today, here, names_seen_by(actor, gone), side, name)


def entry_row(entry: RegisterEntry, seen: Seeing) -> EntryRow:
    register = entry.kept_in
    state, is_late = register.state(entry.state), seen.is_overdue(entry)
    owner = seen.people.get(entry.owner_id) if entry.owner_id else None
    side, party = seen.audience(entry)
    return EntryRow(
        entry, "missed" if is_late else state.glyph, "Overdue" if is_late else state.name,
        seen.name_of(entry.owner_id), owner.side if owner else "either", owner.initials if owner else "",
        is_late, max(0, (seen.today - entry.created_at.date()).days),
        tuple(_own_cell(one, entry.own.get(one.key, "")) for one in register.own),
        seen.name_of(entry.created_by_id), seen.name_of(entry.changed_by_id), side, party,
    )  # fmt: skip


def _own_cell(field: OwnField, value: str) -> OwnCell:
    keys = [key for key, _ in field.choices] if field.is_level else []
    level = keys.index(value) + 1 if value in keys else 0
    told = (
        dateformat.format(date.fromisoformat(value), "j M Y")
        if field.kind == "day" and value
        else field.shown(value)
    )
    return OwnCell(f"own_{field.key}", field.label, told, level)


def export_heads(register: Register) -> tuple[str, ...]:
    return (
        "Number", "Title", "State", "Owner", "Due", "Tags", "Text", *(one.label for one in register.own),
        "Written by", "Written", "Changed by", "Changed", "Who sees it",
    )  # fmt: skip


def export_rows(
    entries: Iterable[RegisterEntry], register: Register, seen: Seeing
) -> Iterator[tuple[Cell, ...]]:
    """A row of `export_heads` for each entry; days as days."""
    for one in entries:
        own = (_cell(field, one.own.get(field.key, "")) for field in register.own)
        side, party = seen.audience(one)
        yield (
            one.name, one.title, register.state(one.state).name, seen.name_of(one.owner_id), one.due_on, one.tags,
            one.text, *own, seen.name_of(one.created_by_id), one.created_at, seen.name_of(one.changed_by_id),
            one.changed_at, f"only {party}" if side else "shared",
        )  # fmt: skip


def _cell(field: OwnField, value: str) -> Cell:
    if field.kind == "day":
        return date.fromisoformat(value) if value else None
    if field.kind == "number":
        return Decimal(value) if value else None
    return field.shown(value)
