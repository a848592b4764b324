"""Assumptions: what is taken as true until somebody knows."""

from __future__ import annotations

from handfast.foundation.languages import said_later
from handfast.governance.registers.declared import OwnField, Register, State

ASSUMPTIONS = Register(
    key="assumptions",
    name=said_later("Assumptions"),
    singular="assumption",
    prefix="S",
    purpose="What is taken as true until somebody knows, and what follows if it is not.",
    own=(
        OwnField("if_wrong", "If it is wrong", "text"),
        OwnField("found_out_by", "Found out by", "line", is_listed=True),
    ),
    states=(
        State("assumed", "Assumed", "open", to=("confirmed", "refuted", "withdrawn")),
        State("confirmed", "Confirmed", "met", to=("assumed",), is_done=True),
        State("refuted", "Refuted", "missed", to=("assumed",), is_done=True),
        State("withdrawn", "Withdrawn", "waived", to=("assumed",), is_done=True),
    ),
)
