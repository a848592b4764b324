"""How the packs of an organisation look."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.packs.models import PackLook
from handfast.packs.reading.looks import Logo
from handfast.packs.report import Look
from handfast.people.queries import organisation_of

if TYPE_CHECKING:
    from handfast.foundation.actor import Actor


def look_seen_by(actor: Actor) -> PackLook | None:
    """What was chosen for the organisation that the actor acts for; None where nothing was."""
    own = organisation_of(actor)
    if own is None:
        return None
    rows = PackLook.objects.filter(space_id=own.home_space_id, space_id__in=actor.reach.reads)
    found: PackLook | None = rows.first()
    return found


def look_of(actor: Actor) -> Look:
    """The same as packs are frozen with it; the house's own where nothing was chosen."""
    found = look_seen_by(actor)
    if found is None:
        return Look()
    return Look(
        accent=found.accent, logo=found.logo, logo_width=found.logo_width, logo_height=found.logo_height
    )


def logo_of(look: PackLook | None) -> Logo | None:
    """The logo that was chosen, to be kept when only the colour changes."""
    if look is None or not look.logo:
        return None
    return Logo(look.logo, look.logo_width, look.logo_height, look.logo_sha256)
