"""The heads of common trackers suggest the fields of the register that they are taken into, each at most once."""

from __future__ import annotations

import pytest

from handfast.governance.reading.columns import SUGGESTED_OWN, suggested
from handfast.governance.registers import REGISTERS


@pytest.mark.parametrize(
    ("register", "heads", "fields"),
    [
        ("issues", ("Key", "Summary", "Priority", "Assignee"), ("number", "title", "own_severity", "owner")),
        ("issues", ("Priority", "Severity", "Title"), (None, "own_severity", "title")),
        ("decisions", ("Decision", "Rationale", "Decision date"), ("title", "own_because", "own_decided_on")),
        ("questions", ("Question", "Reply", "Due"), ("title", "own_answer", "due_on")),
        ("actions", ("Action", "Meeting", "Priority"), ("title", "own_arose_from", None)),
    ],
)
def test_heads_suggest_fields(register: str, heads: tuple[str, ...], fields: tuple[str | None, ...]) -> None:
    found = suggested(REGISTERS[register], heads)
    assert tuple(found.get(place) for place in range(len(heads))) == fields


def test_only_fields_that_some_register_has_are_suggested() -> None:
    assert SUGGESTED_OWN.keys() <= {one.key for register in REGISTERS.values() for one in register.own}
