"""The verbs of the room: the only code that writes."""

from handfast.evidence.actions.comments import see_mention, withdraw_comment, write_comment
from handfast.evidence.actions.files import attach_file, withdraw_file

__all__ = ["attach_file", "see_mention", "withdraw_comment", "withdraw_file", "write_comment"]
