"""A document is read without guessing, every key knows its line, and what is not plain is refused."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from handfast.kernel.document import (
    DEEPEST_LEVEL,
    LARGEST_CHARACTERS,
    MOST_ERRORS_SHOWN,
    Document,
    DocumentRefused,
    document_from,
    parsed,
    read_document,
)


def content_of(text: str) -> Any:
    return read_document(text, name="a.yaml").content


def refused(text: str) -> str:
    with pytest.raises(DocumentRefused) as caught:
        content_of(text)
    assert str(caught.value).startswith("a.yaml")
    return str(caught.value)


PLAIN = {
    r'{"a": "\ud83d\ude00"}': {"a": "\U0001f600"},
    r'{"\ud83d\ude00": "é"}': {"\U0001f600": "é"},
    "country: NO": {"country": "NO"},
    "at: 22:00": {"at": "22:00"},
    "version: 1.10": {"version": "1.10"},
    "number: 0777": {"number": "0777"},
    "day: 2026-01-01": {"day": "2026-01-01"},
    "is: yes": {"is": "yes"},
    "is: true": {"is": "true"},
    "none: ": {"none": None},
    "none: ~": {"none": None},
    "none: null": {"none": None},
    "text: 'null'": {"text": "null"},
    'text: ""': {"text": ""},
    "1: one": {"1": "one"},
    "null: key": {"null": "key"},
    "<<: {a: b}": {"<<": {"a": "b"}},
    '{"a": [1, true, null, "x"]}': {"a": ["1", "true", None, "x"]},
    "a: |\n  two\n  lines\n": {"a": "two\nlines\n"},
    "- a\n- [b, c]": ["a", ["b", "c"]],
}


HALVES = [r'"\ud800"', r'"\udfff"', r'"x\ude00\ud83d"', r'{"a": "\udc80 b"}', r'{"\ud800": "b"}']


@pytest.mark.parametrize("text", HALVES)
def test_half_of_a_character_is_refused_with_its_line(text: str) -> None:
    assert "a.yaml, line 3: half of a character" in refused(f"first: 1\nhere:\n  - {text}\n")


@pytest.mark.parametrize("text", [r'"\U00110000"', r'"\UFFFFFFFF"'])
def test_character_that_does_not_exist_is_refused(text: str) -> None:
    assert refused(f"a: {text}")


@pytest.mark.parametrize("text", PLAIN)
def test_plain_value_stays_the_text_that_was_written(text: str) -> None:
    assert content_of(text) == PLAIN[text]


def test_every_key_knows_its_line() -> None:
    document = read_document("a: 1\nb:\n  - x\n  - c: 2\n    d:\n      3\n", name="a.yaml")
    assert [document.line_of(path) for path in (("a",), ("b",), ("b", 0), ("b", 1, "c"), ("b", 1, "d"))] == [
        1,
        2,
        3,
        4,
        5,
    ]
    assert document.line_of(("b", 1, "missing", "deeper")) == 4
    assert document.line_of(("nowhere",)) == 1


FAULTS = {
    "a: 1\nb: 2\na: 3\n": "line 3: the key 'a' stands twice; it stood before in line 1",
    "a: {b: 1, b: 2}": "line 1: the key 'b' stands twice",
    "a: &x 1\nb: *x\n": "line 1: anchors and aliases are not read: write it out",
    "a: &x {b: 1}": "anchors and aliases are not read",
    "a: 1\nb: !!python/object:os.system x\n": "line 2: the tag",
    "a: !secret x": "line 1: the tag !secret is not read: leave it out",
    "a: 1\n---\nb: 2\n": "expected one document, found 2",
    "": "expected one document",
    "# only a comment\n": "expected one document",
    "a: [1, 2\n": "line 2",
    "a: 'open\n": "line",
    "a: 1\n\tb: 2\n": "line 2",
    "a: b: c\n": "line 1: mapping values are not allowed here",
    "? [a, b]\n: c\n": "line 1: a key must be plain text",
    "? {a: b}\n: c\n": "a key must be plain text",
    "a: \x00": "line 1: a control character stands there: is this a text file?",
    "a: 1\nb: \x07": "line 2: a control character stands there",
    "a: !!binary aGk=": "line 1: the tag",
    "a: !!int 3": "line 1: the tag",
    "%YAML 3.0\n---\na: b\n": "line 1",
    "@a: b\n": "line 1",
}


@pytest.mark.parametrize("text", FAULTS)
def test_what_is_not_plain_is_refused_with_its_line(text: str) -> None:
    assert FAULTS[text] in refused(text)


def test_text_that_is_too_long_is_refused_before_it_is_read() -> None:
    assert "1,000,001 characters; at most 1,000,000 are read" in refused("#" * (LARGEST_CHARACTERS + 1))


def test_nesting_is_read_to_the_limit_and_refused_beyond() -> None:
    deepest = "[" * DEEPEST_LEVEL + "x" + "]" * DEEPEST_LEVEL
    value = content_of(deepest)
    for _ in range(DEEPEST_LEVEL):
        (value,) = value
    assert value == "x"
    assert f"nested deeper than {DEEPEST_LEVEL} levels" in refused(f"[{deepest}]")


@pytest.mark.parametrize("text", ["[" * 100_000, "{a: " * 20_000, "- " * 50_000, "[" * 5_000 + "]" * 5_000])
def test_nesting_without_end_is_refused_and_breaks_nothing(text: str) -> None:
    assert refused(text)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60) | st.text(alphabet="ab:-[]{}&*!|>'\"#%@`\n\t ,?", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        document = read_document(text, name="a.yaml")
    except DocumentRefused as refusal:
        assert str(refusal).startswith("a.yaml")  # noqa: PT017 - either answer is right, and both are checked
    else:
        assert isinstance(document.content, dict | list | str | None)


@pytest.mark.parametrize("mark", ["\ufeff", "\r\n"])
def test_marks_of_other_editors_change_nothing(mark: str) -> None:
    text = mark + "a: 1\n" if mark == "\ufeff" else f"a: 1{mark}"
    assert content_of(text) == {"a": "1"}


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid")

    kind: Literal["points"]
    name: str
    points: dict[str, int] = Field(default_factory=dict)
    inner: Part | None = None


class Other(BaseModel):
    model_config = ConfigDict(extra="forbid")

    kind: Literal["other"]


class Whole(BaseModel):
    model_config = ConfigDict(extra="forbid")

    part: Annotated[Part | Other, Field(discriminator="kind")] | None = None
    numbers: dict[str, int] = Field(default_factory=dict)
    first: int | None = Field(None, alias="from")


def fault_of(text: str, *at: str | int) -> str:
    with pytest.raises(DocumentRefused) as caught:
        parsed(Whole, read_document(text, name="a.yaml"), at=at)
    return str(caught.value)


def test_model_is_built_from_the_document_or_a_part_of_it() -> None:
    document = read_document("whole: {from: 3, numbers: {a: 1}}", name="a.yaml")
    assert parsed(Whole, document, at=("whole",)) == Whole.model_validate({"from": 3, "numbers": {"a": 1}})


SAID = {
    "nombers: {a: 1}": "line 1: nombers: unknown key; did you mean 'numbers'?",
    "form: 1": "line 1: form: unknown key; did you mean 'from'?",
    "zzz: 1": "line 1: zzz: unknown key; it is misspelt or not built yet",
    "numbers:\n  a: 1\n  b: x": "line 3: numbers.b: ",
    "part:\n  kind: points": "line 1: part.name: is missing: write it",
    "part:\n  kind: points\n  name: n\n  points: {a: x}": "line 4: part.points.a: ",
    "part:\n  kind: points\n  points: {a: 1}": "line 1: part.name: is missing",
    "part:\n  kind: points\n  name: n\n  inner: {kind: points}": "line 4: part.inner.name: is missing",
    "part:\n  kind: point": "line 1: part: ",
    "[a]": "line 1: the document: ",
}


@pytest.mark.parametrize("text", SAID)
def test_fault_is_named_by_the_line_and_the_key_that_was_written(text: str) -> None:
    assert f"a.yaml, {SAID[text]}" in fault_of(text)


def test_fault_below_a_part_keeps_the_lines_of_the_file() -> None:
    assert fault_of("x: 1\nwhole:\n  numbers: {a: x}", "whole").startswith(
        "a.yaml, line 3: whole.numbers.a: "
    )


def test_many_faults_are_cut_to_what_a_person_reads() -> None:
    lines = fault_of("numbers: {" + ", ".join(f"a{number}: x" for number in range(50)) + "}").splitlines()
    assert len(lines) == MOST_ERRORS_SHOWN + 1
    assert lines[-1] == "a.yaml: and 30 more"


def test_line_of_an_empty_document_is_the_first() -> None:
    assert Document("a.yaml", {}, {}).line_of(("a", "b")) == 1


WRITTEN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=20), inner, max_size=4),
    max_leaves=12,
)


@given(st.dictionaries(st.text(max_size=20), WRITTEN, min_size=1, max_size=4))
def test_document_from_values_says_what_their_json_text_says(content: dict[str, Any]) -> None:
    read = read_document(json.dumps(content), name="a.yaml")
    made = document_from(content, name="a.yaml")
    assert (made.content, made.lines) == (read.content, read.lines)


@pytest.mark.parametrize("content", [{"a": "\ud83d"}, {"\udc00": "a"}, ["\ud800\ud800"]])
def test_half_of_a_character_in_values_is_refused(content: Any) -> None:
    with pytest.raises(DocumentRefused, match="half of a character"):
        document_from(content, name="a.yaml")


def test_values_nested_too_deeply_are_refused() -> None:
    content: Any = "a"
    for _ in range(DEEPEST_LEVEL):
        content = [content]
    assert document_from(content, name="a.yaml").line_of((0,)) == 1
    with pytest.raises(DocumentRefused, match="nested deeper"):
        document_from([content], name="a.yaml")
