"""What the sides of the samples owe each other: handed in, answered, and once left without an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from handfast.transition.reading.deliverables import Condition, DeliverableSaid

if TYPE_CHECKING:
    from handfast.journeys.samples.sample import Side


@dataclass(frozen=True, slots=True)
class SampleRound:
    """One time that it is handed in. Without an answer it waits, or silence has accepted it where `is_deemed`."""

    at: datetime
    note: str
    answered_at: datetime | None = None
    reasons: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    is_deemed: bool = False


@dataclass(frozen=True, slots=True)
class SampleDeliverable:
    """A deliverable that the client plans; whoever acts for each side hands in and reviews."""

    at: datetime
    said: DeliverableSaid
    rounds: tuple[SampleRound, ...] = ()

    @property
    def reviews_side(self) -> Side:
        return "client" if self.said.submits_side == "provider" else "provider"


PLANNED_AT = datetime(2026, 2, 4, 15, tzinfo=UTC)
OUTAGE_AT = datetime(2026, 3, 12, 14, 30, tzinfo=UTC)


def _owed(title: str, due_on: date, text: str, *, days: int = 5, side: Side = "provider") -> DeliverableSaid:
    return DeliverableSaid(title, side, due_on, days, is_silence_acceptance=side == "provider", text=text)


STANDARD = (
    SampleDeliverable(
        PLANNED_AT,
        _owed("Training plan for Kraków", date(2026, 2, 27), "Who is trained when, by whom, and how it is tested."),
        (
            SampleRound(
                datetime(2026, 2, 26, 13, 10, tzinfo=UTC), "Two groups of twenty, three weeks each.",
                datetime(2026, 3, 2, 16, 40, tzinfo=UTC),
            ),
        ),
    ),
    SampleDeliverable(
        PLANNED_AT,
        _owed("Operating procedures for the German queue", date(2026, 3, 20), "Every step that an agent takes, with its screens."),
        (
            SampleRound(
                datetime(2026, 3, 18, 9, 45, tzinfo=UTC), "All 34 procedures.", datetime(2026, 3, 24, 19, 5, tzinfo=UTC),
                ("Procedure 12 describes the old refund screen.", "No procedure says who calls the customer back after an outage."),
            ),
            SampleRound(
                datetime(2026, 4, 8, 8, 20, tzinfo=UTC), "Procedure 12 drawn anew; 35 added for call-backs.",
                datetime(2026, 4, 13, 14, 15, tzinfo=UTC),
                conditions=(Condition("Procedure 35 is tried in a rehearsal.", date(2026, 4, 30)),),
            ),
        ),
    ),
    SampleDeliverable(
        PLANNED_AT,
        _owed("Readiness checklist for Kraków", date(2026, 3, 31), "What is in place before the first call is taken."),
        (SampleRound(datetime(2026, 3, 30, 15, tzinfo=UTC), "41 of 44 points are done.", is_deemed=True),),
    ),
    SampleDeliverable(
        PLANNED_AT,
        _owed("Access to the ticket system for 40 people", date(2026, 4, 2), "Named accounts with their roles.", side="client"),
    ),
    SampleDeliverable(
        PLANNED_AT,
        _owed("Operating procedures for the Polish queue", date(2026, 4, 15), "As for the German queue."),
        (SampleRound(datetime(2026, 4, 14, 13, 30, tzinfo=UTC), "All 34 procedures, with call-backs."),),
    ),
    SampleDeliverable(
        OUTAGE_AT,
        _owed("Report on the outage of 10 March", date(2026, 4, 24), "Cause, effect on customers, what is changed.", days=3),
    ),
)  # fmt: skip
