"""Choose how the packs of an organisation look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.packs.models import PackLook
from handfast.packs.permissions import may_choose_look
from handfast.packs.reading.looks import checked_accent

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.foundation.actor import Actor
    from handfast.packs.reading.looks import Logo
    from handfast.people.models import Organisation


@action(permits=may_choose_look, records="pack_look.chosen")
def choose_look(
    actor: Actor, organisation: Organisation, /, *, accent: str, logo: Logo | None, at: datetime
) -> PackLook:
    """Its colour and its logo, None for none, for the packs that are made from now on. Raises LookRefused."""
    kept: PackLook
    kept, _ = PackLook.objects.update_or_create(
        space_id=organisation.home_space_id,
        defaults={
            "accent": checked_accent(accent),
            "logo": logo.content if logo else "",
            "logo_width": logo.width if logo else 0,
            "logo_height": logo.height if logo else 0,
            "logo_sha256": logo.sha256 if logo else "",
            "chosen_at": at,
            "chosen_by_id": actor.person,
        },
    )
    return kept
