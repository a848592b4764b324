"""A source's mapping is written anew, for the files that come from now on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.records.actions.add_source import check_names
from handfast.records.permissions import is_from_staffs_side, may_keep_source
from handfast.records.reading.mappings import mapping_named
from handfast.records.reading.staff import staff_columns_of
from handfast.records.refusals import StaffMarksKept

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
    A column of staff is marked by either side; only the provider takes a mark away. Raises StaffMarksKept.
    """
    check_names(source.key, name)
    source.kind = mapping_named(mapping, source.key).kind
    if not is_from_staffs_side(source.engagement, actor.organisation):
        _keep_marks(source, mapping)
    source.name, source.mapping = name.strip(), mapping
    source.save(update_fields=["name", "mapping", "kind"])
    return source


def _keep_marks(source: Source, mapping: str) -> None:
    """A column may not even be dropped: dropped first, it could come back unmarked."""
    lost = sorted(
        set(staff_columns_of(source.mapping, source.key)) - set(staff_columns_of(mapping, source.key))
    )
    if lost:
        raise StaffMarksKept(
            f"column {lost[0]!r} names people of the provider and stands under `staff:`; only the provider takes it "
            "from there: keep it, or ask them"
        )
