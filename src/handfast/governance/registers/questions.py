"""Questions and answers: the query log, so that a question is answered once."""

from __future__ import annotations

from handfast.foundation.languages import said_later
from handfast.governance.registers.declared import OwnField, Register, State

QUESTIONS = Register(
    key="questions",
    name=said_later("Questions and answers"),
    singular="question",
    prefix="Q",
    purpose="What was asked and what was answered, so that the same question is answered once.",
    own=(
        OwnField("answer", "Answer", "text"),
        OwnField("reused_in", "Reused in", "line", is_listed=True),
    ),
    states=(
        State("asked", "Asked", "open", to=("answered", "withdrawn")),
        State("answered", "Answered", "met", to=("asked",), needs=("answer",), is_done=True),
        State("withdrawn", "Withdrawn", "waived", to=("asked",), is_done=True),
    ),
)
