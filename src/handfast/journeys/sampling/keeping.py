"""The registers of a sample, written and moved by both sides through the verbs of the room."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from handfast.evidence.actions import attach_file, relate_things, write_comment
from handfast.evidence.files.kept import incoming, looked_through
from handfast.evidence.queries.things import space_for
from handfast.evidence.reading.said import CommentSaid
from handfast.foundation.files.staged import staged_in
from handfast.foundation.scope import entered
from handfast.governance.actions import move_entry, save_view, write_entry
from handfast.governance.models import RegisterEntry, SavedView
from handfast.governance.queries.asked import asked_of
from handfast.governance.queries.entries import space_to_write_in
from handfast.governance.queries.things import thing_of
from handfast.governance.queries.views import ViewSaid
from handfast.governance.reading.said import EntrySaid
from handfast.governance.registers import REGISTERS
from handfast.people.queries import own_space_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.journeys.samples.entries import SampleEntry, SampleView

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
    _comment(told, entry, acting)
    _attach(told, entry, acting)
    if told.linked_with:
        _link(told, entry, actor)


def keep_view(told: SampleView, deal: Engagement, acting: Callable[[str], Actor]) -> None:
    """Save a view of a register, shared with the side of whoever saves it."""
    actor, register = acting(told.by), REGISTERS[told.register]
    said = ViewSaid(told.name, asked_of(register, told.asked), SavedView.SIDE)
    with entered(actor.reach):
        save_view(actor, own_space_of(actor, deal.pk), register=register, said=said, at=told.at)


def _comment(told: SampleEntry, entry: RegisterEntry, acting: Callable[[str], Actor]) -> None:
    """Say what was said about it in the days after."""
    for one in told.comments:
        actor = acting(one.by)
        with entered(actor.reach):
            thing = thing_of(entry)
            space = space_for(actor, thing, "own" if one.is_internal else "shared")
            said = CommentSaid(one.text, acting(one.tells).person if one.tells else None)
            write_comment(actor, space, thing=thing, said=said, at=told.at + timedelta(days=one.days))


def _attach(told: SampleEntry, entry: RegisterEntry, acting: Callable[[str], Actor]) -> None:
    """Put beside it what was brought in the days after."""
    for one in told.files:
        actor, at = acting(one.by), told.at + timedelta(days=one.days)
        with entered(actor.reach):
            thing = thing_of(entry)
            space = space_for(actor, thing, "own" if one.is_internal else "shared")
        with (
            staged_in(incoming(), [one.text.encode()], one.name) as (_, staged),
            looked_through(staged, space.pk) as file,
        ):
            attach_file(actor, space, thing=thing, file=file, at=at)


def _link(told: SampleEntry, entry: RegisterEntry, actor: Actor) -> None:
    """Say with which earlier entry it belongs together."""
    with entered(actor.reach):
        earlier = RegisterEntry.objects.get(engagement_id=entry.engagement_id, title=told.linked_with)
        thing, to = thing_of(entry), thing_of(earlier)
        relate_things(
            actor, space_for(actor, thing, "shared"), thing=thing, to=to, at=told.at + A_LITTLE_LATER
        )
