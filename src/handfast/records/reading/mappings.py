"""Mappings as text: checked, proposed from a preset, and named as a source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from handfast.kernel.document import read_document
from handfast.kernel.records.mapping_needs import needs_of
from handfast.kernel.records.readers.preset_files import preset_names, preset_text, preset_title
from handfast.kernel.records.sources import mapping_in
from handfast.kernel.refusal import Refusal

if TYPE_CHECKING:
    from handfast.kernel.records.readers.reading import Mapping

KEY = re.compile(r"[a-z][a-z0-9_]{0,62}")
SHOWN_NAME = "mapping"
LARGEST_MAPPING = 100_000
_NAMED = re.compile(r"(?m)^(sources:[ \t]*\n(?:[ \t]*(?:#[^\n]*)?\n)*  )([a-z][a-z0-9_]{0,62})(:)")


class MappingTooLarge(Refusal):
    """A mapping that is far longer than any mapping is."""

    code = "mapping-too-large"


class SourceNamedOtherwise(Refusal):
    """A mapping that stands under another name than its source."""

    code = "source-named-otherwise"


@dataclass(frozen=True, slots=True)
class Preset:
    """A first guess at the mapping of a common export."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class CheckedMapping:
    """What a mapping says: its kind and the columns that it asks of a file."""

    kind: str
    columns: tuple[str, ...]


def presets() -> list[Preset]:
    """All presets that are shipped."""
    return [Preset(name, preset_title(name)) for name in preset_names()]


def mapping_from_preset(preset: str, key: str) -> str:
    """The preset's text, under the name of the source. Raises PresetUnknown."""
    return _NAMED.sub(lambda found: f"{found[1]}{key}{found[3]}", preset_text(preset), count=1)


@lru_cache(maxsize=256)
def mapping_named(text: str, key: str) -> Mapping:
    """The mapping that a text holds for the source `key`, and for it alone.

    Raises DocumentRefused with its lines, MappingTooLarge, SourceNamedOtherwise.
    """
    if len(text) > LARGEST_MAPPING:
        raise MappingTooLarge(
            f"{len(text):,} characters; a mapping has at most {LARGEST_MAPPING:,}: write only the columns that count"
        )
    document = read_document(text.replace("\r\n", "\n"), name=SHOWN_NAME)
    content = document.content
    sources = content.get("sources") if isinstance(content, dict) else None
    if not isinstance(sources, dict) or list(sources) != [key] or list(content) != ["sources"]:
        raise SourceNamedOtherwise(
            f"{SHOWN_NAME}, line {document.line_of(('sources',))}: write `sources:` and below it `{key}:`, "
            "and nothing beside them: other sources have mappings of their own"
        )
    return mapping_in(document, key)[1]


def checked(text: str, key: str) -> CheckedMapping:
    """What the text says, or the refusal that names its line."""
    mapping = mapping_named(text, key)
    return CheckedMapping(mapping.kind, tuple(needs_of(mapping).columns))


def is_read_alike(one: str, other: str, key: str) -> bool:
    """Whether batches of both mappings can stand together: the same columns, ties and settings of the log."""
    return _shape(mapping_named(one, key)) == _shape(mapping_named(other, key))


def _shape(mapping: Mapping) -> tuple[object, ...]:
    from handfast.kernel.records.mapping import EventsMapping, IntervalsMapping  # noqa: PLC0415 - beside its use
    from handfast.kernel.records.readers.reading import attributes_of, totals_of  # noqa: PLC0415 - loads pyarrow

    if isinstance(mapping, IntervalsMapping):
        return ("intervals", mapping.minutes, tuple(sorted(mapping.keys)), totals_of(mapping))
    has_sequence = isinstance(mapping, EventsMapping) and mapping.sequence is not None
    return ("events", attributes_of(mapping), mapping.ties, has_sequence)
