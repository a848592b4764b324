"""What the two sides of the standard sample agreed about March, and which records that concerns."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from handfast.journeys.samples.hours import HOUR, second_of
from handfast.journeys.samples.sample import BELGRADE, SampleAdjustment, entry_of
from handfast.journeys.samples.tickets import Event

if TYPE_CHECKING:
    from handfast.journeys.samples.hours import Hours
    from handfast.journeys.samples.plan import Outage
    from handfast.journeys.samples.tickets import Ticket

P1_TARGET, P2_TARGET = 4 * HOUR, 16 * HOUR
LATE_RECORDS, PAUSES, OUTAGE_RECORDS = 41, 6, 38
MARCH = (second_of(date(2026, 3, 1), 0, BELGRADE), second_of(date(2026, 4, 1), 0, BELGRADE))


def pause_without_mail(tickets: list[Ticket]) -> list[Ticket]:
    """Six P1 of March that took too long are paused just long enough, and no mail goes to the customer.

    They are spread over those that could be; their events are changed here.
    """
    could = [one for one in _opened_in_march(tickets, "P1") if _is_just_late(one)]
    chosen = [could[place * len(could) // PAUSES] for place in range(PAUSES)]
    for place, ticket in enumerate(chosen):
        resolved = ticket.events[3].at
        length = resolved - ticket.created - P1_TARGET + 60 * (7 + 5 * place)
        starts = (ticket.events[2].at + resolved - length) // 2
        ticket.events[3:3] = [
            Event(starts, "Waiting for customer"),
            Event(starts + length, "In progress"),
        ]
    return chosen


def _opened_in_march(tickets: list[Ticket], priority: str) -> list[Ticket]:
    return [one for one in tickets if one.priority == priority and MARCH[0] <= one.created < MARCH[1]]


def _is_just_late(ticket: Ticket) -> bool:
    """Straight to its end, over the target, and with enough work after the reply to hide the rest in a pause."""
    if [event.status for event in ticket.events[:4]] != ["Created", "First reply", "In progress", "Resolved"]:
        return False
    if any(event.status == "Reopened" for event in ticket.events):
        return False
    taken = ticket.events[3].at - ticket.created
    return P1_TARGET + HOUR // 3 < taken < P1_TARGET + 2 * HOUR


def stop_work_during(outage: Outage, tickets: list[Ticket], hours: Hours) -> None:
    """Nobody can work on P2 during the outage: whatever comes after its beginning comes so much later."""
    for ticket in _opened_in_march(tickets, "P2"):
        if _is_open_through(ticket, outage):
            lost = hours.worked(max(outage.starts, ticket.created), outage.ends)
            ticket.events[:] = [
                event._replace(at=hours.later(event.at, lost))
                if event.at > outage.starts and event.status not in {"Created", "First reply"}
                else event
                for event in ticket.events
            ]


def touched_by(outage: Outage, tickets: list[Ticket], hours: Hours) -> list[Ticket]:
    """Thirty-eight P2 that were open during the whole outage, those first that it made late."""
    length = hours.worked(outage.starts, outage.ends)

    def is_made_late(ticket: Ticket) -> bool:
        taken = sum(
            hours.worked(event.at, after.at)
            for event, after in zip(ticket.events, ticket.events[1:], strict=False)
            if event.status not in {"Waiting for customer", "Resolved"}
        )
        return P2_TARGET < taken <= P2_TARGET + length

    found = [one for one in _opened_in_march(tickets, "P2") if _is_open_through(one, outage)]
    return sorted(found, key=lambda one: (not is_made_late(one), one.number))[:OUTAGE_RECORDS]


def _is_open_through(ticket: Ticket, outage: Outage) -> bool:
    """Created before its end, resolved after it, and not waiting for the customer in between."""
    resolved = ticket.first("Resolved") or 0
    waits, answered = ticket.first("Waiting for customer"), ticket.first("Customer answered")
    is_waiting = waits is not None and waits < outage.ends and (answered or 0) > outage.starts
    return ticket.created < outage.ends < resolved and not is_waiting


def closed_after_march(tickets: list[Ticket], pull: int, late: int) -> tuple[list[Ticket], list[Ticket]]:
    """Forty-one records of March that were closed in April and come late: (open at the export, left out of it).

    The first are the urgent ones that the export still showed as open, the others P3 that were closed just before.
    """
    still_open = [
        one
        for priority in ("P1", "P2")
        for one in _opened_in_march(tickets, priority)
        if pull < (one.first("Resolved") or 0) <= late
    ]
    could = [
        one
        for one in _opened_in_march(tickets, "P3")
        if MARCH[1] <= (one.first("Resolved") or 0) and one.events[-1].at < pull
    ]
    rest = LATE_RECORDS - len(still_open)
    return still_open, [could[place * len(could) // rest] for place in range(rest)]


def _names(tickets: list[Ticket]) -> list[str]:
    return [one.name for one in sorted(tickets, key=lambda one: one.number)]


def _at(month: int, day: int, hour: int, minute: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


def _duplicate(ticket: Ticket, reason: str) -> str:
    return entry_of(
        kind="record excluded", type="duplicate", records=[ticket.name], reason=reason, clause="4.2"
    )


def agreed_about(
    tickets: list[Ticket], paused: list[Ticket], outage: Outage, touched: list[Ticket]
) -> tuple[SampleAdjustment, ...]:
    """Seven accepted adjustments and one that waits, in the order of their proposals."""
    opened = [second_of(day, 10, BELGRADE) for day in _DUPLICATES]
    twice = [next(one for one in tickets if one.created >= at and one.priority == "P2") for at in opened]
    from_till = {
        "starts": datetime.fromtimestamp(outage.starts, UTC),
        "ends": datetime.fromtimestamp(outage.ends, UTC),
    }
    time_lost = entry_of(
        kind="time excluded", type="client outage", records=_names(touched), **from_till,
        reason="Lumen's sign-on was down, and these records could not be worked on.",
        clause="7.3 b", evidence=["Outage report of 10 March"],
    )  # fmt: skip
    no_pause = entry_of(
        kind="pause revoked", records=_names(paused), pause="waiting for customer",
        reason="There is no mail to the customer in the log.", clause="5.1",
    )  # fmt: skip
    again = "Reported twice; the ticket before it is the first."
    return (
        SampleAdjustment(
            "provider", _at(7, 22, 9, 5, 2025), _duplicate(twice[0], again), _at(7, 24, 14, 30, 2025)
        ),
        SampleAdjustment(
            "provider", _at(9, 18, 8, 40, 2025), _duplicate(twice[1], again), _at(9, 19, 13, 10, 2025)
        ),
        SampleAdjustment(
            "client", _at(12, 15, 15, 20, 2025), _duplicate(twice[2], again), _at(12, 16, 9, 45, 2025)
        ),
        SampleAdjustment("provider", _at(1, 21, 10, 0), _duplicate(twice[3], again), _at(1, 23, 16, 5)),
        SampleAdjustment("provider", _at(3, 12, 9, 30), _duplicate(twice[4], again), _at(3, 16, 13, 50)),
        SampleAdjustment("client", _at(4, 8, 14, 20), no_pause, _at(4, 9, 9, 15)),
        SampleAdjustment("provider", _at(4, 9, 11, 40), time_lost, _at(4, 13, 15, 25)),
        SampleAdjustment("provider", _at(4, 15, 12, 10), _duplicate(twice[5], again), None),
    )


_DUPLICATES = (
    date(2025, 7, 10), date(2025, 9, 9), date(2025, 12, 4), date(2026, 1, 14), date(2026, 3, 5), date(2026, 4, 9),
)  # fmt: skip
