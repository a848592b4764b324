"""Deliverables as their list, their page and their files show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from handfast.foundation.web.instants import both_zones, shown_at
from handfast.transition.models import Deliverable, ReviewRound
from handfast.transition.queries.deliverables import day_of_clock
from handfast.transition.queries.review_clock import PLANNED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime

    from handfast.engagement.models import Engagement
    from handfast.foundation.web.exports import Cell
    from handfast.governance.web.rows import Seeing

State, Outcome = Deliverable.State, ReviewRound.Outcome
CHIPS = {
    State.PLANNED: ("open", "Planned"),
    State.SUBMITTED: ("running", "Under review"),
    State.ACCEPTED: ("met", "Accepted"),
    State.REJECTED: ("risk", "Rejected"),
    State.DEEMED: ("met", "Deemed accepted"),
    State.WITHDRAWN: ("stale", "Withdrawn"),
}
OUTCOMES = {
    Outcome.WAITING: ("running", "Under review"),
    Outcome.ACCEPTED: ("met", "Accepted"),
    Outcome.CONDITIONAL: ("met", "Accepted with conditions"),
    Outcome.REJECTED: ("risk", "Rejected"),
    Outcome.DEEMED: ("met", "Deemed accepted"),
}
HEADS = (
    "Number", "Deliverable", "State", "Handed in by", "Owner", "Reviewed by", "Reviewer", "Due", "Review days",
    "Silence counts", "Round", "Review ends", "Decided", "What it is",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DeliverableRow:
    """One line; `ends` is when its review ends, in the contract's zone, empty while none runs; `decided` its day after."""

    one: Deliverable
    glyph: str
    state: str
    is_late: bool
    submits: str
    reviews: str
    owner: str
    reviewer: str
    ends: str
    decided: str


@dataclass(frozen=True, slots=True)
class RoundRow:
    """One round in words; `why` says from what its end follows."""

    one: ReviewRound
    glyph: str
    outcome: str
    submitted: str
    by: str
    answer: str
    ends: str
    why: str
    conditions: Sequence[tuple[str, date, str]]


def row_of(
    one: Deliverable, names: Mapping[str, str], seen: Seeing, zone: str, clock: datetime
) -> DeliverableRow:
    state = one.state_at(clock)
    glyph, said = CHIPS[State(state)]
    is_late = state in Deliverable.TO_HAND_IN and one.due_on < seen.today
    if state == State.SUBMITTED and one.is_review_over(clock):
        glyph, said = "missed", "Review overdue"
    elif is_late and state == State.PLANNED:
        glyph, said = "missed", "Late"
    runs = state == State.SUBMITTED and one.review_ends_at is not None
    decided_at = one.review_ends_at if state == State.DEEMED else one.decided_at
    return DeliverableRow(
        one, glyph, said, is_late, names.get(one.submits_side, ""), names.get(one.reviews_side, ""),
        seen.name_of(one.owner_id), seen.name_of(one.reviewer_id),
        both_zones(one.review_ends_at, [zone]) if runs and one.review_ends_at else "",
        shown_at(decided_at, zone).partition(",")[0] if decided_at else "",
    )  # fmt: skip


def round_row(
    one: ReviewRound, outcome: str, names: Mapping[str, str], seen: Seeing, zones: Sequence[str]
) -> RoundRow:
    """`outcome` by the clock; instants in the reviewer's, the contract's and the reader's zones."""
    glyph, said = OUTCOMES[Outcome(outcome)]
    answered_at = one.ends_at if outcome == Outcome.DEEMED else one.answered_at
    by = (
        "no answer came"
        if outcome == Outcome.DEEMED
        else f"by {seen.name_of(one.answered_by_id) or 'Handfast'}"
    )
    return RoundRow(
        one, glyph, said, both_zones(one.submitted_at, zones), seen.name_of(one.submitted_by_id),
        f"{said} {both_zones(answered_at, zones)}, {by}" if answered_at else "",
        ends_text(one, zones), why_text(one.reckoning, names),
        [
            (each["text"], date.fromisoformat(each["due_on"]), seen.name_of(UUID(each["owner_id"])) if each["owner_id"] else "")
            for each in one.conditions
        ],
    )  # fmt: skip


def ends_text(one: ReviewRound, zones: Sequence[str]) -> str:
    """`5 Jan 2027, 17:00 London, 18:00 Belgrade`: the reviewer's zone first."""
    return both_zones(one.ends_at, [str(one.reckoning["zone"]), *zones])


def why_text(reckoning: Mapping[str, Any], names: Mapping[str, str]) -> str:
    """Why the review ends when it does: the days that count, on whose calendar, and the holidays that do not."""
    days = [date.fromisoformat(one) for one in reckoning["days"]]
    source = (
        "its calendar in the plan"
        if reckoning["calendar"] == PLANNED
        else "Monday to Friday, 9 to 17, as there is no plan yet"
    )
    span = day_text(days[0]) if len(days) == 1 else f"{day_text(days[0])} to {day_text(days[-1])}"
    whole = "1 whole working day" if len(days) == 1 else f"{len(days)} whole working days"
    told = f"{whole} of {names.get(reckoning['side'], '')} ({source}, {reckoning['zone']}): {span}"
    closed = [f"{day_text(date.fromisoformat(on))} is {name}" for on, name in reckoning["holidays"]]
    return f"{told}; {', '.join(closed)}." if closed else f"{told}."


def day_text(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def sentence_of(rows: Iterable[Deliverable], deal: Engagement, clock: datetime) -> str:
    """What the list opens with: how many are accepted, under review, and late."""
    today, states = day_of_clock(deal, clock), []
    late = 0
    for one in rows:
        states.append(one.state_at(clock))
        late += states[-1] in Deliverable.TO_HAND_IN and one.due_on < today
    owed = len(states) - states.count(State.WITHDRAWN)
    if not owed:
        return "What one side owes the other, handed in and reviewed on a clock that both can check."
    done = states.count(State.ACCEPTED) + states.count(State.DEEMED)
    told = [f"{done} of {owed} accepted"]
    if deemed := states.count(State.DEEMED):
        told[0] += f", {deemed} of them by silence"
    told.append(f"{states.count(State.SUBMITTED)} under review")
    told.append(f"{late} late" if late else "none late")
    return f"{'; '.join(told)}."


def export_rows(
    rows: Iterable[Deliverable], names: Mapping[str, str], seen: Seeing, clock: datetime
) -> Iterator[tuple[Cell, ...]]:
    """A row of `HEADS` for each; days as days, instants as instants."""
    for one in rows:
        row = row_of(one, names, seen, "UTC", clock)
        is_deemed = one.state_at(clock) == State.DEEMED
        silence = "yes" if one.does_silence_count else "not agreed" if one.is_silence_acceptance else "no"
        yield (
            one.name, one.title, row.state, row.submits, row.owner, row.reviews, row.reviewer, one.due_on,
            one.review_days, silence, one.round, one.review_ends_at,
            one.review_ends_at if is_deemed else one.decided_at, one.text,
        )  # fmt: skip
