"""Entries of the journal in words: who did what, when in both zones, and who sees it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from handfast.foundation.models import Space
from handfast.foundation.web.instants import both_zones, shown_at
from handfast.governance.registers import REGISTERS
from handfast.journeys.queries.journal import payload_of
from handfast.journeys.web.journal_sayings import GONE_WITH, PAGES, SAID
from handfast.operate.web.pictures.wording import month_text
from handfast.people.queries import GONE
from handfast.people.roles import names_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from handfast.foundation.models import Contents

ERASED = "an entry that was erased"
WORKER = "Handfast"


@dataclass(frozen=True, slots=True)
class Line:
    """One entry: its place in its chain and its words."""

    entry: UUID
    sequence: int
    hash: str
    who: str
    what: str
    when: str
    at: datetime
    audience: str
    audience_side: str
    action: str
    subject: UUID | None
    day: str
    page: str


@dataclass(frozen=True, slots=True)
class Telling:
    """What turns entries into words: names by person, the parties' names and sides by organisation, their zones."""

    names: Mapping[UUID, str]
    parties: Mapping[UUID | None, tuple[str, str]]
    zones: Sequence[str]

    def line(self, contents: Contents) -> Line:
        """One entry in words."""
        is_shared = contents.space.kind == Space.Kind.SHARED
        name, side = self.parties.get(contents.space.organisation_id, ("the other side", ""))
        return Line(
            contents.pk,
            contents.entry.sequence,
            contents.entry.hash,
            self._who(contents),
            what_said(contents.action, payload_of(contents)),
            both_zones(contents.at, self.zones),
            contents.at,
            "shared" if is_shared else f"Only {name}",
            "" if is_shared else side,
            contents.action,
            contents.subject_id,
            shown_at(contents.at, self.zones[0]).partition(",")[0],
            "" if contents.action in GONE_WITH else PAGES.get(contents.action.partition(".")[0], ""),
        )

    def _who(self, contents: Contents) -> str:
        if not contents.action:
            return ""
        if contents.person_id is None:
            return WORKER
        who, other = self.names.get(contents.person_id, GONE), stood_in_for(contents)
        return f"{who} for {self.names.get(other, GONE)}" if other else who


def stood_in_for(contents: Contents) -> UUID | None:
    """For whom somebody acted, where their own roles did not suffice."""
    said = payload_of(contents).get("on_behalf_of")
    return UUID(said) if said else None


def changes_said(payload: Mapping[str, Any]) -> list[tuple[str, str, str]]:
    """Field, before and after of all that the entry tells; of a new thing only what it is."""
    before, after = payload.get("before") or {}, payload.get("after") or {}
    return [
        (key.replace("_", " "), _plain(before.get(key)), _plain(after.get(key)))
        for key in dict.fromkeys((*before, *after))
    ]


def _plain(value: object) -> str:
    match value:
        case None | "":
            return ""
        case bool():
            return "yes" if value else "no"
        case list():
            return ", ".join(_plain(one) for one in value)
        case dict():
            return ", ".join(f"{key} {_plain(one)}" for key, one in value.items())
    return str(value)


def what_said(action: str, payload: Mapping[str, Any]) -> str:
    """`issued March 2026, revision 2`."""
    if not action:
        return ERASED
    known = payload.get("after") or {}
    month = month_text(known["period"]) if known.get("period") else "a month"
    values = {
        "number": known.get("number", "?"),
        "role": names_of([known.get("role", "")]).lower() or "somebody",
        "last_number": known.get("last_number", "?"),
        "baseline_number": known.get("baseline_number", "?"),
        "revision": known.get("revision", "?"),
        "entry": _entry_words(known),
        "state": _state_words(known),
        "register": _register_words(known),
        "level": str(known.get("level", "a line")).replace("_", " "),
    }
    return SAID.get(action, action_words(action)).format(month=month, **values)


def _entry_words(known: Mapping[str, Any]) -> str:
    """`issue I-12`."""
    kept = REGISTERS.get(known.get("register", ""))
    return f"{kept.singular} {kept.prefix}-{known.get('number', '?')}" if kept else "an entry"


def _register_words(known: Mapping[str, Any]) -> str:
    kept = REGISTERS.get(known.get("register", ""))
    return kept.name.lower() if kept else "a register"


def _state_words(known: Mapping[str, Any]) -> str:
    """The state of an entry, as its register calls it."""
    kept = REGISTERS.get(known.get("register", ""))
    states = {one.key: one.name for one in kept.states} if kept else {}
    return states.get(known.get("state", ""), "?")


def action_words(action: str) -> str:
    """`source.added` is 'added the source', 'upload.reading_begun' is 'upload: reading begun'."""
    noun, _, verb = action.partition(".")
    noun, verb = noun.replace("_", " "), verb.replace("_", " ")
    return f"{noun}: {verb}" if " " in verb else f"{verb} the {noun}"
