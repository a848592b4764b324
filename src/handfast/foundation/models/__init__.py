"""The foundation's own tables."""

from handfast.foundation.models.entry import Contents, Entry, Head
from handfast.foundation.models.outgoing import Outgoing
from handfast.foundation.models.space import Audience, Space

__all__ = ["Audience", "Contents", "Entry", "Head", "Outgoing", "Space"]
