"""What a deliverable may say, and what an answer to it may say: reasons and conditions, a line each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from handfast.foundation.texts import block_fault, line_fault, tidied
from handfast.transition.reading.roles import SIDES
from handfast.transition.refusals import AnswerIncomplete, DeliverableRefused

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

FIRST, LAST = date(2000, 1, 1), date(2100, 1, 1)
LONGEST_TITLE, LONGEST_TEXT, LONGEST_LINE = 200, 4_000, 300
MOST_DAYS, MOST_LINES = 60, 20


@dataclass(frozen=True, slots=True)
class DeliverableSaid:
    """A deliverable as somebody plans it. Where silence counts, no answer within the review days is an acceptance."""

    title: str
    submits_side: str
    due_on: date
    review_days: int
    is_silence_acceptance: bool = False
    text: str = ""
    owner_id: UUID | None = None
    reviewer_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Condition:
    """What has still to be done about what is accepted, by when and by whom."""

    text: str
    due_on: date
    owner_id: UUID | None = None

    def as_kept(self) -> dict[str, Any]:
        owner = str(self.owner_id) if self.owner_id else None
        return {"text": self.text, "due_on": self.due_on.isoformat(), "owner_id": owner}


def checked_deliverable(said: DeliverableSaid) -> DeliverableSaid:
    """The same, tidied. Raises DeliverableRefused with every field at fault."""
    tidy = replace(said, title=said.title.strip(), text=tidied(said.text))
    if faults := list(_faults(tidy)):
        raise DeliverableRefused(_told(faults), faults)
    return tidy


def checked_note(note: str) -> str:
    """What is said with what is handed in. Raises DeliverableRefused."""
    kept = tidied(note)
    if fault := block_fault(kept, most=LONGEST_TEXT):
        raise DeliverableRefused(f"note: {fault}", [("note", fault)])
    return kept


def checked_reasons(reasons: Sequence[str]) -> list[str]:
    """Why it is rejected, at least one. Raises AnswerIncomplete."""
    kept = [one.strip() for one in reasons if one.strip()]
    if not kept:
        said = "write at least one reason, each on a line of its own"
        raise AnswerIncomplete(f"reasons: {said}", [("reasons", said)])
    _check_lines("reasons", kept)
    return kept


def checked_conditions(conditions: Sequence[Condition]) -> list[Condition]:
    """On which conditions it is accepted; none are none. Raises AnswerIncomplete."""
    kept = [replace(one, text=one.text.strip()) for one in conditions]
    _check_lines("conditions", [one.text for one in kept])
    if any(not FIRST <= one.due_on < LAST for one in kept):
        said = f"write a day from {FIRST} to the year {LAST.year - 1} for each"
        raise AnswerIncomplete(f"conditions: {said}", [("conditions", said)])
    return kept


def _check_lines(field: str, lines: Sequence[str]) -> None:
    if len(lines) > MOST_LINES:
        said = f"at most {MOST_LINES} lines"
        raise AnswerIncomplete(f"{field}: {said}", [(field, said)])
    for number, line in enumerate(lines, 1):
        if fault := line_fault(line, most=LONGEST_LINE):
            raise AnswerIncomplete(f"{field}, line {number}: {fault}", [(field, f"line {number}: {fault}")])


def _faults(said: DeliverableSaid) -> Iterator[tuple[str, str]]:
    if fault := line_fault(said.title, most=LONGEST_TITLE):
        yield "title", fault
    if fault := block_fault(said.text, most=LONGEST_TEXT):
        yield "text", fault
    if said.submits_side not in SIDES:
        yield "submits_side", "choose client or provider"
    if not FIRST <= said.due_on < LAST:
        yield "due_on", f"write a day from {FIRST} to the year {LAST.year - 1}"
    if not 1 <= said.review_days <= MOST_DAYS:
        yield "review_days", f"write 1 to {MOST_DAYS} working days"


def _told(faults: Sequence[tuple[str, str]]) -> str:
    return f"the deliverable is not kept: {'; '.join(f'{name}: {fault}' for name, fault in faults)}"
