"""What service rehearsals leave behind: scenarios, defects, and the parallel run."""

from __future__ import annotations

from handfast.governance.registers.declared import OwnField, Register, State

SCENARIOS = Register(
    key="scenarios",
    name="Scenarios",
    singular="scenario",
    prefix="SC",
    purpose="End-to-end runs at real desks, and what each touches: procedures, hand-offs, systems, shifts.",
    step="rehearsal",
    own=(
        OwnField(
            "kind",
            "Kind",
            "choice",
            is_listed=True,
            choices=(
                ("normal", "Normal"),
                ("hand-off", "Hand-off"),
                ("exception", "Exception"),
                ("volume", "Volume"),
                ("failure", "Failure"),
                ("control", "Control"),
                ("reporting", "Reporting"),
                ("governance", "Governance"),
                ("user", "Users"),
            ),
        ),
        OwnField("roles", "Roles", "line"),
        OwnField("procedures", "Procedures", "line"),
        OwnField("hand_offs", "Hand-offs", "line"),
        OwnField("systems", "Systems", "line"),
        OwnField("shifts", "Shifts", "line"),
        OwnField("pass_when", "Passed when", "text"),
        OwnField("run_on", "Run on", "day"),
        OwnField("minutes", "Minutes it took", "number"),
    ),
    states=(
        State("planned", "Planned", "open", to=("passed", "remark", "failed", "withdrawn")),
        State("failed", "Failed", "missed", to=("planned", "passed", "remark"), needs=("run_on",)),
        State(
            "remark",
            "Passed with a remark",
            "risk",
            to=("planned", "passed", "failed"),
            needs=("run_on",),
            is_done=True,
        ),
        State("passed", "Passed", "met", to=("planned", "failed"), needs=("run_on",), is_done=True),
        State("withdrawn", "Withdrawn", "waived", to=("planned",), is_done=True),
    ),
)

DEFECTS = Register(
    key="defects",
    name="Defects",
    singular="defect",
    prefix="DF",
    purpose="What went wrong in a rehearsal, how severe it is, and whether the retest passed.",
    step="rehearsal",
    own=(
        OwnField(
            "severity",
            "Severity",
            "choice",
            is_listed=True,
            is_level=True,
            choices=(
                ("4", "4, cosmetic"),
                ("3", "3, finished with a work-around"),
                ("2", "2, cannot be finished"),
                ("1", "1, harm to customers, data or money"),
            ),
        ),
        OwnField("scenario", "Scenario", "line"),
        OwnField("mend", "How it was mended", "text"),
        OwnField("retested_on", "Retest passed on", "day"),
    ),
    states=(
        State("open", "Open", "open", to=("in-work", "mended", "withdrawn"), needs=("severity",)),
        State("in-work", "In work", "running", to=("open", "mended", "withdrawn"), needs=("severity",)),
        State("mended", "Mended", "risk", to=("in-work", "retested"), needs=("severity", "mend")),
        State(
            "retested", "Retest passed", "met", to=("open",), needs=("severity", "retested_on"), is_done=True
        ),
        State("withdrawn", "Withdrawn", "waived", to=("open",), is_done=True),
    ),
)

PARALLEL = Register(
    key="parallel",
    within=(("alike", "cases"),),
    name="Parallel run",
    singular="parallel run",
    prefix="PL",
    purpose="The same cases handled by both sides on a day: how many, how many alike, and how the others differ.",
    step="rehearsal",
    own=(
        OwnField("ran_on", "Day", "day", is_listed=True),
        OwnField("cases", "Cases", "number"),
        OwnField("alike", "Handled alike", "number"),
        OwnField("errors", "Kinds of error", "text"),
    ),
    states=(
        State("planned", "Planned", "open", to=("run", "withdrawn")),
        State("run", "Run", "met", to=("planned",), needs=("ran_on", "cases", "alike"), is_done=True),
        State("withdrawn", "Withdrawn", "waived", to=("planned",), is_done=True),
    ),
)
