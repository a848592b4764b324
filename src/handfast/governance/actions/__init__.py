"""The verbs of the room: the only code that writes."""

from handfast.governance.actions.entries import amend_entry, move_entry, write_entry
from handfast.governance.actions.intake import take_in
from handfast.governance.actions.together import change_entry

__all__ = ["amend_entry", "change_entry", "move_entry", "take_in", "write_entry"]
