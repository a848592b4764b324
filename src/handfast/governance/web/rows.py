"""Entries as their list, their page and their files show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

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
class EntryRow:
    """One line of the list. `level` is how many bars its level has, 0 for none; `told` is its listed own field."""

    entry: RegisterEntry
    glyph: str
    state: str
    owner: str
    owner_side: str
    initials: str
    is_overdue: bool
    age_days: int
    level: int
    told: str
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


def listed_field(register: Register) -> OwnField | None:
    """The one own field that the list shows."""
    return next((one for one in register.own if one.is_listed), None)


def entry_row(entry: RegisterEntry, seen: Seeing) -> EntryRow:
    register = entry.kept_in
    state, listed = register.state(entry.state), listed_field(register)
    is_late = seen.is_overdue(entry)
    value = entry.own.get(listed.key, "") if listed else ""
    owner = seen.people.get(entry.owner_id) if entry.owner_id else None
    keys = [key for key, _ in listed.choices] if listed and listed.is_level else []
    side, party = seen.audience(entry)
    return EntryRow(
        entry, "missed" if is_late else state.glyph, "Overdue" if is_late else state.name,
        seen.name_of(entry.owner_id), owner.side if owner else "either", owner.initials if owner else "",
        is_late, max(0, (seen.today - entry.created_at.date()).days),
        keys.index(value) + 1 if value in keys else 0, listed.shown(value) if listed else "", side, party,
    )  # fmt: skip


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
    return field.shown(value)
