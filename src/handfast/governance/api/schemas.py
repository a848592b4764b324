"""What the operations of registers take and give."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from ninja import Field, Query, Schema

from handfast.foundation.api.bounds import FARTHEST, MOST_ROWS

MOST = 100
Limit = Annotated[int, Query(ge=1, le=MOST_ROWS)]
Offset = Annotated[int, Query(ge=0, le=FARTHEST)]


class OwnFieldOut(Schema):
    """A field that only this register has: a `line`, a `text`, a `day` or a `choice`."""

    key: str
    label: str
    kind: str
    choices: list[str]


class StateOut(Schema):
    """A state, those that can follow it, and the own fields that it needs."""

    key: str
    name: str
    to: list[str]
    needs: list[str]
    is_done: bool


class RegisterOut(Schema):
    """A register as it is declared; the first of its states is that of a new entry."""

    key: str
    name: str
    prefix: str
    purpose: str
    states: list[StateOut]
    own: list[OwnFieldOut]


class EntryIn(Schema):
    """What an entry says. `own` is by the keys of the register's own fields, as text; a day as `2026-04-30`."""

    title: str
    text: str = ""
    owner_id: UUID | None = None
    due_on: date | None = None
    tags: list[str] = Field(default_factory=list)
    own: dict[str, str] = Field(default_factory=dict)


class NewEntryIn(EntryIn):
    """A new entry: for both sides (`shared`), or for the own one alone (`own`), for ever."""

    audience: str = "shared"


class AmendedEntryIn(EntryIn):
    """All that the entry is to say, and what was seen of it."""

    as_seen: str


class MoveIn(Schema):
    """The state that it is to have, and what was seen of the entry."""

    to: str
    as_seen: str


class ChosenIn(Schema):
    """One entry that is changed with others, and what was seen of it."""

    id: UUID
    as_seen: str


class TogetherIn(Schema):
    """What all the entries become; what is left out stays. `is_nobodys` takes the owner away."""

    entries: list[ChosenIn]
    to: str | None = None
    owner_id: UUID | None = None
    is_nobodys: bool = False
    due_on: date | None = None


class ChangedOut(Schema):
    """What became of one entry: changed, unchanged or refused, and why."""

    id: UUID
    name: str
    outcome: str
    why: str


class IntakeIn(Schema):
    """Rows to take in: `csv` as text with a row of heads, or `lines`, each by its heads.

    `columns` says by head which field it is (as `title`, `due_on`, `own_severity`; left out: what the heads suggest),
    `words` by field what the rows' words mean. With `dry_run` nothing is written.
    """

    csv: str = ""
    lines: list[dict[str, str]] = Field(default_factory=list)
    columns: dict[str, str] | None = None
    words: dict[str, dict[str, str]] = Field(default_factory=dict)
    days: str = "iso"
    is_without_owner: bool = False
    audience: str
    dry_run: bool = False


class IntakeFaultOut(Schema):
    """What is wrong with one field of a row, and what to do."""

    field: str
    said: str


class IntakeLineOut(Schema):
    """What becomes of one row: `new`, `stands` or `refused`."""

    row: int
    title: str
    outcome: str
    why: str
    faults: list[IntakeFaultOut]


class IntakeOut(Schema):
    """What became of the rows, and the last entry that was written; with `dry_run` none."""

    said: str
    last: str
    lines: list[IntakeLineOut]


class UsualOut(Schema):
    """The number of the last entry that was taken over."""

    last: str


class EntryOut(Schema):
    """An entry. `seen_as` is what an amendment or a move names as seen; `can_become` are the states that can follow."""

    id: UUID
    register_key: str
    number: int
    name: str
    is_internal: bool
    title: str
    text: str
    owner_id: UUID | None
    due_on: date | None
    state: str
    is_done: bool
    can_become: list[str]
    tags: list[str]
    own: dict[str, str]
    created_at: datetime
    created_by_id: UUID | None
    changed_at: datetime
    changed_by_id: UUID | None
    seen_as: str


class AskedWords(Schema):
    """Which part of a register, as the page's address says it, and in which order."""

    text: str = ""
    state: str = ""
    owner: str = ""
    side: str = ""
    seen: str = ""
    overdue: str = ""
    choice: str = ""
    sort: str = "newest"


class ViewAsked(AskedWords):
    """The same, and which columns the page shows, with commas between; empty for the usual ones."""

    columns: str = ""


class EntriesAsked(AskedWords):
    """The same, part by part."""

    limit: Limit = MOST
    offset: Offset = 0


class EntriesOut(Schema):
    """A part of what was asked for, and how many there are in all."""

    count: int
    entries: list[EntryOut]


class ViewIn(Schema):
    """A view to save: its name, what it asks, and for whom: `alone`, `side`, or a role of the own side."""

    name: str
    asked: ViewAsked
    shared_with: str = "alone"


class AmendedViewIn(ViewIn):
    """All that the view is to be, and what was seen of it."""

    as_seen: str


class ViewOut(Schema):
    """A saved view; `is_own` where the caller may change it. `asked` is empty where it asks what there is no more: `why`."""

    id: UUID
    register_key: str
    name: str
    asked: ViewAsked | None
    why: str
    shared_with: str
    person_id: UUID
    is_own: bool
    seen_as: str
