"""The nouns of journeys."""

from handfast.journeys.models.notice import Notice

__all__ = ["Notice"]
