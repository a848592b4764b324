"""The nouns of packs."""

from handfast.packs.models.pack import Pack
from handfast.packs.models.pack_look import PackLook

__all__ = ["Pack", "PackLook"]
