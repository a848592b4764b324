"""The verbs of packs."""

from handfast.packs.actions.packs import make_pack, withdraw_pack

__all__ = ["make_pack", "withdraw_pack"]
