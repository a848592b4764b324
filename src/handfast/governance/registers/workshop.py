"""What the planning workshop leaves behind: how both sides work together."""

from __future__ import annotations

from handfast.governance.registers.declared import OwnField, Register, State

WAYS = Register(
    key="ways",
    name="Ways of working",
    singular="way of working",
    prefix="W",
    purpose="How both sides speak, decide and disagree: each side answers alone, then both agree, and look again after 60 days.",
    step="workshop",
    own=(
        OwnField("client_says", "The client says", "text"),
        OwnField("provider_says", "The provider says", "text"),
        OwnField("agreed", "What was agreed", "text"),
        OwnField("again_on", "Looked at again on", "day", is_listed=True),
    ),
    states=(
        State("to-talk", "To talk about", "open", to=("agreed", "withdrawn")),
        State(
            "agreed", "Agreed", "met", to=("to-talk", "looked-at"), needs=("agreed", "again_on"), is_done=True
        ),
        State(
            "looked-at", "Looked at again", "met", to=("to-talk", "agreed"), needs=("agreed",), is_done=True
        ),
        State("withdrawn", "Withdrawn", "waived", to=("to-talk",), is_done=True),
    ),
)
