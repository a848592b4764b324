"""The nouns of governance."""

from handfast.governance.models.decision_request import DecisionRequest
from handfast.governance.models.register_entry import RegisterEntry
from handfast.governance.models.saved_view import SavedView

__all__ = ["DecisionRequest", "RegisterEntry", "SavedView"]
