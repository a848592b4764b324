"""What the client's own organisation leaves behind: roles that stay, controls, and procedures that change."""

from __future__ import annotations

from handfast.governance.registers.declared import OwnField, Register, State

RETAINED = Register(
    key="retained",
    name="Retained organisation",
    singular="role",
    prefix="RO",
    purpose="Which roles the client keeps, changes or makes anew, who fills them, and up to what they decide.",
    step="client_org",
    own=(
        OwnField(
            "change",
            "Change",
            "choice",
            is_listed=True,
            choices=(("stays", "Stays"), ("changes", "Changes"), ("new", "New"), ("ends", "Ends")),
        ),
        OwnField("named", "Filled or covered by", "line"),
        OwnField("authority", "Decides up to", "line"),
    ),
    states=(
        State("planned", "Planned", "open", to=("filled", "withdrawn")),
        State("filled", "Filled", "met", to=("planned",), needs=("named",), is_done=True),
        State("withdrawn", "Withdrawn", "waived", to=("planned",), is_done=True),
    ),
)

CONTROLS = Register(
    key="controls",
    name="Control matrix",
    singular="control",
    prefix="CT",
    purpose="Which control is performed by whom after the transition, how often, and what shows it.",
    step="client_org",
    own=(
        OwnField("performer", "Performed by", "line", is_listed=True),
        OwnField("how_often", "How often", "line"),
        OwnField("shown_by", "Shown by", "line"),
    ),
    states=(
        State("open", "Not assigned", "open", to=("assigned", "withdrawn")),
        State("assigned", "Assigned", "running", to=("open", "performed"), needs=("performer",)),
        State(
            "performed",
            "Performed once",
            "met",
            to=("assigned",),
            needs=("performer", "shown_by"),
            is_done=True,
        ),
        State("withdrawn", "Withdrawn", "waived", to=("open",), is_done=True),
    ),
)

PROCEDURES = Register(
    key="procedures",
    name="Client procedures",
    singular="procedure",
    prefix="PR",
    purpose="Which procedures of the client change where work is handed over, and whether they are approved.",
    step="client_org",
    own=(
        OwnField("hand_off", "Hand-off", "line", is_listed=True),
        OwnField("approved_on", "Approved on", "day"),
    ),
    states=(
        State("to-revise", "To be revised", "open", to=("revised", "withdrawn")),
        State("revised", "Revised", "running", to=("to-revise", "approved")),
        State("approved", "Approved", "met", to=("to-revise",), needs=("approved_on",), is_done=True),
        State("withdrawn", "Withdrawn", "waived", to=("to-revise",), is_done=True),
    ),
)
