"""What the launch leaves behind: the experts who are released for the work."""

from __future__ import annotations

from handfast.governance.registers.declared import OwnField, Register, State

EXPERTS = Register(
    key="experts",
    name="Experts",
    singular="expert",
    prefix="EX",
    purpose="Who at the client knows the work, is released for it in writing, and stays until the exit from stabilisation.",
    step="launch",
    own=(
        OwnField("knows", "Knows", "line", is_listed=True),
        OwnField("hours_a_week", "Hours a week", "number"),
        OwnField("released_on", "Released in writing on", "day"),
        OwnField("kept_until", "Stays until", "day"),
    ),
    states=(
        State("named", "Named", "open", to=("asked", "released", "withdrawn")),
        State("asked", "Asked for", "running", to=("named", "released", "withdrawn")),
        State(
            "released", "Released", "met", to=("named",), needs=("released_on", "kept_until"), is_done=True
        ),
        State("withdrawn", "Withdrawn", "waived", to=("named",), is_done=True),
    ),
)
