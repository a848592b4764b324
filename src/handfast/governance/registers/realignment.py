"""What realignment leaves behind, for the client's eyes alone: what becomes of the people concerned."""

from __future__ import annotations

from handfast.governance.registers.declared import OwnField, Register, State

REALIGNMENT = Register(
    key="realignment",
    name="Realignment",
    singular="person",
    prefix="RA",
    purpose="The people and roles that the change concerns, the steps of consultation, and what becomes of each. Only your own side sees it.",
    step="realignment",
    side="client",
    own=(
        OwnField(
            "outcome",
            "Outcome",
            "choice",
            is_listed=True,
            choices=(
                ("stays", "Stays"),
                ("moves", "Moves to another role"),
                ("transfers", "Transfers to the provider"),
                ("leaves", "Leaves"),
            ),
        ),
        OwnField("steps", "Steps of consultation", "text"),
        OwnField("told_on", "Told on", "day"),
        OwnField("kept_until", "Needed until", "day"),
    ),
    states=(
        State("to-consult", "To be consulted", "open", to=("in-consultation", "confirmed", "withdrawn")),
        State("in-consultation", "In consultation", "running", to=("to-consult", "confirmed", "withdrawn")),
        State(
            "confirmed",
            "Confirmed",
            "met",
            to=("in-consultation",),
            needs=("outcome", "told_on"),
            is_done=True,
        ),
        State("withdrawn", "Withdrawn", "waived", to=("to-consult",), is_done=True),
    ),
)
