"""The verbs of the room: the only code that writes."""

from handfast.governance.actions.deciding import ask_decision, give_decision
from handfast.governance.actions.entries import amend_entry, move_entry, write_entry
from handfast.governance.actions.intake import take_in
from handfast.governance.actions.together import change_entry
from handfast.governance.actions.views import amend_view, bring_back_view, remove_view, save_view

__all__ = [
    "amend_entry",
    "amend_view",
    "ask_decision",
    "bring_back_view",
    "change_entry",
    "give_decision",
    "move_entry",
    "remove_view",
    "save_view",
    "take_in",
    "write_entry",
]
