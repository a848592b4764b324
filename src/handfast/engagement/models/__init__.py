"""The nouns of engagement."""

from handfast.engagement.models.engagement import Engagement
from handfast.engagement.models.party import Party

__all__ = ["Engagement", "Party"]
