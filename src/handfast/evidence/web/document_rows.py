"""Documents as their list, their page and their files show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.engagement.queries import party_of
from handfast.evidence.models import Document
from handfast.evidence.queries.documents import STATES
from handfast.evidence.queries.signing import Signing, Standing
from handfast.people.queries import GONE, members_seen_by, names_seen_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from uuid import UUID

    from handfast.engagement.models import Engagement
    from handfast.evidence.queries.documents import Asked
    from handfast.foundation.actor import Actor
    from handfast.foundation.web.exports import Cell
    from handfast.people.models import Membership


@dataclass(frozen=True, slots=True)
class Seeing:
    """What turns documents into words: who is here, the names of those who left, and the own side."""

    here: Mapping[UUID, Membership]
    left: Mapping[UUID, str]
    own_side: str
    own_name: str

    def name_of(self, person: UUID | None) -> str:
        if person is None:
            return "Handfast"
        return self.here[person].person.name if person in self.here else self.left.get(person, GONE)

    def side_of(self, person: UUID | None) -> str:
        return self.here[person].side if person and person in self.here else "either"

    def initials_of(self, person: UUID | None) -> str:
        return self.here[person].person.initials if person and person in self.here else ""

    def audience(self, document: Document) -> tuple[str, str]:
        """The side that alone sees it, and its name; of what both see both empty."""
        return (self.own_side, self.own_name) if document.is_internal else ("", "")


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One line of the list."""

    document: Document
    glyph: str
    state: str
    owner: str
    owner_side: str
    initials: str
    changed_by: str
    side: str
    party: str


@dataclass(frozen=True, slots=True)
class Filter:
    """One box above the list: its name in the address, its label, its choices and the chosen one."""

    name: str
    label: str
    choices: tuple[tuple[str, str], ...]
    chosen: str


def seeing(actor: Actor, deal: Engagement, persons: Iterable[UUID | None]) -> Seeing:
    """For what names these persons."""
    members = sorted(
        members_seen_by(actor, deal.pk), key=lambda one: one.organisation_id != actor.organisation
    )
    here = {one.person_id: one for one in members}
    gone = {one for one in persons if one is not None and one not in here}
    mine = party_of(deal, actor.organisation)
    side, name = (mine.side, mine.name) if mine else ("", "")
    return Seeing(here, names_seen_by(actor, gone) if gone else {}, side, name)


def owners_for(seen: Seeing, *, is_internal: bool) -> list[Membership]:
    """Who may own it: of what is internal only the own side."""
    return [one for one in seen.here.values() if not is_internal or one.side == seen.own_side]


def state_of(document: Document, signing: Signing) -> tuple[str, str]:
    """Glyph and words: what the newest version says of itself, and what was signed before."""
    newest, number = signing.newest, document.last_number
    if not number:
        return "not-yet", "Draft"
    if newest.declined:
        return "missed", f"Version {number} declined"
    if newest.waiting:
        return "running", f"Version {number}, {newest.signed} of {newest.asked} signed"
    if newest.is_signed:
        return "met", f"Version {number} signed"
    if signing.is_outdated:
        return "risk", f"Signed is version {signing.signed_number}, not {number}"
    return "open", f"Version {number}, draft changed" if document.is_changed else f"Version {number}"


def document_row(document: Document, seen: Seeing, signing: Signing | None = None) -> DocumentRow:
    glyph, state = state_of(document, signing or Signing(Standing(document.last_number)))
    side, party = seen.audience(document)
    owner = document.owner_id
    return DocumentRow(
        document, glyph, state, seen.name_of(owner) if owner else "", seen.side_of(owner), seen.initials_of(owner),
        seen.name_of(document.changed_by_id), side, party,
    )  # fmt: skip


def filters_of(asked: Asked, seen: Seeing) -> list[Filter]:
    """The boxes in their order; the first choice of each asks for all."""
    owners = tuple((str(key), one.person.name) for key, one in seen.here.items())
    return [
        Filter("kind", "Kind", (("", "any"), *Document.Kind.choices), asked.kind),
        Filter("state", "State", (("", "any"), *STATES.items()), asked.state),
        Filter("owner", "Owner", (("", "anybody"), *owners), asked.owner),
        Filter("seen", "Who sees it", (("", "any"), ("shared", "shared"), ("own", f"only {seen.own_name}")), asked.seen),
    ]  # fmt: skip


EXPORT_HEADS = (
    "Number", "Title", "Kind", "State", "Version", "Owner", "Changed by", "Changed", "Who sees it",
)  # fmt: skip


def export_rows(
    documents: Iterable[Document], seen: Seeing, standing: Mapping[UUID, Signing]
) -> Iterator[tuple[Cell, ...]]:
    """A row of `EXPORT_HEADS` for each document."""
    for one in documents:
        row = document_row(one, seen, standing.get(one.pk))
        yield (
            one.name, one.title, one.get_kind_display(), row.state, one.last_number or None, row.owner, row.changed_by,
            one.changed_at, f"only {row.party}" if row.side else "shared",
        )  # fmt: skip
