"""Checks of the registers: entries that nobody will close."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handfast.governance.registers import REGISTERS
from handfast.journeys.health.declared import Finding, Way, check, many, named
from handfast.journeys.stages import day_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handfast.journeys.health.facts import EntrySeen, Facts

LATE_DAYS = 90
WITH_OWNERS = ("issues", "actions")


@check("Registers", "gap")
def entries_without_owner(facts: Facts) -> Iterator[Finding]:
    """Open issues and actions that belong to nobody."""
    lost = (one for one in facts.entries if one.register in WITH_OWNERS and one.owner is None)
    yield from _told(facts, lost, "without an owner", "")


@check("Registers", "gap")
def entries_long_overdue(facts: Facts) -> Iterator[Finding]:
    """Open entries whose day passed more than 90 days ago."""
    limit = facts.today - timedelta(days=LATE_DAYS)
    late = (one for one in facts.entries if one.due_on and one.due_on < limit)
    yield from _told(facts, late, f"more than {LATE_DAYS} days overdue", "overdue=1")


@check("Registers", "contradiction")
def owner_is_gone(facts: Facts) -> Iterator[Finding]:
    """Open entries whose owner is not in the deal any more."""
    here = {one.person for one in facts.members}
    gone = (one for one in facts.entries if one.owner and one.owner not in here)
    yield from _told(facts, gone, "whose owner is not in the deal any more", "")


@check("Registers", "contradiction")
def due_before_start(facts: Facts) -> Iterator[Finding]:
    """Open actions that were due before the contract began."""
    start = facts.starts_on
    early = (
        one
        for one in facts.entries
        if start and one.register == "actions" and one.due_on and one.due_on < start
    )
    said = f"due before the contract began on {day_text(start)}" if start else ""
    yield from _told(facts, early, said, "")


def _told(facts: Facts, entries: Iterable[EntrySeen], why: str, query: str) -> Iterator[Finding]:
    """One finding a register, apart for what the own side keeps for itself."""
    found: dict[tuple[str, bool], list[EntrySeen]] = {}
    for one in entries:
        found.setdefault((one.register, one.is_internal), []).append(one)
    for (register, is_internal), rows in found.items():
        kept = REGISTERS[register]
        word = f"open {kept.singular if len(rows) == 1 else kept.name}".lower()
        page, place = "governance:entries", (facts.engagement, register)
        way = Way(f"Open the {kept.name.lower()}", page, place, query)
        if len(rows) == 1:
            way = Way(f"Open {rows[0].name}", "governance:entry", (facts.engagement, rows[0].id))
        names = named([one.name for one in rows])
        yield Finding(f"{many(len(rows), word, word)} {why}: {names}.", way, is_internal)
