"""The verbs of packs."""

from handfast.packs.actions.looks import choose_look
from handfast.packs.actions.packs import make_pack, withdraw_pack

__all__ = ["choose_look", "make_pack", "withdraw_pack"]
