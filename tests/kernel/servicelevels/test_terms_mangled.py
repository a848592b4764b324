"""Terms with any part exchanged for something else are read and linted, or refused; nothing else ever happens."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

from hypothesis import event, given, settings
from hypothesis import strategies as st

from handfast.kernel.document import read_document
from handfast.kernel.refusal import Refusal
from handfast.kernel.servicelevels.linter import lint
from handfast.kernel.servicelevels.terms import read_terms

SAMPLE = Path(__file__).with_name("sample_terms.yaml").read_text("utf-8") + (
    "amendments:\n  - {from: 2026-07-15, name: First, change: {measures: {in_time: {target: 3h, where: null}}}}\n"
)
DOCUMENT = read_document(SAMPLE, name="terms.yaml")
PATHS = sorted((path for path in DOCUMENT.lines if path), key=str)
WORDS = ["", "0", "-1", "100 %", "0 %", "4h", "2026-01-01", "9999-12-31", "0001-01-01", "2026-07", "first", "pool", "points",
         "reported", "count", "percentile", "stop", "due", "High", "x", "1e9", "\u0000", "NaN"]  # fmt: skip
instead = (
    st.none()
    | st.sampled_from(WORDS)
    | st.lists(st.sampled_from(WORDS), max_size=2)
    | st.dictionaries(
        st.sampled_from(["kind", "points", "a", "is_not", "every month"]), st.sampled_from(WORDS), max_size=2
    )
    | st.sampled_from(PATHS).map(lambda path: part_of(DOCUMENT.content, path))
)


def part_of(content: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        content = content[step]
    return content


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PATHS), instead), min_size=1, max_size=2), st.booleans())
def test_mangled_terms_are_linted_or_refused(
    changes: list[tuple[tuple[str | int, ...], Any]], drops: bool
) -> None:
    content = copy.deepcopy(DOCUMENT.content)
    for path, value in changes:
        try:
            parent = part_of(content, path[:-1])
            parent[path[-1]] = copy.deepcopy(value)
            if drops:
                del parent[path[-1]]
        except (KeyError, IndexError, TypeError):
            continue
    try:
        document = read_document(json.dumps(content), name="terms.yaml")
        terms = read_terms(document)
    except Refusal as refusal:
        event("refused")
        assert str(refusal)  # noqa: PT017 - refused or read: both are right, and both are checked
        assert refusal.code != "refused"  # noqa: PT017 - as above
        return
    event("read")
    for finding in lint(terms, document, None, {"tickets": {"Created", "Closed"}}):
        assert finding.line == 1
        assert finding.message
        assert finding.hint
