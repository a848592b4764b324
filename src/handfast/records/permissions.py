"""Who may do what with records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.engagement.queries import party_on
from handfast.people.models import Side

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


def may_name_staff(actor: Actor, engagement: Engagement) -> bool:
    """Those who keep the engagement's records for the provider, whose people they are."""
    return may_import_into(actor, engagement.pk) and actor.organisation == staff_of(engagement)


def may_send_staff(actor: Actor, engagement: Engagement) -> bool:
    """The same; and whoever imports, while the provider is not in the system."""
    return is_from_staffs_side(engagement, actor.organisation) and may_import_into(actor, engagement.pk)


def is_from_staffs_side(engagement: Engagement, organisation: UUID | None) -> bool:
    """Whether this organisation may bring in what names the provider's people."""
    return staff_of(engagement) in {None, organisation}


def staff_of(engagement: Engagement) -> UUID | None:
    """The provider's organisation; None while it is not in the system."""
    return party_on(engagement, Side.PROVIDER).organisation_id


def may_withdraw_batch(actor: Actor, batch: Batch) -> bool:
    return may_import_into(actor, batch.source.engagement_id)


def may_withdraw_upload(actor: Actor, upload: Upload) -> bool:
    return may_import_into(actor, upload.source.engagement_id)


def may_read_upload(actor: Actor, upload: Upload) -> bool:
    """Only the worker reads, in the one space of the row that it was given."""
    return actor.person is None and actor.reach.writes == frozenset({upload.space_id})
