"""What must stand before the service is governed: reports, obligations, and what each side owes the other."""

from __future__ import annotations

from handfast.governance.registers.declared import OwnField, Register, State

DEPENDENCIES = Register(
    key="dependencies",
    name="Dependencies",
    singular="dependency",
    prefix="DP",
    purpose="What each side owes the other, by when, and what it costs the plan when it comes late.",
    step="governance",
    is_light=True,
    own=(
        OwnField(
            "owed_by",
            "Owed by",
            "choice",
            is_listed=True,
            choices=(("client", "Client"), ("provider", "Provider")),
        ),
        OwnField("clause", "Clause", "line"),
        OwnField("notice_days", "Relief is asked for within (days after the due day)", "number"),
        OwnField("delivered_on", "Delivered on", "day"),
        OwnField("effect", "Effect on plan and levels", "text"),
    ),
    states=(
        State("owed", "Owed", "open", to=("delivered", "withdrawn")),
        State("delivered", "Delivered", "running", to=("owed", "accepted"), needs=("delivered_on",)),
        State("accepted", "Accepted", "met", to=("owed",), needs=("delivered_on",), is_done=True),
        State("withdrawn", "Withdrawn", "waived", to=("owed",), is_done=True),
    ),
)

REPORTS = Register(
    key="reports",
    name="Reports",
    singular="report",
    prefix="RP",
    purpose="Which reports are agreed, how often, and whether a full cycle was tried.",
    step="governance",
    own=(
        OwnField("how_often", "How often", "line", is_listed=True),
        OwnField("tried_on", "Tried on", "day"),
        OwnField("in_a_row", "Accepted in a row without correction", "number"),
    ),
    states=(
        State("agreed", "Agreed", "open", to=("tried", "withdrawn")),
        State("tried", "Tried", "met", to=("agreed",), needs=("tried_on",), is_done=True),
        State("withdrawn", "Withdrawn", "waived", to=("agreed",), is_done=True),
    ),
)

OBLIGATIONS = Register(
    key="obligations",
    name="Obligations",
    singular="obligation",
    prefix="O",
    purpose="What the contract asks of a side, clause by clause, and who has taken it on.",
    step="governance",
    own=(
        OwnField("clause", "Clause", "line", is_listed=True),
        OwnField("asked_of", "Asked of", "choice", choices=(("client", "Client"), ("provider", "Provider"))),
        OwnField("shown_by", "Shown by", "line"),
    ),
    states=(
        State("open", "Not taken on", "open", to=("taken-on", "withdrawn")),
        State("taken-on", "Taken on", "met", to=("open",), is_done=True),
        State("withdrawn", "Withdrawn", "waived", to=("open",), is_done=True),
    ),
)
