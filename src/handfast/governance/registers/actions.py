"""Actions: what somebody has taken on to do."""

from __future__ import annotations

from handfast.foundation.languages import said_later
from handfast.governance.registers.declared import OwnField, Register, State

ACTIONS = Register(
    key="actions",
    name=said_later("Actions"),
    singular="action",
    prefix="A",
    purpose="What somebody has taken on to do, wherever it was said, until it is done.",
    own=(OwnField("arose_from", "Arose from", "line", is_listed=True),),
    states=(
        State("open", "Open", "open", to=("in-work", "done", "dropped")),
        State("in-work", "In work", "running", to=("open", "done", "dropped")),
        State("done", "Done", "met", to=("open",), is_done=True),
        State("dropped", "Dropped", "waived", to=("open",), is_done=True),
    ),
)
