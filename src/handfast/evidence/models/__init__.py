"""The nouns of evidence."""

from handfast.evidence.models.comment import Comment
from handfast.evidence.models.mention import Mention

__all__ = ["Comment", "Mention"]
