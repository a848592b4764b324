"""The verbs of operate."""

from handfast.operate.actions.adjustments import (
    accept_adjustment,
    decline_adjustment,
    propose_adjustment,
    withdraw_adjustment,
)
from handfast.operate.actions.figures import bring_in_figures, withdraw_sheet
from handfast.operate.actions.reported import report_value, withdraw_reported_value
from handfast.operate.actions.statements import (
    agree_statement,
    confirmation_of,
    dispute_line,
    draft_statement,
    issue_statement,
    receive_statement,
    withdraw_dispute,
)

__all__ = [
    "accept_adjustment",
    "agree_statement",
    "bring_in_figures",
    "confirmation_of",
    "decline_adjustment",
    "dispute_line",
    "draft_statement",
    "issue_statement",
    "propose_adjustment",
    "receive_statement",
    "report_value",
    "withdraw_adjustment",
    "withdraw_dispute",
    "withdraw_reported_value",
    "withdraw_sheet",
]
