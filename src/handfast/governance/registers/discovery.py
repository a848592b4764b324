"""What due diligence of the scope leaves behind: the tasks, what was watched, and what was found."""

from __future__ import annotations

from handfast.governance.registers.declared import OwnField, Register, State

PROCESSES = Register(
    key="processes",
    name="Process inventory",
    singular="task",
    prefix="P",
    purpose="Every task in scope, with its volume, handling time, systems and exceptions, and what becomes of it.",
    step="discovery",
    own=(
        OwnField("process", "Process", "line", is_listed=True),
        OwnField("a_month", "Volume a month", "number"),
        OwnField("minutes", "Handling minutes", "number"),
        OwnField("systems", "Systems", "line"),
        OwnField("exceptions", "Exceptions", "text"),
        OwnField(
            "decision",
            "Decision",
            "choice",
            choices=(
                ("keep", "Keep"),
                ("simplify", "Simplify"),
                ("standardise", "Standardise"),
                ("automate", "Automate"),
                ("stop", "Stop"),
            ),
        ),
    ),
    states=(
        State("described", "Described", "open", to=("confirmed", "out-of-scope")),
        State("confirmed", "Confirmed", "met", to=("described",), needs=("a_month", "minutes"), is_done=True),
        State("out-of-scope", "Out of scope", "waived", to=("described",), is_done=True),
    ),
)

SHADOWING = Register(
    key="shadowing",
    name="Work shadowing",
    singular="session",
    prefix="WS",
    purpose="Who watched which work, when, and what they noted.",
    step="discovery",
    own=(
        OwnField("watched", "Watched", "line", is_listed=True),
        OwnField("held_on", "Held on", "day"),
        OwnField("notes", "Notes", "text"),
    ),
    states=(
        State("planned", "Planned", "open", to=("held", "withdrawn")),
        State("held", "Held", "met", to=("planned",), needs=("held_on", "notes"), is_done=True),
        State("withdrawn", "Withdrawn", "waived", to=("planned",), is_done=True),
    ),
)

FINDINGS = Register(
    key="findings",
    name="Findings",
    singular="finding",
    prefix="F",
    purpose="What is otherwise than the contract took it to be: how much it matters, and what is done about it.",
    step="discovery",
    own=(
        OwnField(
            "kind",
            "Kind",
            "choice",
            choices=(
                ("scope", "Scope"),
                ("volume", "Volume"),
                ("security", "Security"),
                ("control", "Control"),
                ("data", "Data"),
                ("other", "Other"),
            ),
        ),
        OwnField(
            "weight",
            "Weight",
            "choice",
            is_listed=True,
            is_level=True,
            choices=(("low", "Low"), ("medium", "Medium"), ("high", "High"), ("critical", "Critical")),
        ),
        OwnField("assumed", "What the contract assumed", "text"),
        OwnField("treatment", "Treatment", "text"),
    ),
    states=(
        State("found", "Found", "open", to=("accepted", "to-change", "withdrawn")),
        State(
            "to-change", "Sent to change control", "running", to=("found", "settled"), needs=("treatment",)
        ),
        State("accepted", "Accepted", "met", to=("found", "settled"), needs=("treatment",), is_done=True),
        State("settled", "Settled", "met", to=("found",), needs=("treatment",), is_done=True),
        State("withdrawn", "Withdrawn", "waived", to=("found",), is_done=True),
    ),
)
