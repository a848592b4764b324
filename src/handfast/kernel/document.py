"""A written document: YAML 1.2 read as plain text values, where every key knows its line."""

from __future__ import annotations

import difflib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from handfast.kernel.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic_core import ErrorDetails
    from ruamel.yaml.events import Event

LARGEST_CHARACTERS = 1_000_000
DEEPEST_LEVEL = 40
MOST_ERRORS_SHOWN = 20
_PLAIN_NULLS = {"", "~", "null", "Null", "NULL"}

Path = tuple[str | int, ...]
ModelT = TypeVar("ModelT", bound=BaseModel)


class DocumentRefused(Refusal):
    """A written document that cannot be read: the message names file, line, field and what to do."""

    code = "document-refused"


@dataclass(frozen=True, slots=True)
class Document:
    """What a text says: values (mappings, lists, strings, None) and the line of each path.

    Where a fast reader knew no lines, `has_lines` is false and a place is told by its path alone.
    """

    name: str
    content: Any
    lines: dict[Path, int] = field(repr=False)
    has_lines: bool = True

    def line_of(self, path: Path) -> int:
        """The line of a path, or of the nearest thing above it that was written."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def where(self, path: Path) -> str:
        """File, and line where lines are known."""
        return f"{self.name}, line {self.line_of(path)}" if self.has_lines else self.name

    def holds(self, path: Path) -> bool:
        """Whether something was written at a path."""
        if self.has_lines:
            return path in self.lines
        here = self.content
        for step in path:
            is_there = (
                0 <= step < len(here)
                if isinstance(here, list) and isinstance(step, int)
                else isinstance(here, dict) and step in here
            )
            if not is_there:
                return False
            here = here[step]
        return True


def read_document(text: str, *, name: str) -> Document:
    """Read YAML 1.2 (or JSON, which it holds) without guessing: `NO` and `22:00` stay text.

    Every plain value stays the text that was written; the schema says what it means. Refused: duplicate
    keys, anchors and aliases, tags, several documents, more than a million characters.
    """
    if len(text) > LARGEST_CHARACTERS:
        raise DocumentRefused(f"{name}: {len(text):,} characters; at most {LARGEST_CHARACTERS:,} are read")
    yaml = YAML(typ="rt", pure=True)
    yaml.version = (1, 2)
    try:
        _refuse_what_is_not_plain(yaml.parse(text), name)
        nodes = list(YAML(typ="rt", pure=True).compose_all(text))
    except MarkedYAMLError as error:
        raise DocumentRefused(_yaml_fault(name, error)) from error
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise DocumentRefused(
            f"{name}, line {line}: a control character stands there: is this a text file?"
        ) from error
    except RecursionError as error:
        raise DocumentRefused(f"{name}: nested too deeply") from error
    except (ValueError, OverflowError) as error:
        raise DocumentRefused(f"{name}: {error}") from error
    if len(nodes) != 1 or nodes[0] is None:
        raise DocumentRefused(f"{name}, line 1: expected one document, found {len(nodes)}")
    lines: dict[Path, int] = {}
    content = _value_of(nodes[0], (), lines, name)
    return Document(name, content, lines)


def document_from(content: Any, *, name: str) -> Document:
    """What reading the JSON text of `content` would give, without writing and reading it: one line, and far less time."""
    lines: dict[Path, int] = {}
    return Document(name, _text_of(content, (), lines, name), lines)


def _text_of(content: Any, path: Path, lines: dict[Path, int], name: str) -> Any:
    if len(path) > DEEPEST_LEVEL:
        raise DocumentRefused(f"{name}, line 1: nested deeper than {DEEPEST_LEVEL} levels")
    lines[path] = 1
    if isinstance(content, dict):
        return {
            _whole_text(key, 1, name): _text_of(value, (*path, key), lines, name)
            for key, value in content.items()
        }
    if isinstance(content, list | tuple):
        return [_text_of(item, (*path, place), lines, name) for place, item in enumerate(content)]
    if content is None:
        return None
    return _whole_text(content if isinstance(content, str) else json.dumps(content), 1, name)


def _refuse_what_is_not_plain(events: Iterable[Event], name: str) -> None:
    """Stops at the first fault: deep nesting would cost the composer time that grows with its square."""
    depth = 0
    for event in events:
        line = event.start_mark.line + 1
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            raise DocumentRefused(f"{name}, line {line}: anchors and aliases are not read: write it out")
        tag = getattr(event, "tag", None)
        if tag:
            raise DocumentRefused(f"{name}, line {line}: the tag {tag} is not read: leave it out")
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
        if depth > DEEPEST_LEVEL:
            raise DocumentRefused(f"{name}, line {line}: nested deeper than {DEEPEST_LEVEL} levels")


def _yaml_fault(name: str, error: MarkedYAMLError) -> str:
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    said = error.problem or error.context or "not YAML"
    return f"{name}, line {line}: {said}"


def _value_of(node: Node, path: Path, lines: dict[Path, int], name: str) -> Any:
    line = node.start_mark.line + 1
    lines.setdefault(path, line)
    if isinstance(node, MappingNode):
        return _mapping_of(node, path, lines, name)
    if isinstance(node, SequenceNode):
        return [_value_of(item, (*path, place), lines, name) for place, item in enumerate(node.value)]
    plain = isinstance(node, ScalarNode) and not node.style
    return None if plain and node.value in _PLAIN_NULLS else _whole_text(node.value, line, name)


def _whole_text(text: str, line: int, name: str) -> str:
    """JSON writes a character beyond U+FFFF as two escapes: together they are that character, alone nothing."""
    try:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except UnicodeDecodeError as error:
        raise DocumentRefused(
            f"{name}, line {line}: half of a character (an escape from \\ud800 to \\udfff): write it whole"
        ) from error


def _mapping_of(node: MappingNode, path: Path, lines: dict[Path, int], name: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, ScalarNode):
            raise DocumentRefused(f"{name}, line {line}: a key must be plain text")
        key = _whole_text(key_node.value, line, name)
        if key in found:
            raise DocumentRefused(
                f"{name}, line {line}: the key {key!r} stands twice; it stood before in line {lines[(*path, key)]}"
            )
        lines[(*path, key)] = line
        found[key] = _value_of(value_node, (*path, key), lines, name)
    return found


def parsed(model: type[ModelT], document: Document, *, at: Path = ()) -> ModelT:
    """The document (or the part of it below `at`) as `model`; every fault named by file, line and field."""
    content = document.content
    for step in at:
        content = content[step]
    try:
        return model.model_validate(content)
    except ValidationError as error:
        raise DocumentRefused("\n".join(_faults(model, document, at, error))) from error


def _faults(model: type[BaseModel], document: Document, at: Path, error: ValidationError) -> Iterator[str]:
    details = error.errors(include_url=False)
    for detail in details[:MOST_ERRORS_SHOWN]:
        written = _written_path(document, at, detail)
        field_name = ".".join(str(step) for step in written) or "the document"
        yield f"{document.where(written)}: {field_name}: {_said(model, detail)}"
    if len(details) > MOST_ERRORS_SHOWN:
        yield f"{document.name}: and {len(details) - MOST_ERRORS_SHOWN} more"


def _written_path(document: Document, at: Path, detail: ErrorDetails) -> Path:
    """Pydantic's place without the steps it adds for unions, which nobody wrote."""
    path = at
    here = _content_at(document, at)
    is_tag_next = True
    for place, step in enumerate(rest := detail["loc"]):
        # The first step inside a union told apart by `kind` is that kind, which may be the name of a key too.
        if is_tag_next and isinstance(here, dict) and here.get("kind") == step:
            is_tag_next = False
        elif document.holds((*path, step)) or (place == len(rest) - 1 and detail["type"] == "missing"):
            path = (*path, step)
            here = _content_at(document, path)
            is_tag_next = True
    return path


