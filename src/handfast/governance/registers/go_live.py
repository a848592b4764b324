"""What go-live leaves behind: the pilot and the daily command centre."""

from __future__ import annotations

from handfast.governance.registers.declared import OwnField, Register, State

PILOTS = Register(
    key="pilots",
    name="Pilots",
    singular="pilot",
    prefix="PI",
    purpose="A part of the work that goes first: its scope and dates, what success means, and what was decided.",
    step="go_live",
    own=(
        OwnField("scope", "Scope", "line", is_listed=True),
        OwnField("from_on", "From", "day"),
        OwnField("until_on", "Until", "day"),
        OwnField("success", "What success means", "text"),
        OwnField("decision", "Decision", "text"),
    ),
    states=(
        State("planned", "Planned", "open", to=("running", "withdrawn"), needs=("scope", "success")),
        State(
            "running",
            "Running",
            "running",
            to=("planned", "decided", "withdrawn"),
            needs=("scope", "success", "from_on"),
        ),
        State("decided", "Decided", "met", to=("running",), needs=("decision",), is_done=True),
        State("withdrawn", "Withdrawn", "waived", to=("planned",), is_done=True),
    ),
)

COMMAND = Register(
    key="command",
    within=(("handled", "came_in"),),
    name="Command centre",
    singular="day",
    prefix="CC",
    purpose="Each day after go-live: what came in, what was handled, what is in hand, and which exceptions were coached.",
    step="go_live",
    own=(
        OwnField("on", "Day", "day", is_listed=True),
        OwnField("came_in", "Came in, whole scope", "number"),
        OwnField("handled", "Handled by the provider", "number"),
        OwnField("in_hand", "In hand", "number"),
        OwnField("normal", "Normally in hand", "number"),
        OwnField("expert_hours", "Hours of experts", "number"),
        OwnField("exceptions", "Exceptions, and who coached them", "text"),
    ),
    states=(
        State("open", "Open", "open", to=("closed", "withdrawn")),
        State(
            "closed",
            "Closed",
            "met",
            to=("open",),
            needs=("on", "came_in", "handled", "in_hand"),
            is_done=True,
        ),
        State("withdrawn", "Withdrawn", "waived", to=("open",), is_done=True),
    ),
)
