"""From the first reply to the end of a ticket: waiting for the customer, resolving, reopening, and the survey."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from handfast.journeys.samples.chance import MILLE
from handfast.journeys.samples.hours import HOUR
from handfast.journeys.samples.plan import Strain

if TYPE_CHECKING:
    from handfast.journeys.samples.chance import Chance
    from handfast.journeys.samples.plan import DeskPlan
    from handfast.journeys.samples.tickets import Ticket

MINUTE = 60
PLACES = {"P1": 0, "P2": 1, "P3": 2, "P4": 3}
# How often 1 to 5 is given, of a thousand, by those served in time and by those who waited or came back.
CONTENT, ANNOYED = (14, 20, 60, 302, 604), (110, 140, 210, 310, 230)
ANNOYING = 20 * HOUR


class Resolver:
    """Writes the later events of tickets, one after the other in the order they are taken."""

    def __init__(self, plan: DeskPlan, chance: Chance) -> None:
        self.chance, self.pace, self.strains = chance, plan.pace, plan.strains
        self.hours = plan.hours()
        self.mails = 0

    def resolve(self, ticket: Ticket, at: int, drag: int) -> None:
        """On from the first person's work at `at`: at once, or by the second line in working hours."""
        if ticket.kind == "question" and self.chance.happens(self.pace.resolved_at_once):
            ticket.at_once = True
            ticket.add(at, "Resolved")
        else:
            ticket.add(at, "In progress")
            work = self.chance.skewed(self.pace.work[PLACES[ticket.priority]])
            work = work * drag // MILLE * self._strain(at).work // MILLE
            if self.chance.happens(self.pace.waits_for_customer):
                part = work * self.chance.between(200, 700) // MILLE
                at = self._waits(ticket, self.hours.later(at, part), 9 * HOUR)
                work -= part
            ticket.add(self.hours.later(at, work), "Resolved")
        self._after(ticket)

    def resolve_urgent(self, ticket: Ticket, at: int) -> None:
        """P1: worked on without a break."""
        work = self.chance.skewed(self.pace.work[0]) * self._strain(at).urgent_work // MILLE
        begun = at + self.chance.between(MINUTE, 9 * MINUTE)
        ticket.add(begun, "In progress")
        at = begun
        if self.chance.happens(self.pace.waits_for_customer // 2):
            part = work * self.chance.between(200, 700) // MILLE
            at = self._waits(ticket, at + part, HOUR)
            work -= part
        ticket.add(at + work, "Resolved")
        self._after(ticket)

    def _strain(self, at: int) -> Strain:
        return self.strains.get(f"{datetime.fromtimestamp(at, UTC):%Y-%m}", Strain())

    def _waits(self, ticket: Ticket, at: int, median: int) -> int:
        """Ask the customer by mail, and go on when the answer comes."""
        self.mails += 1
        ticket.add(at, "Waiting for customer", f"M-{self.mails}")
        answered = at + max(self.chance.skewed(median), 5 * MINUTE)
        ticket.add(answered, "Customer answered")
        return answered

    def _after(self, ticket: Ticket) -> None:
        resolved = ticket.events[-1].at
        if self.chance.happens(self.pace.is_reopened):
            reopened = resolved + self.chance.between(HOUR, 45 * HOUR)
            ticket.add(reopened, "Reopened")
            again = self.chance.skewed(50 * MINUTE)
            is_urgent = ticket.priority == "P1"
            resolved = reopened + again if is_urgent else self.hours.later(reopened, again)
            ticket.add(resolved, "Resolved")
            ticket.at_once = False
        if self.chance.happens(self.pace.is_rated):
            late = self.hours.worked(ticket.created, resolved) > ANNOYING or len(ticket.events) > 6  # noqa: PLR2004 - asked and reopened
            ticket.rating = 1 + self.chance.weighted(ANNOYED if late else CONTENT)
            ticket.add(resolved + self.chance.between(5 * MINUTE, 40 * HOUR), "Survey answered")
