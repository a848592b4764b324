"""What the steps of a sample have left behind, taken in as sheets through the verb of the registers."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handfast.evidence.actions import relate_things
from handfast.foundation.scope import entered
from handfast.governance.actions import take_in
from handfast.governance.models import RegisterEntry
from handfast.governance.queries.entries import space_to_write_in
from handfast.governance.queries.things import thing_of
from handfast.governance.reading.rows import Row
from handfast.governance.reading.said import EntrySaid
from handfast.governance.reading.usual import usual_rows
from handfast.governance.registers import REGISTERS
from handfast.readiness.actions import ask_relief
from handfast.readiness.reading.relief_said import ReliefSaid
from handfast.transition.models import Activity
from handfast.transition.queries.activity_things import activity_thing

if TYPE_CHECKING:
    from collections.abc import Callable

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.governance.registers import Register
    from handfast.journeys.samples.proved import SampleRelief, SampleRow, SampleSheet


def take_sheet(told: SampleSheet, deal: Engagement, acting: Callable[[str], Actor]) -> None:
    """All of its rows in one action, by whoever acts for the side."""
    actor, register = acting(told.by), REGISTERS[told.register]
    rows = (
        _usual(told, register, deal)
        if told.is_usual
        else [_row(number, one, register, acting) for number, one in enumerate(told.rows, start=1)]
    )
    with entered(actor.reach):
        space = space_to_write_in(actor, deal, is_internal=bool(register.side))
        take_in(actor, space, register=register, rows=rows, at=told.at)


def ask_for(told: SampleRelief, deal: Engagement, acting: Callable[[str], Actor]) -> None:
    """Link a late dependency with what it holds up, and ask to be relieved for it."""
    actor = acting(told.by)
    with entered(actor.reach):
        entry = RegisterEntry.objects.select_related("engagement", "space").get(
            engagement=deal, register="dependencies", title=told.dependency
        )
        held = Activity.objects.select_related("plan", "space").filter(
            plan__engagement=deal, key=told.activity
        )
        thing, last = thing_of(entry), held.order_by("-wave").first()
        if last is not None:
            relate_things(actor, entry.space, thing=thing, to=activity_thing(last), at=told.at)
    said = ReliefSaid(told.days, told.reason, told.effect)
    ask_relief(actor, entry, said=said, at=told.at)


def _row(number: int, one: SampleRow, register: Register, acting: Callable[[str], Actor]) -> Row:
    owner = acting(one.owner).person if one.owner else None
    said = EntrySaid(one.title, one.text, owner, one.due_on, one.tags, dict(one.own))
    return Row(number, None, said, one.state or register.states[0].key)


def _usual(told: SampleSheet, register: Register, deal: Engagement) -> list[Row]:
    """The shipped list; the rows that are told say otherwise of theirs."""
    found = []
    for row in usual_rows(register, deal.size):
        other = next((one for one in told.rows if row.said.title.startswith(one.title)), None)
        own = dict(row.said.own) | dict(other.own if other else told.own)
        text = other.text if other and other.text else row.said.text
        state = other.state if other else told.state
        found.append(replace(row, said=replace(row.said, text=text, own=own), state=state))
    return found
