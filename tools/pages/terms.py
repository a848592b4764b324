"""Makes docs/reference/terms.md and plan.md from their schemas: every key, what it takes and what it means."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Schema = dict[str, Any]

_FORMATS = {"date": "a day, as `2026-01-31`", "date-time": "an instant, as `2026-01-31T12:00:00Z`"}
_TYPES = {
    "string": "text",
    "number": "text",
    "integer": "whole number",
    "boolean": "true or false",
    "object": "keys and values",
    "array": "list",
}


TERMS_OPENING = (
    "# Terms",
    "",
    "Every key of a file of terms. Made by `make docs` from the models; edit them, not this page.",
    "`handfast schema terms` prints the same as JSON Schema, for editors that complete and check as one types.",
    "",
    "A key that does not stand here is refused with its line: what is not built is never ignored. Keys under",
    "*by id* are chosen by the parties: small letters, digits and `_`.",
)
PLAN_OPENING = (
    "# Plan",
    "",
    "Every key of a plan, which is YAML 1.2 or JSON. Made by `make docs` from the models; edit them, not this page.",
    "`handfast schema plan` prints the same as JSON Schema, for editors that complete and check as one types.",
    "What the dates mean stands in [the algorithms](../algorithms/scheduling.md).",
    "",
    "A key that does not stand here is refused with its line. A text that begins with `{` is read as JSON, which is",
    "fast: its faults are named by their path. At most 100,000 activities are scheduled in one plan.",
)


def terms_page(schema: Schema) -> str:
    return schema_page(schema, TERMS_OPENING)


def plan_page(schema: Schema) -> str:
    return schema_page(schema, PLAN_OPENING)


def schema_page(schema: Schema, opening: Sequence[str]) -> str:
    """One section for the whole file, then one for each part in the order in which it is first named."""
    lines = [*opening, "", "## The file", "", *_table(schema)]
    for name in _in_order(schema):
        part = schema["$defs"][name]
        said = part.get("description", "").split("\n")[0]
        lines += [f"## {heading(name)}", "", *([said, ""] if said else []), *_table(part)]
    return "\n".join(lines).rstrip() + "\n"


def heading(name: str) -> str:
    """`ShareWithinTarget` as `Share within target`."""
    words = re.sub(r"(?<!^)(?=[A-Z])", " ", name.removeprefix("Written").removesuffix("Terms"))
    return words.capitalize()


def _in_order(schema: Schema) -> list[str]:
    found: list[str] = []

    def walk(node: Any) -> None:
        for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            walk(inner)
        name = node.get("$ref", "").removeprefix("#/$defs/") if isinstance(node, dict) else ""
        if name and name not in found:
            found.append(name)

    walk(schema["properties"])
    for name in found:
        walk(schema["$defs"][name]["properties"])
    return found


def _table(part: Schema) -> list[str]:
    rows = ["| key | value | if left out | meaning |", "|---|---|---|---|"]
    for key, value in part["properties"].items():
        left_out = "needed" if key in part.get("required", ()) else _default(value)
        rows.append(f"| `{key}` | {_value(value)} | {left_out} | {value.get('description', '')} |")
    return [*rows, ""]


def _default(value: Schema) -> str:
    default = value.get("default")
    if default is None or default in ([], {}):
        return ""
    if isinstance(default, dict):
        default = {key: inner for key, inner in default.items() if inner is not None}
    return _code(default if isinstance(default, str) else json.dumps(default).replace('"', ""))


def _code(text: Any) -> str:
    """A word as it is written, kept apart from the table that it stands in."""
    return "`" + str(text).replace("\t", "\\t").replace("|", "\\|") + "`"


def _value(value: Schema) -> str:
    return " or ".join(dict.fromkeys(phrase for phrase in _phrases(value) if phrase))


def _phrases(value: Schema) -> Iterator[str]:
    if "$ref" in value:
        title = heading(value["$ref"].removeprefix("#/$defs/"))
        yield f"[{title}](#{title.lower().replace(' ', '-')})"
    elif "anyOf" in value or "oneOf" in value:
        for inner in value.get("anyOf") or value["oneOf"]:
            yield from _phrases(inner)
    elif "const" in value or "enum" in value:
        yield from (_code(word) for word in value.get("enum", [value.get("const")]))
    elif "examples" in value:
        yield "as " + " or ".join(f"`{example}`" for example in value["examples"])
    elif "format" in value:
        yield _FORMATS[value["format"]]
    else:
        yield from _of_type(value)


def _of_type(value: Schema) -> Iterator[str]:
    types = value.get("type", "object")
    first = types if isinstance(types, str) else types[0]
    inner = next(iter(value.get("patternProperties", {}).values()), value.get("additionalProperties"))
    if first == "array" and isinstance(value.get("items"), dict):
        yield f"list of {_value(value['items'])}"
    elif first == "object" and isinstance(inner, dict):
        names = value.get("propertyNames", {})
        yield f"by {_value(names) if 'enum' in names else 'id'}: {_value(inner)}"
    elif first != "null":
        yield _TYPES[first]
