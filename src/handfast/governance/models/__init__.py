"""The nouns of governance."""

from handfast.governance.models.register_entry import RegisterEntry

__all__ = ["RegisterEntry"]
