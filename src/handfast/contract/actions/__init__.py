"""The verbs of the room: the only code that writes."""

from handfast.contract.actions.answer_terms import (
    agree_terms,
    decline_terms,
    put_in_force_alone,
    withdraw_terms,
)
from handfast.contract.actions.draft_terms import draft_terms, save_draft
from handfast.contract.actions.make_agreement import make_agreement
from handfast.contract.actions.milestones import (
    agree_milestone,
    decline_milestone,
    propose_milestone,
    put_milestone_in_force,
    replace_milestone,
    withdraw_milestone,
)
from handfast.contract.actions.propose_terms import propose_terms, receive_terms
from handfast.contract.actions.summaries import write_summary

__all__ = [
    "agree_milestone",
    "agree_terms",
    "decline_milestone",
    "decline_terms",
    "draft_terms",
    "make_agreement",
    "propose_milestone",
    "propose_terms",
    "put_in_force_alone",
    "put_milestone_in_force",
    "receive_terms",
    "replace_milestone",
    "save_draft",
    "withdraw_milestone",
    "withdraw_terms",
    "write_summary",
]
