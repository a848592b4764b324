"""What knowledge transfer leaves behind in a light deal: ten cases for each agent."""

from __future__ import annotations

from handfast.governance.registers.declared import OwnField, Register, State

CASES = Register(
    key="cases",
    name="Ten-case check",
    singular="agent",
    prefix="K",
    purpose="Each agent works ten cases; how many were right, and on which day.",
    step="knowledge",
    is_light=True,
    own=(
        OwnField("right", "Right of ten", "number", is_listed=True),
        OwnField("checked_on", "Checked on", "day"),
        OwnField("missed", "What went wrong", "text"),
    ),
    states=(
        State("to-check", "To be checked", "open", to=("passed", "again", "withdrawn")),
        State("again", "Once more", "risk", to=("passed", "withdrawn"), needs=("right", "checked_on")),
        State("passed", "Passed", "met", to=("to-check",), needs=("right", "checked_on"), is_done=True),
        State("withdrawn", "Withdrawn", "waived", to=("to-check",), is_done=True),
    ),
)
