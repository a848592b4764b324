"""Issues: what stands in the way now."""

from __future__ import annotations

from handfast.foundation.languages import said_later
from handfast.governance.registers.declared import OwnField, Register, State

ISSUES = Register(
    key="issues",
    name=said_later("Issues"),
    singular="issue",
    prefix="I",
    purpose="What stands in the way now, who clears it, and by when.",
    own=(
        OwnField(
            "severity", "Severity", "choice", is_listed=True, is_level=True,
            choices=(("low", "Low"), ("medium", "Medium"), ("high", "High"), ("severe", "Severe")),
        ),
        OwnField("resolution", "Resolution", "text"),
    ),
    states=(
        State("open", "Open", "open", to=("in-work", "resolved", "withdrawn")),
        State("in-work", "In work", "running", to=("open", "resolved", "withdrawn")),
        State("resolved", "Resolved", "met", to=("open", "closed"), needs=("resolution",), is_done=True),
        State("closed", "Closed", "met", is_done=True),
        State("withdrawn", "Withdrawn", "waived", to=("open",), is_done=True),
    ),
)  # fmt: skip
