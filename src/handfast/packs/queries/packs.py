"""Packs as they are seen: those of both sides, and those of the own one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.models import Outgoing
from handfast.foundation.outbox import WHOLE
from handfast.foundation.sight import the_one
from handfast.packs.models import Pack
from handfast.packs.report import Report

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from handfast.foundation.actor import Actor

WRITE_FILES = "packs.write_files"


def packs_seen_by(actor: Actor, engagement: UUID) -> QuerySet[Pack]:
    """All of an engagement, withdrawn ones too, the newest first; without what they say."""
    rows: QuerySet[Pack] = Pack.objects.filter(engagement_id=engagement, space_id__in=actor.reach.reads)
    return rows.select_related("engagement").defer("body")


def pack_seen_by(actor: Actor, pack: UUID) -> Pack:
    """One pack of any engagement. Raises NotSeen."""
    rows = Pack.objects.filter(pk=pack, space_id__in=actor.reach.reads)
    found: Pack = the_one(rows.select_related("engagement", "space"))
    return found


def report_of(pack: Pack) -> Report:
    """What it says, read back from its frozen bytes."""
    return Report.model_validate_json(pack.body)


def share_written(pack: Pack) -> int | None:
    """How much of its files the worker has written, in percent; None where it is done, or was given up."""
    row = Outgoing.objects.filter(kind=WRITE_FILES, subject_id=pack.pk).first()
    if row is None or row.done_at is not None or row.failed_at is not None:
        return None
    return row.done_share * 100 // WHOLE
