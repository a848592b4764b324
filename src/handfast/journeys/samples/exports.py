"""Exports of a simulated help desk: one CSV a month, as its reporting would send it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from handfast.journeys.samples.hours import second_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet

    from handfast.journeys.samples.tickets import Ticket

HEADER = "ticket,at,status,step,priority,kind,subject,site,mail,first_contact,rating\n"


@dataclass(frozen=True, slots=True)
class Upload:
    """One file as it is received: `content` is read by the mapping of `source` in the terms."""

    source: str
    file_name: str
    content: bytes
    received_at: datetime


def instant(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)


def months_of(first: date, last: date) -> list[str]:
    """The months from that of `first` to that of `last`, as 2026-03."""
    count = (last.year - first.year) * 12 + last.month - first.month
    return [
        f"{first.year + (first.month - 1 + n) // 12}-{(first.month - 1 + n) % 12 + 1:02}"
        for n in range(count + 1)
    ]


def month_starts(month: str, zone: str) -> int:
    year, number = (int(part) for part in month.split("-"))
    return second_of(date(year, number, 1), 0, zone)


def month_ends(month: str, zone: str) -> int:
    year, number = (int(part) for part in month.split("-"))
    return second_of(date(year + number // 12, number % 12 + 1, 1), 0, zone)


def monthly(
    tickets: Iterable[Ticket], pulls: dict[str, int], zone: str, withheld: AbstractSet[int] = frozenset()
) -> list[Upload]:
    """One export a month: every ticket opened by its end and touched since its start, whole up to the pull.

    `pulls` says for each month, in order, when its export is made; `withheld` numbers are in none but the last.
    """
    borders = [(month, month_starts(month, zone), month_ends(month, zone)) for month in pulls]
    last = next(reversed(pulls))
    chosen: dict[str, list[Ticket]] = defaultdict(list)
    for ticket in tickets:
        touched = max(event.at for event in ticket.events)
        for month, starts, ends in borders:
            if (
                ticket.created < ends
                and touched >= starts
                and (month == last or ticket.number not in withheld)
            ):
                chosen[month].append(ticket)
            if ends > touched:
                break
    return [
        Upload("tickets", f"helpdesk-{month}.csv", csv_of(chosen[month], pull), instant(pull))
        for month, pull in pulls.items()
    ]


def csv_of(tickets: Iterable[Ticket], pull: int) -> bytes:
    """The events of tickets known at the pull, one a line."""
    lines = [HEADER]
    for ticket in tickets:
        lines += _lines(ticket, pull)
    return "".join(lines).encode()


def _lines(ticket: Ticket, pull: int) -> list[str]:
    same = f"{ticket.priority},{ticket.kind},{ticket.subject}"
    lines, flag, site = [], "", ""
    for step, event in enumerate(ticket.events, 1):
        if event.at > pull:
            break
        if event.status == "First reply":
            site = ticket.site
        elif event.status == "Resolved":
            flag = "yes" if ticket.at_once else "no"
        rating = str(ticket.rating) if event.status == "Survey answered" else ""
        at = f"{instant(event.at).isoformat()[:-6]}Z"
        lines.append(f"{ticket.name},{at},{event.status},{step},{same},{site},{event.mail},{flag},{rating}\n")
    return lines
