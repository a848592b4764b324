"""What the room of evidence refuses."""

from __future__ import annotations

from handfast.foundation.refusals import FieldsRefused
from handfast.kernel.refusal import Refusal


class CommentRefused(FieldsRefused):
    """A comment whose text, mentions or audience cannot be kept."""

    code = "comment-refused"


class CommentStands(Refusal):
    """The same comment of the same form, sent again: it stands once."""

    code = "comment-stands"
    status = 409


class CommentWithdrawn(Refusal):
    """A comment that was withdrawn already."""

    code = "comment-withdrawn"
    status = 409
