"""Who may do what with records."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.records.models import Batch, Source, Upload


def may_import_into(actor: Actor, engagement: UUID) -> bool:
    """Those who keep the engagement's records, of either side."""
    return actor.can("import-records", engagement)


def may_add_source(actor: Actor, engagement: Engagement) -> bool:
    return may_import_into(actor, engagement.pk)


def may_keep_source(actor: Actor, source: Source) -> bool:
    """Amend its mapping, send files into it."""
    return may_import_into(actor, source.engagement_id)


def may_withdraw_batch(actor: Actor, batch: Batch) -> bool:
    return may_import_into(actor, batch.source.engagement_id)


def may_withdraw_upload(actor: Actor, upload: Upload) -> bool:
    return may_import_into(actor, upload.source.engagement_id)


def may_read_upload(actor: Actor, upload: Upload) -> bool:
    """Only the worker reads, in the one space of the row that it was given."""
    return actor.person is None and actor.reach.writes == frozenset({upload.space_id})
