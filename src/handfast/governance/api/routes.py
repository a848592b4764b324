"""The operations on registers. Annotations are values here: ninja reads them."""

from typing import Any
from uuid import UUID

from ninja import Query, Router, Status

from handfast.engagement.queries import engagement_seen_by
from handfast.evidence.queries.things import AUDIENCES
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.web.doors import ActorRequest
from handfast.governance.actions import amend_entry, change_entry, move_entry, write_entry
from handfast.governance.api.decisions import router as decisions
from handfast.governance.api.intake import router as intake
from handfast.governance.api.schemas import (
    AmendedEntryIn,
    ChangedOut,
    EntriesAsked,
    EntriesOut,
    EntryIn,
    EntryOut,
    MoveIn,
    NewEntryIn,
    RegisterOut,
    TogetherIn,
)
from handfast.governance.api.views import router as views
from handfast.governance.models import RegisterEntry
from handfast.governance.permissions import may_keep_registers
from handfast.governance.queries.asked import asked_of, chosen
from handfast.governance.queries.entries import (
    entries_seen_by,
    entry_seen_by,
    is_register_of,
    register_seen_by,
    space_to_write_in,
    today_in,
)
from handfast.governance.queries.together import Wanted, chosen_entries, told_of_each
from handfast.governance.reading.said import EntrySaid
from handfast.governance.refusals import EntryRefused
from handfast.governance.registers import REGISTERS, Register

router = Router(tags=["governance"])
router.add_router("", decisions)
router.add_router("", intake)
router.add_router("", views)
ENGAGEMENT = "/engagements/{uuid:engagement}"
ENTRIES = f"{ENGAGEMENT}/registers/{{register_key}}/entries"
ENTRY = "/entries/{uuid:item}"


@router.get(f"{ENGAGEMENT}/registers", response=list[RegisterOut])
def registers(request: ActorRequest, engagement: UUID) -> list[dict[str, Any]]:
    """Every register with its own fields, states and moves."""
    deal = engagement_seen_by(request.actor, engagement)
    return [_register(one) for one in REGISTERS.values() if is_register_of(request.actor, deal, one)]


@router.get(ENTRIES, response=EntriesOut)
def entries(
    request: ActorRequest, engagement: UUID, register_key: str, asked: Query[EntriesAsked]
) -> dict[str, Any]:
    """The entries that the caller sees, filtered and sorted."""
    deal = engagement_seen_by(request.actor, engagement)
    kept = register_seen_by(request.actor, deal, register_key)
    given = asked_of(kept, asked.dict(exclude={"limit", "offset"}))
    rows = entries_seen_by(request.actor, deal.pk, kept)
    rows = chosen(rows, given, kept, deal, today=today_in(deal, request.at))
    part = rows[asked.offset : asked.offset + asked.limit]
    return {"count": rows.count(), "entries": [_entry(one) for one in part]}


@router.post(ENTRIES, response={201: EntryOut})
def post_entry(
    request: ActorRequest, engagement: UUID, register_key: str, given: NewEntryIn
) -> Status[dict[str, Any]]:
    """Write a new entry, in its register's first state."""
    deal = engagement_seen_by(request.actor, engagement)
    kept = register_seen_by(request.actor, deal, register_key)
    if given.audience not in AUDIENCES:
        said = f"choose one of {', '.join(AUDIENCES)}"
        raise EntryRefused(f"the {kept.singular} is not kept: audience: {said}", [("audience", said)])
    space = space_to_write_in(request.actor, deal, is_internal=given.audience == "own")
    made = write_entry(request.actor, space, register=kept, said=_said(given), at=request.at)
    return Status(201, _entry(made))


@router.post(f"{ENGAGEMENT}/registers/{{register_key}}/changes", response=list[ChangedOut])
def post_changes(
    request: ActorRequest, engagement: UUID, register_key: str, given: TogetherIn
) -> list[dict[str, Any]]:
    """Change several entries alike, each for itself: one that is refused holds up no other."""
    deal = engagement_seen_by(request.actor, engagement)
    kept = register_seen_by(request.actor, deal, register_key)
    if not may_keep_registers(request.actor, deal.pk):
        raise NotPermitted("entries changed together: your role does not include it")
    if given.to is not None and given.to not in (one.key for one in kept.states):
        said = f"choose one of {', '.join(one.key for one in kept.states)}"
        raise EntryRefused(f"nothing is changed: to: {said}", [("to", said)])
    seen = {one.id: one.as_seen for one in given.entries}
    entries = chosen_entries(request.actor, deal.pk, kept, seen)
    wanted = Wanted(given.to, given.owner_id, given.is_nobodys, given.due_on)

    def change(one: RegisterEntry) -> None:
        change_entry(request.actor, one, wanted=wanted, at=request.at, as_seen=seen[one.pk])

    return [
        {"id": one.entry.pk, "name": one.entry.name, "outcome": one.outcome, "why": one.why}
        for one in told_of_each(entries, change)
    ]


@router.get(ENTRY, response=EntryOut)
def show_entry(request: ActorRequest, item: UUID) -> dict[str, Any]:
    return _entry(entry_seen_by(request.actor, item))


@router.put(ENTRY, response=EntryOut)
def put_entry(request: ActorRequest, item: UUID, given: AmendedEntryIn) -> dict[str, Any]:
    """Let it say what is sent; its state stays."""
    found = entry_seen_by(request.actor, item)
    return _entry(amend_entry(request.actor, found, said=_said(given), at=request.at, as_seen=given.as_seen))


@router.post(f"{ENTRY}/state", response=EntryOut)
def post_state(request: ActorRequest, item: UUID, given: MoveIn) -> dict[str, Any]:
    """Move it to a state that can follow its own."""
    found = entry_seen_by(request.actor, item)
    return _entry(move_entry(request.actor, found, to=given.to, at=request.at, as_seen=given.as_seen))


def _said(given: EntryIn) -> EntrySaid:
    return EntrySaid(
        given.title, given.text, given.owner_id, given.due_on, tuple(given.tags), dict(given.own)
    )


def _entry(one: RegisterEntry) -> dict[str, Any]:
    return {
        "id": one.pk, "register_key": one.register, "number": one.number, "name": one.name,
        "is_internal": one.is_internal, "title": one.title, "text": one.text, "owner_id": one.owner_id,
        "due_on": one.due_on, "state": one.state, "is_done": one.is_done,
        "can_become": [state.key for state in one.kept_in.after(one.state)], "tags": one.tag_list, "own": one.own,
        "created_at": one.created_at, "created_by_id": one.created_by_id, "changed_at": one.changed_at,
        "changed_by_id": one.changed_by_id, "seen_as": one.seen_as,
    }  # fmt: skip


def _register(one: Register) -> dict[str, Any]:
    return {
        "key": one.key, "name": one.name, "prefix": one.prefix, "purpose": one.purpose,
        "states": [
            {"key": state.key, "name": state.name, "to": state.to, "needs": state.needs, "is_done": state.is_done}
            for state in one.states
        ],
        "own": [
            {"key": own.key, "label": own.label, "kind": own.kind, "choices": [key for key, _ in own.choices]}
            for own in one.own
        ],
    }  # fmt: skip
