"""What the set-up of the infrastructure leaves behind: checks, access, data flows."""

from __future__ import annotations

from handfast.governance.registers.declared import OwnField, Register, State

CHECKS = Register(
    key="checks",
    name="Technical checks",
    singular="check",
    prefix="TC",
    purpose="What must be proved from the production floor, by whom, with what evidence, and how long it stays fresh.",
    step="infrastructure",
    is_light=True,
    own=(
        OwnField(
            "kind",
            "Kind",
            "choice",
            is_listed=True,
            choices=(
                ("access", "Access"),
                ("network", "Network"),
                ("telephony", "Telephony"),
                ("desktop", "Desktop"),
                ("remote", "Remote access"),
                ("interfaces", "Interfaces"),
                ("data", "Data"),
                ("security", "Security"),
                ("site", "Site"),
                ("continuity", "Continuity"),
                ("support", "Support"),
            ),
        ),
        OwnField("blocks", "Blocks", "choice", choices=(("yes", "Yes"), ("no", "No"))),
        OwnField(
            "before",
            "Due before",
            "choice",
            choices=(("training", "Training"), ("rehearsal", "Rehearsal"), ("go-live", "Go-live")),
        ),
        OwnField(
            "verified_by",
            "Verified by",
            "choice",
            choices=(("client", "Client"), ("provider", "Provider"), ("joint", "Both")),
        ),
        OwnField("evidence", "Evidence", "line"),
        OwnField("checked_on", "Checked on", "day"),
        OwnField("fresh_days", "Fresh for days", "number"),
    ),
    states=(
        State("to-do", "To be checked", "open", to=("green", "red", "not-needed")),
        State("red", "Red", "missed", to=("to-do", "green", "not-needed"), needs=("checked_on",)),
        State("green", "Green", "met", to=("to-do", "red"), needs=("checked_on", "evidence"), is_done=True),
        State("not-needed", "Does not apply", "waived", to=("to-do",), is_done=True),
    ),
)

ACCESS = Register(
    key="access",
    name="Access",
    singular="access",
    prefix="AC",
    purpose="Who needs which application, whether their own sign-in is proved before the first day of class, and closed when they leave.",
    step="infrastructure",
    is_light=True,
    own=(
        OwnField("person", "Person", "line", is_listed=True),
        OwnField("application", "Application", "line"),
        OwnField("first_day", "First day of class", "day"),
        OwnField("proved_on", "Sign-in proved on", "day"),
        OwnField("left_on", "Left on", "day"),
        OwnField("closed_on", "Closed on", "day"),
    ),
    states=(
        State("requested", "Requested", "open", to=("granted", "proved", "refused")),
        State("granted", "Granted", "running", to=("requested", "proved", "closed")),
        State(
            "proved",
            "Proved",
            "met",
            to=("granted", "closed"),
            needs=("person", "application", "proved_on"),
            is_done=True,
        ),
        State("closed", "Closed", "waived", to=("requested",), needs=("closed_on",), is_done=True),
        State("refused", "Refused", "missed", to=("requested",), is_done=True),
    ),
)

TRANSFERS = Register(
    key="transfers",
    name="Data flows",
    singular="data flow",
    prefix="TF",
    purpose="Which data crosses which border, and on what lawful basis.",
    step="infrastructure",
    own=(
        OwnField("data", "Data", "line", is_listed=True),
        OwnField("from_to", "From, to", "line"),
        OwnField("basis", "Lawful basis", "line"),
    ),
    states=(
        State("open", "Without a basis", "open", to=("covered", "withdrawn")),
        State("covered", "Covered", "met", to=("open",), needs=("basis",), is_done=True),
        State("withdrawn", "Withdrawn", "waived", to=("open",), is_done=True),
    ),
)
