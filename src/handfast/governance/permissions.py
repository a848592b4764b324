"""Who may keep registers."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID

    from handfast.foundation.actor import Actor
    from handfast.foundation.models import Space
    from handfast.governance.models import DecisionRequest, RegisterEntry, SavedView


def may_keep_registers(actor: Actor, engagement: UUID | None) -> bool:
    """Whoever's role includes it, on either side."""
    return actor.can("keep-registers", engagement)


def may_write_entry(actor: Actor, space: Space) -> bool:
    """Whoever keeps registers; which spaces they write the reach says."""
    return may_keep_registers(actor, space.engagement_id)


def may_change_entry(actor: Actor, entry: RegisterEntry) -> bool:
    """The same: what both see is both sides' to keep."""
    return may_keep_registers(actor, entry.engagement_id)


def may_give_decision(actor: Actor, request: DecisionRequest) -> bool:
    """Whoever it is asked of, while their role lets them change the entry."""
    return actor.person == request.person_id and may_keep_registers(actor, request.entry.engagement_id)


def may_save_view(actor: Actor, space: Space) -> bool:
    """Whoever keeps registers, in their own side's space: a view is nobody else's business."""
    is_own = space.organisation_id is not None and space.organisation_id == actor.organisation
    return is_own and may_keep_registers(actor, space.engagement_id)


def may_change_view(actor: Actor, view: SavedView) -> bool:
    """Whoever saved it."""
    return actor.person == view.person_id and may_keep_registers(actor, view.engagement_id)


def may_remove_view(actor: Actor, view: SavedView) -> bool:
    """Whoever saved it; one that is shared, also whoever manages the side's people: its person may be gone."""
    manages = view.shared_with != view.ALONE and actor.can("manage-people", view.engagement_id)
    return manages or may_change_view(actor, view)


def may_bring_back_view(actor: Actor, view: SavedView) -> bool:
    """Whoever removed it; while it stands, whoever saved it."""
    return actor.person == (view.removed_by_id or view.person_id) and may_keep_registers(
        actor, view.engagement_id
    )
