"""A source's mapping is written anew, for the files that come from now on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.records.actions.add_source import check_names
from handfast.records.permissions import may_keep_source
from handfast.records.reading.mappings import mapping_named

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.foundation.actor import Actor
    from handfast.records.models import Source


@action(permits=may_keep_source, records="source.mapping_amended")
def amend_mapping(
    actor: Actor, source: Source, /, *, name: str, mapping: str, at: datetime, as_seen: str | None = None
) -> Source:
    """Replace name and mapping. Batches keep the mapping that they were read by.

    `as_seen` is the source's `seen_as` when the form was opened; the action compares it. Raises Conflict.
    """
    check_names(source.key, name)
    source.kind = mapping_named(mapping, source.key).kind
    source.name, source.mapping = name.strip(), mapping
    source.save(update_fields=["name", "mapping", "kind"])
    return source
