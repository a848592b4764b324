"""Requests for information: what one side has asked the other to hand over."""

from __future__ import annotations

from handfast.foundation.languages import said_later
from handfast.governance.registers.declared import OwnField, Register, State

REQUESTS = Register(
    key="requests",
    name=said_later("Requests for information"),
    singular="request",
    prefix="R",
    purpose="What one side has asked the other to hand over: who owes it, when it came, and whether it can be used.",
    own=(
        OwnField("received_on", "Received on", "day", is_listed=True),
        OwnField(
            "usable", "Usable", "choice", choices=(("yes", "Yes"), ("in-part", "In part"), ("no", "No"))
        ),
    ),
    states=(
        State("asked", "Asked for", "open", to=("received", "withdrawn")),
        State("received", "Received", "running", to=("asked", "accepted"), needs=("received_on",)),
        State("accepted", "Usable", "met", needs=("usable",), is_done=True),
        State("withdrawn", "Withdrawn", "waived", to=("asked",), is_done=True),
    ),
)
