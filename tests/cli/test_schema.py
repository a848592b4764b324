"""`handfast schema` prints schemas that hold together and accept what the reader accepts."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from ruamel.yaml import YAML

from handfast.cli.schema import DRAFT, Kind, schema_of

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
HANDFAST = str(Path(sys.executable).parent / "handfast")
TYPES: dict[str, Any] = {
    "string": str,
    "integer": int,
    "number": (int, float),
    "boolean": bool,
    "array": list,
    "object": dict,
    "null": type(None),
}
CHECKED = {
    "type", "properties", "required", "additionalProperties", "patternProperties", "propertyNames", "items",
    "anyOf", "oneOf", "$ref", "enum", "const", "pattern", "minItems", "maxItems", "minLength", "maxLength",
    "minProperties", "minimum", "maximum",
}  # fmt: skip
SAID = {"$schema", "$defs", "title", "description", "default", "examples", "format", "discriminator"}


def nodes_of(schema: Any) -> Iterator[dict[str, Any]]:
    """Every schema inside a schema."""
    if not isinstance(schema, dict):
        return
    yield schema
    for key in ("properties", "$defs", "patternProperties"):
        for inner in schema.get(key, {}).values():
            yield from nodes_of(inner)
    for key in ("items", "additionalProperties", "propertyNames"):
        yield from nodes_of(schema.get(key))
    for key in ("anyOf", "oneOf"):
        for inner in schema.get(key, ()):
            yield from nodes_of(inner)


def is_of_type(value: Any, named: str | list[str]) -> bool:
    names = [named] if isinstance(named, str) else named
    return any(
        isinstance(value, TYPES[name]) and (name == "boolean" or not isinstance(value, bool))
        for name in names
    )


def faults(value: Any, schema: Any, root: dict[str, Any], at: str = "") -> list[str]:
    """What a value breaks of a schema: the part of draft 2020-12 that these schemas use."""
    if isinstance(schema, bool):
        return [] if schema else [f"{at}: not allowed"]
    if "type" in schema and not is_of_type(value, schema["type"]):
        return [f"{at}: {value!r} is no {schema['type']}"]
    found = [*faults_of_choice(value, schema, root, at), *faults_of_word(value, schema, at)]
    if isinstance(value, dict):
        found += faults_of_keys(value, schema, root, at)
    if isinstance(value, list):
        if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
            found.append(f"{at}: {len(value)} items")
        for place, item in enumerate(value):
            found += faults(item, schema.get("items", True), root, f"{at}.{place}")
    return found


def faults_of_choice(value: Any, schema: dict[str, Any], root: dict[str, Any], at: str) -> Iterator[str]:
    if "$ref" in schema:
        yield from faults(value, root["$defs"][schema["$ref"].removeprefix("#/$defs/")], root, at)
    for key in ("anyOf", "oneOf"):
        if key in schema and all(faults(value, one, root, at) for one in schema[key]):
            yield f"{at}: {value!r} fits none of {key}"


def faults_of_word(value: Any, schema: dict[str, Any], at: str) -> Iterator[str]:
    if value not in schema.get("enum", [value]) or schema.get("const", value) != value:
        yield f"{at}: {value!r} is another word"
    if isinstance(value, str) and not re.search(schema.get("pattern", ""), value):
        yield f"{at}: {value!r} is written otherwise"


def faults_of_keys(
    value: dict[str, Any], schema: dict[str, Any], root: dict[str, Any], at: str
) -> Iterator[str]:
    for key in schema.get("required", ()):
        if key not in value:
            yield f"{at}.{key} is missing"
    if len(value) < schema.get("minProperties", 0):
        yield f"{at}: too few keys"
    for key, inner in value.items():
        yield from faults(key, schema.get("propertyNames", True), root, f"{at}.{key}")
        matching = [
            one for pattern, one in schema.get("patternProperties", {}).items() if re.search(pattern, key)
        ]
        if key in schema.get("properties", {}):
            matching = [schema["properties"][key]]
        for one in matching or [schema.get("additionalProperties", True)]:
            yield from faults(inner, one, root, f"{at}.{key}")


def plain(path: Path) -> Any:
    """The file as an editor reads it: YAML 1.2 with its numbers and truths; dates as they are written."""
    yaml = YAML(typ="safe", pure=True)
    yaml.constructor.yaml_constructors = dict(yaml.constructor.yaml_constructors)
    yaml.constructor.yaml_constructors["tag:yaml.org,2002:timestamp"] = lambda _, node: node.value
    return as_json(yaml.load(path.read_text("utf-8")))


def as_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): as_json(inner) for key, inner in value.items()}
    return [as_json(inner) for inner in value] if isinstance(value, list) else value


@pytest.mark.parametrize("kind", list(Kind))
def test_schema_of_each_kind_holds_together(kind: Kind) -> None:
    schema = schema_of(kind)
    assert (schema["$schema"], schema["title"]) == (DRAFT, f"Handfast {kind.value}")
    defined = set(schema.get("$defs", ()))
    for node in nodes_of(schema):
        assert set(node) <= CHECKED | SAID, set(node) - CHECKED - SAID
        assert node.get("$ref", "#/$defs/").removeprefix("#/$defs/") in defined | {""}
        assert set(node.get("required", ())) <= set(node.get("properties", ()))
        re.compile(node.get("pattern", ""))
    assert json.loads(json.dumps(schema)) == schema


@pytest.mark.parametrize("kind", list(Kind))
def test_schema_is_printed_as_json(kind: Kind) -> None:
    ended = subprocess.run([HANDFAST, "schema", kind.value], capture_output=True, text=True, check=True)
    assert json.loads(ended.stdout) == schema_of(kind)


def test_schema_of_nothing_known_is_refused() -> None:
    ended = subprocess.run([HANDFAST, "schema", "invoice"], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "invoice" in ended.stderr


def test_unknown_key_is_refused_by_the_schema_too() -> None:
    schema = schema_of(Kind.reported)
    assert faults({"values": {}, "charge": {}}, schema, schema) == [".charge: not allowed"]


@pytest.mark.parametrize(
    "path", sorted((ROOT / "examples").glob("*/terms.yaml")), ids=lambda path: path.parent.name
)
def test_schema_accepts_the_example_terms(path: Path) -> None:
    schema = schema_of(Kind.terms)
    content = plain(path)
    assert faults(content, schema, schema) == []
    calendar, mapping = schema_of(Kind.calendar), schema_of(Kind.mapping)
    assert [fault for one in content["calendars"].values() for fault in faults(one, calendar, calendar)] == []
    assert [fault for one in content["sources"].values() for fault in faults(one, mapping, mapping)] == []


@pytest.mark.parametrize(
    "path", sorted((ROOT / "examples").glob("*/reported.yaml")), ids=lambda path: path.parent.name
)
def test_schema_accepts_the_example_reports(path: Path) -> None:
    schema = schema_of(Kind.reported)
    assert faults(plain(path), schema, schema) == []


BROKEN = {
    "start": (
        "clocks",
        {"a": {"source": "s", "calendar": "c", "start": {}, "stop": "x", "reopening": "continue"}},
    ),
    "kind": ("measures", {"a": {"kind": "median"}}),
    "reopening": (
        "clocks",
        {"a": {"source": "s", "calendar": "c", "start": "x", "stop": "y", "reopening": "maybe"}},
    ),
    "amendment": ("amendments", [{"from": "2026-01-01", "change": {}}]),
}


@pytest.mark.parametrize("part", BROKEN)
def test_schema_refuses_what_the_reader_refuses(part: str) -> None:
    schema = schema_of(Kind.terms)
    content = plain(ROOT / "examples/support/terms.yaml")
    key, value = BROKEN[part]
    assert faults(content | {key: value}, schema, schema)
