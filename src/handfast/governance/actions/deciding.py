"""Ask a decision of somebody by name, and give it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.foundation.outbox import later
from handfast.foundation.refusals import Conflict
from handfast.foundation.texts import block_fault
from handfast.governance.actions.entries import amend_entry, move_entry
from handfast.governance.models import DecisionRequest, RegisterEntry
from handfast.governance.permissions import may_change_entry, may_give_decision
from handfast.governance.queries.decisions import check_asked, is_to_be_decided
from handfast.governance.queries.entries import today_in
from handfast.governance.reading.frozen import three_lines
from handfast.governance.reading.said import said_of
from handfast.governance.refusals import DecisionGiven, DecisionRefused

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from handfast.foundation.actor import Actor

# The kinds of rows in the outbox that a later room does.
DECISION_ASKED, DECISION_GIVEN = "governance.decision_asked", "governance.decision_given"
LONGEST_REASON = 1_000
Answer = DecisionRequest.Answer


@action(permits=may_change_entry, records="decision.asked")
def ask_decision(
    actor: Actor, entry: RegisterEntry, /, *, person: UUID | None, if_silent: str, at: datetime, as_seen: str | None = None
) -> DecisionRequest:  # fmt: skip
    """Ask it of somebody who can decide it, by its day; asked of them anew, the link before it ends. Raises DecisionRefused, Conflict."""
    line = check_asked(entry, person, if_silent, at=at)
    open_ones = DecisionRequest.objects.filter(space=entry.space, entry=entry, person_id=person)
    open_ones.filter(answered_at__isnull=True, withdrawn_at__isnull=True).update(withdrawn_at=at)
    made: DecisionRequest = DecisionRequest.objects.create(
        space=entry.space, entry=entry, person_id=person, if_silent=line, sha256=three_lines(entry, line).sha256,
        asked_at=at, asked_by_id=actor.person, asked_for_id=actor.organisation,
    )  # fmt: skip
    later(DECISION_ASKED, made, due_at=at, actor=actor)
    return made


@action(permits=may_give_decision, records="decision.given")
def give_decision(
    actor: Actor, request: DecisionRequest, /, *, answer: str, reason: str, sha256: str, is_by_mail: bool, at: datetime
) -> DecisionRequest:  # fmt: skip
    """Decide on the three lines whose digest was shown. The entry becomes what its register says.

    Raises DecisionGiven, DecisionRefused, Conflict where the lines say something else by now.
    """
    entry = request.entry
    if request.answered_at or request.withdrawn_at or not is_to_be_decided(entry):
        raise DecisionGiven("this was decided, or asked anew, meanwhile: look at its entry")
    if three_lines(entry, request.if_silent).sha256 != sha256:
        raise Conflict(
            "what is to be decided was changed since you opened it: read it again, nothing was decided"
        )
    request.reason = _checked(answer, reason)
    request.answer, request.answered_at, request.is_by_mail, request.sha256 = answer, at, is_by_mail, sha256
    request.save(update_fields=["reason", "answer", "answered_at", "is_by_mail", "sha256"])
    said, word = said_of(entry), Answer(answer).label
    own = dict(said.own) | {
        "decided": f"{word}: {entry.title}",
        "decided_on": today_in(entry.engagement, at).isoformat(),
    }
    if request.reason:
        own["because"] = request.reason
    amended = amend_entry(actor, entry, said=replace(said, own=own), at=at)
    move_entry(actor, amended, to="decided", at=at)
    later(DECISION_GIVEN, request, due_at=at, actor=actor)
    return request


def _checked(answer: str, reason: str) -> str:
    told, faults = reason.replace("\r\n", "\n").strip(), []
    if answer not in Answer.values:
        faults.append(("answer", f"choose one of {', '.join(Answer.values)}"))
    if answer == Answer.REJECTED and not told:
        faults.append(("reason", "say why it is rejected"))
    if fault := block_fault(told, most=LONGEST_REASON):
        faults.append(("reason", fault))
    if faults:
        raise DecisionRefused("not decided: " + "; ".join(fault for _, fault in faults), faults)
    return told
