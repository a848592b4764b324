"""Decisions: what was decided, when and why."""

from __future__ import annotations

from handfast.foundation.languages import said_later
from handfast.governance.registers.declared import OwnField, Register, State

DECISIONS = Register(
    key="decisions",
    name=said_later("Decisions"),
    singular="decision",
    prefix="D",
    purpose="What is to be decided and by whom; and afterwards what was decided, when and why.",
    own=(
        OwnField("decided", "What was decided", "text"),
        OwnField("because", "Because", "text"),
        OwnField("decided_on", "Decided on", "day", is_listed=True),
    ),
    states=(
        State("asked", "To be decided", "open", to=("decided", "withdrawn")),
        State("decided", "Decided", "met", to=("revised",), needs=("decided", "decided_on"), is_done=True),
        State("revised", "Revised by another", "stale", is_done=True),
        State("withdrawn", "Withdrawn", "waived", to=("asked",), is_done=True),
    ),
)
