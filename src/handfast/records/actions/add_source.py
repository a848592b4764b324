"""A tool's exports can come in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.foundation.outbox import later
from handfast.foundation.refusals import FieldsRefused
from handfast.foundation.texts import lines_faults
from handfast.kernel.refusal import Refusal
from handfast.records.models import Source
from handfast.records.permissions import may_add_source
from handfast.records.queries import CLEAN_FILES
from handfast.records.reading.mappings import KEY, mapping_named

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor


class SourceKeyTaken(Refusal):
    """A key under which the engagement has a source already."""

    code = "source-key-taken"
    status = 409


@action(permits=may_add_source, records="source.added")
def add_source(
    actor: Actor, engagement: Engagement, /, *, key: str, name: str, mapping: str, at: datetime
) -> Source:
    """Add a source with its mapping; terms name it by `key`."""
    check_names(key, name)
    read = mapping_named(mapping, key)
    if Source.objects.filter(space_id=engagement.space_id, key=key).exists():
        raise SourceKeyTaken(f"there is a source {key!r} already: amend its mapping, or choose another key")
    source: Source = Source.objects.create(
        space_id=engagement.space_id, engagement=engagement, key=key, name=name.strip(),
        kind=read.kind, mapping=mapping, added_at=at,
    )  # fmt: skip
    later(CLEAN_FILES, source, due_at=at, key=f"{CLEAN_FILES}:{source.space_id}", actor=actor)
    return source


def check_names(key: str, name: str) -> None:
    """Refuse what cannot name a source."""
    faults = []
    if not KEY.fullmatch(key):
        faults.append(("key", "small letters, digits and _, a letter first, as terms name the source"))
    faults += lines_faults([("name", name)])
    if faults:
        raise FieldsRefused("the source cannot be named so", faults)
