"""Who may make, issue and answer statements and adjustments."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handfast.contract.models import Agreement
    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Space
    from handfast.operate.models import (
        Adjustment,
        Dispute,
        FigureSheet,
        ReportedValue,
        Statement,
        StatementDraft,
    )


def may_draft_statement(actor: Actor, space: Space) -> bool:
    """Whoever makes statements for their side, in their side's own space."""
    return actor.can("make-statements", space.engagement_id)


def may_issue_statement(actor: Actor, draft: StatementDraft) -> bool:
    """Whoever makes statements for their side."""
    return actor.can("make-statements", draft.agreement.engagement_id)


def may_receive_statement(actor: Actor, agreement: Agreement) -> bool:
    """Issuing hands over what its maker may make."""
    return actor.can("make-statements", agreement.engagement_id)


def may_supersede_statement(actor: Actor, statement: Statement) -> bool:
    """Whoever may issue the revision that takes its place."""
    return actor.can("make-statements", statement.agreement.engagement_id)


def may_answer_statement(actor: Actor, statement: Statement) -> bool:
    """The side that did not issue it."""
    return actor.organisation != statement.issued_for_id and actor.can(
        "answer-statements", statement.agreement.engagement_id
    )


def may_withdraw_dispute(actor: Actor, dispute: Dispute) -> bool:
    """The side that raised it."""
    return actor.organisation == dispute.raised_for_id and actor.can(
        "answer-statements", dispute.statement.agreement.engagement_id
    )


def may_propose_adjustment(actor: Actor, agreement: Agreement) -> bool:
    """Either side."""
    return actor.can("propose-adjustments", agreement.engagement_id)


def may_answer_adjustment(actor: Actor, adjustment: Adjustment) -> bool:
    """The side that did not propose it."""
    return actor.organisation != adjustment.proposed_for_id and actor.can(
        "answer-adjustments", adjustment.agreement.engagement_id
    )


def may_withdraw_adjustment(actor: Actor, adjustment: Adjustment) -> bool:
    """The side that proposed it."""
    return actor.organisation == adjustment.proposed_for_id and actor.can(
        "propose-adjustments", adjustment.agreement.engagement_id
    )


def may_report_value(actor: Actor, agreement: Agreement) -> bool:
    """Whoever makes statements; which of the two sides a measure asks is said by the terms."""
    return actor.can("make-statements", agreement.engagement_id)


def may_withdraw_reported_value(actor: Actor, value: ReportedValue) -> bool:
    """The side that reported it."""
    return actor.organisation == value.reported_for_id and actor.can(
        "make-statements", value.agreement.engagement_id
    )


def may_bring_in_figures(actor: Actor, agreement: Agreement) -> bool:
    """Whoever makes statements, of either side."""
    return actor.can("make-statements", agreement.engagement_id)


def may_withdraw_sheet(actor: Actor, sheet: FigureSheet) -> bool:
    """The side that brought it in."""
    return actor.organisation == sheet.brought_for_id and actor.can(
        "make-statements", sheet.agreement.engagement_id
    )
