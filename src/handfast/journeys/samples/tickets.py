"""The tickets of a simulated desk, and how they arrive: by season, weekday and hour."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from handfast.journeys.samples.chance import MILLE
from handfast.journeys.samples.hours import HOUR, second_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from handfast.journeys.samples.chance import Chance
    from handfast.journeys.samples.plan import DeskPlan

Priority = Literal["P1", "P2", "P3", "P4"]
PRIORITIES: tuple[Priority, ...] = ("P1", "P2", "P3", "P4")
# Customers in Europe write in the morning, those in North America in the afternoon and evening of Belgrade.
BY_HOUR = (
    14, 8, 5, 4, 4, 6, 12, 26, 52, 66, 68, 64, 56, 62, 78, 92, 98, 94, 82, 66, 48, 34, 25, 18,
)  # fmt: skip
EVENLY = (1,) * 24
# The tickets of a weekday on which no site works, in thousandths.
QUIET = 320
BY_WEEKDAY = (1140, 1060, 1020, 980, 900, 190, 160)
INCIDENTS = (
    "Sign-on loop after password reset", "Export stops at row 65536", "Invoice shows last month's address",
    "Report page loads slowly", "Import refuses a valid file", "Webhook arrives twice",
    "Dashboard empty after update", "Search misses new records", "Mail notifications come late",
    "Currency rounding differs in summary",
)  # fmt: skip
QUESTIONS = (
    "How to add a second approver", "Where to change the billing contact", "Access for a new colleague",
    "Meaning of the status archived", "Copy of the January invoice", "Limits of the free workspace",
    "Connect a calendar", "Change of company name", "Training material for new users", "Merge two accounts",
)  # fmt: skip
QUESTION_OF = {"P1": 0, "P2": 0, "P3": 860, "P4": 950}


class Event(NamedTuple):
    """A change of status; `mail` is the id of the message that went with it."""

    at: int
    status: str
    mail: str = ""


@dataclass(slots=True)
class Ticket:
    """One ticket: what the customer brought, and what the desk made of it."""

    number: int
    created: int
    priority: Priority
    kind: Literal["incident", "question"]
    subject: str
    site: str = ""
    at_once: bool = False
    rating: int = 0
    events: list[Event] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"LUM-{self.number}"

    def first(self, status: str) -> int | None:
        return next((event.at for event in self.events if event.status == status), None)

    def add(self, at: int, status: str, mail: str = "") -> None:
        self.events.append(Event(at, status, mail))


def arriving(plan: DeskPlan, chance: Chance) -> list[Ticket]:
    """All tickets up to the plan's end, numbered as they come."""
    found = [ticket for day in plan.days() for ticket in _of_day(plan, chance, day)]
    if plan.outage is not None:
        for _ in range(plan.outage.tickets):
            created = chance.between(plan.outage.starts, plan.outage.ends)
            priority = PRIORITIES[1 + chance.weighted((3, 7))]
            found.append(Ticket(0, created, priority, "incident", plan.outage.subject))
    known = sorted((one for one in found if one.created < plan.ends_at), key=lambda ticket: ticket.created)
    for place, ticket in enumerate(known):
        ticket.number = plan.first_number + place
    return known


def _of_day(plan: DeskPlan, chance: Chance, day: date) -> Iterator[Ticket]:
    volume = plan.tickets_a_weekday * BY_WEEKDAY[day.weekday()] * plan.strain_of(day).volume // MILLE**2
    if not any(site.works_on(day) for site in plan.sites):
        volume = min(volume, plan.tickets_a_weekday * QUIET // MILLE)
    count = volume * chance.between(900, 1100) // MILLE
    midnight = second_of(day, 0, plan.zone)
    for _ in range(count):
        priority = PRIORITIES[chance.weighted(plan.priorities)]
        # Systems break around the clock, also when nobody writes questions.
        hour = chance.weighted(EVENLY if priority == "P1" and chance.happens(400) else BY_HOUR)
        is_question = chance.happens(QUESTION_OF[priority])
        yield Ticket(
            0,
            midnight + hour * HOUR + chance.between(0, HOUR - 1),
            priority,
            "question" if is_question else "incident",
            chance.one_of(QUESTIONS if is_question else INCIDENTS),
        )
