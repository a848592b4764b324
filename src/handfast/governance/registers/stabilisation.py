"""What stabilisation leaves behind: lessons, and what goes over to operations."""

from __future__ import annotations

from handfast.governance.registers.declared import OwnField, Register, State

LESSONS = Register(
    key="lessons",
    name="Lessons learned",
    singular="lesson",
    prefix="L",
    purpose="What the next wave does otherwise, and what was changed for it.",
    step="stabilisation",
    is_light=True,
    own=(OwnField("changed", "What was changed", "line", is_listed=True),),
    states=(
        State("noted", "Noted", "open", to=("taken-up", "withdrawn")),
        State("taken-up", "Taken up", "met", to=("noted",), needs=("changed",), is_done=True),
        State("withdrawn", "Withdrawn", "waived", to=("noted",), is_done=True),
    ),
)

HANDOVER = Register(
    key="handover",
    name="Hand-over to operations",
    singular="item",
    prefix="H",
    purpose="What lives on when the transition ends: who keeps it from then on, and whether it is done.",
    step="stabilisation",
    is_light=True,
    own=(
        OwnField("kept_by", "Kept by", "line", is_listed=True),
        OwnField("done_on", "Done on", "day"),
    ),
    states=(
        State("to-do", "To be done", "open", to=("done", "withdrawn")),
        State("done", "Done", "met", to=("to-do",), needs=("kept_by", "done_on"), is_done=True),
        State("withdrawn", "Withdrawn", "waived", to=("to-do",), is_done=True),
    ),
)
