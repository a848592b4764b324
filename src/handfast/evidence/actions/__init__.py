"""The verbs of the room: the only code that writes."""

from handfast.evidence.actions.comments import see_mention, withdraw_comment, write_comment

__all__ = ["see_mention", "withdraw_comment", "write_comment"]
