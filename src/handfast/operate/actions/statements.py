"""Make, issue, agree and dispute a month."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from handfast.foundation.actions import action
from handfast.foundation.outbox import later
from handfast.operate.models import Dispute, Statement, StatementDraft
from handfast.operate.permissions import (
    may_answer_statement,
    may_draft_statement,
    may_issue_statement,
    may_receive_statement,
    may_supersede_statement,
    may_withdraw_dispute,
)
from handfast.operate.queries.statements import check_agreeable, check_open, disputed_levels
from handfast.operate.refusals import (
    AmountMistyped,
    DisputeWithdrawn,
    DraftIssued,
    DraftOutdated,
    LevelUnknown,
    LineDisputed,
    MonthNotOver,
    NothingMoved,
    ReasonMissing,
)

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from handfast.contract.models import Agreement
    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Space
    from handfast.operate.queries.computed import Computed

State = Statement.State


@action(permits=may_draft_statement, records="statement.drafted")
def draft_statement(
    actor: Actor, space: Space, /, *, agreement: Agreement, computed: Computed, at: datetime
) -> StatementDraft:
    """Keep a computed month in the maker's own space; an earlier draft of the month is replaced."""
    values = {
        "as_of": computed.as_of,
        "body": computed.body_text,
        "digest": computed.digest,
        "inputs": computed.inputs,
        "causes": computed.causes,
        "made_at": at,
        "made_by_id": actor.person,
        "issued_at": None,
    }
    made: tuple[StatementDraft, bool] = StatementDraft.objects.update_or_create(
        space=space, agreement=agreement, period=computed.period, defaults=values
    )
    return made[0]


@action(permits=may_issue_statement, records="statement_draft.issued")
def issue_statement(
    actor: Actor, draft: StatementDraft, /, *, answer_by_on: date | None, at: datetime
) -> Statement:
    """Hand a draft over to the other side as a frozen snapshot. Raises DraftIssued, MonthNotOver, NothingMoved, DraftOutdated."""
    if draft.issued_at is not None:
        raise DraftIssued("this draft was issued: compute the month again to make a revision")
    if json.loads(draft.body)["is_provisional"]:
        raise MonthNotOver(f"{draft.period} is not over: until then its figures are provisional")
    statement = receive_statement(actor, draft.agreement, draft=draft, answer_by_on=answer_by_on, at=at)
    draft.issued_at = at
    draft.save(update_fields=["issued_at"])
    return statement


@action(permits=may_receive_statement, records="statement.issued")
def receive_statement(
    actor: Actor, agreement: Agreement, /, *, draft: StatementDraft, answer_by_on: date | None, at: datetime
) -> Statement:
    """Write the snapshot into the shared space, as the next revision of its month. Raises NothingMoved, DraftOutdated."""
    earlier = Statement.objects.filter(agreement=agreement, period=draft.period).order_by("revision").last()
    if earlier is not None and earlier.digest == draft.digest:
        raise NothingMoved(f"revision {earlier.revision} says the same: there is nothing to issue")
    _check_causes(earlier, draft)
    if earlier is not None:  # asked in the statement itself: somebody may be agreeing to it right now
        rows = Statement.objects.select_for_update().filter(pk=earlier.pk)
        if (standing := rows.exclude(state=State.AGREED).first()) is not None:
            supersede_statement(actor, standing, at=at)
    statement: Statement = Statement.objects.create(
        space_id=agreement.space_id,
        agreement=agreement,
        period=draft.period,
        revision=earlier.revision + 1 if earlier else 1,
        body=draft.body,
        digest=draft.digest,
        as_of=draft.as_of,
        inputs=draft.inputs,
        causes=draft.causes,
        issued_at=at,
        issued_by_id=actor.person,
        issued_for_id=actor.organisation,
        answer_by_on=answer_by_on,
    )
    later("operate.statement_issued", statement, due_at=at, actor=actor)
    return statement


