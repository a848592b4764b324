"""Make a pack, and withdraw it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from handfast.foundation.actions import action
from handfast.foundation.outbox import later
from handfast.foundation.refusals import NotSeen
from handfast.packs.models import Pack
from handfast.packs.permissions import may_make_pack, may_withdraw_pack
from handfast.packs.queries.packs import WRITE_FILES
from handfast.packs.refusals import PackMadeAlready, PackWithdrawn

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Space
    from handfast.packs.queries.freezing import Frozen


@action(permits=may_make_pack, records="pack.made")
def make_pack(actor: Actor, space: Space, /, *, frozen: Frozen, at: datetime) -> Pack:
    """Keep what was frozen for the readers of this space; the worker writes its files. Raises NotSeen, PackMadeAlready."""
    if frozen.space != space.pk:
        raise NotSeen  # what was frozen for one audience is never kept for another
    try:
        with transaction.atomic():
            made: Pack = Pack.objects.create(
                id=frozen.id, space=space, engagement_id=space.engagement_id, kind=frozen.kind, subject=frozen.subject,
                asked=frozen.asked, body=frozen.body, digest=frozen.digest, made_at=at, made_by_id=actor.person,
                made_for_id=actor.organisation,
            )  # fmt: skip
    except IntegrityError as taken:
        raise PackMadeAlready("this form has made its pack: open it anew for another") from taken
    later(WRITE_FILES, made, due_at=at, actor=actor)
    return made


@action(permits=may_withdraw_pack, records="pack.withdrawn")
def withdraw_pack(actor: Actor, pack: Pack, /, *, at: datetime) -> Pack:
    """Take it back: its line stays, its files are no longer given out. Raises PackWithdrawn."""
    if pack.withdrawn_at is not None:
        raise PackWithdrawn("this pack was withdrawn already")
    pack.withdrawn_at, pack.withdrawn_by_id = at, actor.person
    pack.save(update_fields=["withdrawn_at", "withdrawn_by_id"])
    return pack
