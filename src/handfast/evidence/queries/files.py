"""Files as they are seen, the newest first, and what a side keeps of them in an engagement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Sum

from handfast.evidence.models import File
from handfast.evidence.refusals import FilesFull, FileStands
from handfast.foundation.files.staged import said_size
from handfast.foundation.sight import the_one

if TYPE_CHECKING:
    from uuid import UUID

    from django.db.models import QuerySet

    from handfast.evidence.files.kept import KeptFile
    from handfast.evidence.queries.things import Thing
    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Space

CLEAN_FILES = "evidence.clean_files"
ERASE_FILE = "evidence.erase_file"


def files_seen_by(actor: Actor, thing: Thing) -> QuerySet[File]:
    """All beside a thing that the actor sees, withdrawn ones too, the newest first; what is a version stands with the versions."""
    rows: QuerySet[File] = File.objects.filter(
        space_id__in=actor.reach.reads,
        about_kind=thing.kind,
        about_id=thing.id,
        engagement_id=thing.engagement,
        frozen_in__isnull=True,
    )
    return rows.select_related("engagement")


def file_seen_by(actor: Actor, file: UUID) -> File:
    """One file beside anything. Raises NotSeen."""
    rows = File.objects.filter(pk=file, space_id__in=actor.reach.reads)
    found: File = the_one(rows.select_related("engagement", "space"))
    return found


def used_bytes(actor: Actor, engagement: UUID) -> int:
    """What the actor's side keeps in an engagement: of the other side's nothing is counted, and nothing told."""
    own = File.objects.filter(
        engagement_id=engagement, attached_for_id=actor.organisation, withdrawn_at__isnull=True
    )
    return int(own.aggregate(sum=Sum("size_bytes"))["sum"] or 0)


def check_account(actor: Actor, engagement: UUID, file: KeptFile) -> None:
    """Refuse what would be more than a side may keep. Raises FilesFull."""
    used, most = used_bytes(actor, engagement), int(settings.HANDFAST_FILE_QUOTA)
    if used + file.size_bytes > most:
        raise FilesFull(
            f"{file.file_name}: your side keeps {said_size(used)} of {said_size(most)} in this engagement, and this file has "
            f"{said_size(file.size_bytes)}: withdraw what is not needed, or ask whoever runs this installation to raise "
            "HANDFAST_FILE_QUOTA"
        )


def check_stands_once(thing: Thing, space: Space, file: KeptFile, sent_as: UUID | None) -> None:
    """Refuse what stands there already for those who would see it. Raises FileStands."""
    if sent_as and File.objects.filter(space=space, sent_as=sent_as).exists():
        raise FileStands(f"{file.file_name}: this was sent already, and stands once")
    same = File.objects.filter(
        space_id__in={space.pk, thing.space.pk},
        about_kind=thing.kind,
        about_id=thing.id,
        sha256=file.sha256,
        withdrawn_at__isnull=True,
        frozen_in__isnull=True,
    ).first()
    if same is not None:
        raise FileStands(
            f"{file.file_name}: this very file is attached already, as “{same.file_name}”: it stands once"
        )