@action(permits=may_supersede_statement, records="statement.superseded")
def supersede_statement(actor: Actor, statement: Statement, /, *, at: datetime) -> Statement:
    """A later revision takes its place; what was agreed stays as it is."""
    statement.state = State.SUPERSEDED
    statement.save(update_fields=["state"])
    return statement


@action(permits=may_answer_statement, records="statement.agreed")
def agree_statement(actor: Actor, statement: Statement, /, *, typed: str, at: datetime) -> Statement:
    """Freeze a month. `typed` is the amount, as somebody who has read it types it.

    Raises StatementFrozen, StatementSuperseded, LinesDisputed, AmountMistyped.
    """
    check_agreeable(statement)
    wanted = confirmation_of(json.loads(statement.body))
    if typed.strip().replace(",", "").replace(" ", "") != wanted.replace(",", ""):
        said = f"type {wanted} to agree to it"
        raise AmountMistyped(said, [("typed", said)])
    _answer(statement, State.AGREED, actor.person, actor.organisation, at)
    later("operate.statement_agreed", statement, due_at=at, actor=actor)
    return statement


@action(permits=may_answer_statement, records="statement.disputed")
def dispute_line(actor: Actor, statement: Statement, /, *, level: str, reason: str, at: datetime) -> Dispute:
    """Say that a line is not accepted, and why. Raises StatementFrozen, LevelUnknown, LineDisputed, ReasonMissing."""
    check_open(statement)
    levels = {one["id"] for one in json.loads(statement.body)["levels"]}
    if level not in levels:
        raise LevelUnknown(
            f"the statement has no line {level!r}", [("level", "choose a line of the statement")]
        )
    if not reason.strip():
        raise ReasonMissing("a dispute needs its reason", [("reason", "say why the line is not accepted")])
    if level in disputed_levels(statement):
        raise LineDisputed("this line is disputed already")
    dispute: Dispute = Dispute.objects.create(
        space_id=statement.space_id,
        statement=statement,
        level=level,
        reason=reason.strip(),
        raised_at=at,
        raised_by_id=actor.person,
        raised_for_id=actor.organisation,
    )
    _answer(statement, State.DISPUTED, actor.person, actor.organisation, at)
    later("operate.line_disputed", dispute, due_at=at, actor=actor)
    return dispute


@action(permits=may_withdraw_dispute, records="dispute.withdrawn")
def withdraw_dispute(actor: Actor, dispute: Dispute, /, *, at: datetime) -> Dispute:
    """Take a dispute back; with the last one the statement waits for its answer again."""
    if dispute.withdrawn_at is not None:
        raise DisputeWithdrawn("this dispute was withdrawn before")
    statement = Statement.objects.select_for_update().get(pk=dispute.statement_id)
    check_open(statement)
    dispute.withdrawn_at = at
    dispute.save(update_fields=["withdrawn_at"])
    if not disputed_levels(statement):
        _answer(statement, State.ISSUED, None, None, None)
    return dispute


def confirmation_of(body: dict[str, Any]) -> str:
    """What is typed to agree: the credit, or the month where no money hangs on it."""
    consequence = body["consequence"]
    return str(consequence["credit"]) if consequence and "credit" in consequence else body["period"]["name"]


def _answer(
    statement: Statement, state: str, person: UUID | None, organisation: UUID | None, at: datetime | None
) -> None:
    """What the other side said, who said it and when; nobody, where it is taken back."""
    statement.state = state
    statement.answered_at, statement.answered_by_id, statement.answered_for_id = at, person, organisation
    statement.save(update_fields=["state", "answered_at", "answered_by_id", "answered_for_id"])


def _check_causes(earlier: Statement | None, draft: StatementDraft) -> None:
    """A revision says what it moves since the one that it follows, and something did change."""
    if earlier is None:
        return
    if draft.causes is None or draft.causes["since"] != str(earlier.pk):
        raise DraftOutdated(f"revision {earlier.revision} was issued since: compute the month again")
    if not draft.causes["lines"]:
        raise NothingMoved(
            f"nothing has changed since revision {earlier.revision}: there is nothing to issue"
        )