def _content_at(document: Document, path: Path) -> Any:
    here = document.content
    for step in path:
        if isinstance(here, dict):
            here = here.get(step)
        else:
            here = here[step] if isinstance(here, list) and isinstance(step, int) else None
    return here


def _said(model: type[BaseModel], detail: ErrorDetails) -> str:
    kind = detail["type"]
    last = str(detail["loc"][-1]) if detail["loc"] else ""
    if kind == "extra_forbidden":
        known = sorted(_field_names(model))
        near = difflib.get_close_matches(last, known, n=1, cutoff=0.75)
        return "unknown key" + (
            f"; did you mean {near[0]!r}?" if near else "; it is misspelt or not built yet"
        )
    if kind == "missing":
        return "is missing: write it"
    said = detail["msg"].removeprefix("Value error, ")
    given = detail.get("input")
    shown = f" (written: {given!r})" if isinstance(given, str | int) else ""
    return f"{said}{shown}"


def _field_names(model: type[BaseModel], seen: set[type[BaseModel]] | None = None) -> set[str]:
    """The names of all keys that a model and the models inside it know."""
    seen = set() if seen is None else seen
    if model in seen:
        return set()
    seen.add(model)
    names: set[str] = set()
    for field_name, info in model.model_fields.items():
        names.add(info.alias or field_name)
        for inner in _models_in(info.annotation):
            names |= _field_names(inner, seen)
    return names


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in getattr(annotation, "__args__", ()):
        yield from _models_in(inner)
