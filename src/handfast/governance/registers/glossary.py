"""The engagement's glossary: what both sides mean by a word, and where they mean different things."""

from __future__ import annotations

from handfast.foundation.languages import said_later
from handfast.governance.registers.declared import OwnField, Register, State

GLOSSARY = Register(
    key="glossary",
    name=said_later("Glossary"),
    singular="term",
    prefix="G",
    purpose="What both sides mean by a word of this engagement, and where they do not mean the same.",
    own=(
        OwnField("meaning", "What both mean", "text"),
        OwnField("client_means", "What the client means", "text"),
        OwnField("provider_means", "What the provider means", "text"),
    ),
    states=(
        State("proposed", "Proposed", "open", to=("agreed", "differs", "withdrawn")),
        State("differs", "Meant differently", "risk", to=("agreed", "withdrawn"), needs=("client_means", "provider_means")),
        State("agreed", "Agreed", "met", to=("differs", "proposed"), needs=("meaning",), is_done=True),
        State("withdrawn", "Withdrawn", "waived", to=("proposed",), is_done=True),
    ),
)  # fmt: skip
