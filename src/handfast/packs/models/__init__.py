"""The nouns of packs."""

from handfast.packs.models.pack import Pack

__all__ = ["Pack"]
