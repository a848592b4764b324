"""A support desk at work: persons in shifts take tickets from a queue, and a queue makes everything later."""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

from handfast.journeys.samples.chance import MILLE, Chance
from handfast.journeys.samples.hours import HOUR, second_of
from handfast.journeys.samples.resolving import Resolver
from handfast.journeys.samples.tickets import arriving

if TYPE_CHECKING:
    from handfast.journeys.samples.plan import DeskPlan
    from handfast.journeys.samples.tickets import Ticket

MINUTE = 60
# What one waiting ticket adds to the time that work takes, in thousandths, and the most that all can add.
DRAG, MOST_DRAG = 4, 700
# Persons at work where the other site has its holiday: some help out.
COVER = 1800
RANK = {"P2": 0, "P3": 1, "P4": 2}
SHIFT, ARRIVAL, FREE = 0, 1, 2


def worked(plan: DeskPlan) -> list[Ticket]:
    """The tickets of the plan in the order of their numbers, each with all its events, also later ones."""
    chance = Chance(plan.seed)
    tickets = arriving(plan, chance)
    _Desk(plan, chance, tickets).work()
    return tickets


class _Desk:
    """The state of the simulation: what happens next, who waits, who is free.

    `happenings` are (instant, order, kind, what): a shift's place, a ticket's or a person's.
    """

    def __init__(self, plan: DeskPlan, chance: Chance, tickets: list[Ticket]) -> None:
        self.chance, self.tickets = chance, tickets
        self.pace = plan.pace
        self.resolver = Resolver(plan, chance)
        self.hours = self.resolver.hours
        self.persons = _persons(plan)
        self.queue: list[tuple[int, int, int]] = []
        self.free: list[tuple[int, int]] = []
        self.happenings = [(start, SHIFT, place) for place, (start, _, _) in enumerate(self.persons)]
        self.happenings += [
            (ticket.created, ARRIVAL, place)
            for place, ticket in enumerate(tickets)
            if not self._urgent(ticket)
        ]
        heapify(self.happenings)

    def work(self) -> None:
        while self.happenings:
            at, kind, place = heappop(self.happenings)
            if kind == ARRIVAL:
                self._arrives(at, place)
            else:
                heappush(self.free, (-self.persons[place][1], place))
            self._hand_out(at)

    def _urgent(self, ticket: Ticket) -> bool:
        """P1 goes to the person on duty, day and night, and never waits in the queue."""
        if ticket.priority != "P1":
            return False
        ticket.add(ticket.created, "Created")
        ticket.site = self.persons[self.chance.between(0, len(self.persons) - 1)][2]
        replied = ticket.created + self.chance.skewed(self.pace.urgent_reply)
        ticket.add(replied, "First reply")
        self.resolver.resolve_urgent(ticket, replied)
        return True

    def _arrives(self, at: int, place: int) -> None:
        ticket = self.tickets[place]
        if not ticket.events:
            ticket.add(at, "Created")
            if self.chance.happens(self.pace.is_misrouted):
                found = self.hours.later(at, self.chance.between(3 * HOUR, 9 * HOUR))
                heappush(self.happenings, (found, ARRIVAL, place))
                return
        heappush(self.queue, (RANK[ticket.priority], ticket.created, place))

    def _hand_out(self, at: int) -> None:
        """Give waiting tickets to free persons, those first whose shift ends last."""
        while self.queue and self.free:
            ends, person = self.free[0]
            if -ends <= at:
                self.free.clear()  # the others' shifts ended before
                return
            heappop(self.free)
            _, _, place = heappop(self.queue)
            done = self._takes(at, self.tickets[place], self.persons[person][2])
            if done < -ends:
                heappush(self.happenings, (done, FREE, person))

    def _takes(self, at: int, ticket: Ticket, site: str) -> int:
        """One person reads, replies and works on; returns when that person is free again."""
        spent = max(self.chance.skewed(self.pace.spent), 3 * MINUTE)
        replied = at + min(self.chance.between(MINUTE, 6 * MINUTE), spent - MINUTE)
        ticket.site = site
        ticket.add(replied, "First reply")
        drag = MILLE + min(len(self.queue) * DRAG, MOST_DRAG)
        self.resolver.resolve(ticket, at + spent, drag)
        return at + spent


def _persons(plan: DeskPlan) -> list[tuple[int, int, str]]:
    """(start, end, site) of every person's every shift."""
    found = []
    for day in plan.days():
        present = plan.strain_of(day).persons
        if any(site.joins <= day < site.leaves and day in site.holidays for site in plan.sites):
            present = present * COVER // MILLE
        for site in plan.sites:
            for shift in site.shifts if site.works_on(day) else ():
                starts = second_of(day, shift.starts, plan.zone)
                ends = second_of(day, shift.ends, plan.zone)
                persons = (shift.persons * present + day.toordinal() * 397 % MILLE) // MILLE
                found += [(starts, ends, site.name)] * persons
    return found
