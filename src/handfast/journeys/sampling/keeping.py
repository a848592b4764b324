"""The registers of a sample, written and moved by both sides through the verbs of the room."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handfast.foundation.scope import entered
from handfast.governance.actions import move_entry, write_entry
from handfast.governance.queries.entries import space_to_write_in
from handfast.governance.reading.said import EntrySaid
from handfast.governance.registers import REGISTERS

if TYPE_CHECKING:
    from collections.abc import Callable

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.journeys.samples.entries import SampleEntry

A_LITTLE_LATER = timedelta(hours=1)


def keep_entry(told: SampleEntry, deal: Engagement, acting: Callable[[str], Actor]) -> None:
    """Write one entry at its instant, and let it go through its states in the hours after."""
    actor, at = acting(told.by), told.at
    said = EntrySaid(told.title, told.text, acting(told.owner).person, told.due_on, told.tags, told.own)
    with entered(actor.reach):
        space = space_to_write_in(actor, deal, is_internal=told.is_internal)
        entry = write_entry(actor, space, register=REGISTERS[told.register], said=said, at=at)
        for to in told.moves:
            at += A_LITTLE_LATER
            entry = move_entry(actor, entry, to=to, at=at)
