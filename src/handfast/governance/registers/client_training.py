"""What the training of the client's own people leaves behind: who knows about the new way of working."""

from __future__ import annotations

from handfast.governance.registers.declared import OwnField, Register, State

BRIEFINGS = Register(
    key="briefings",
    within=(("attended", "people"), ("confirmed", "people")),
    name="Briefings",
    singular="briefing",
    prefix="B",
    purpose="Which people of the client must know what about the new way of working, and how many confirm that they do.",
    step="client_training",
    is_light=True,
    own=(
        OwnField("group", "Group", "line", is_listed=True),
        OwnField("people", "People", "number"),
        OwnField("invited", "Invited", "number"),
        OwnField("attended", "Attended", "number"),
        OwnField("confirmed", "Confirmed", "number"),
        OwnField("held_on", "Held on", "day"),
    ),
    states=(
        State("planned", "Planned", "open", to=("invited", "held", "withdrawn"), needs=("people",)),
        State(
            "invited", "Invited", "running", to=("planned", "held", "withdrawn"), needs=("people", "invited")
        ),
        State("held", "Held", "met", to=("planned",), needs=("people", "confirmed", "held_on"), is_done=True),
        State("withdrawn", "Withdrawn", "waived", to=("planned",), is_done=True),
    ),
)
