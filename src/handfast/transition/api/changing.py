"""What an operation that changes an activity asks first, and which of the sent values are new."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handfast.foundation.refusals import NotPermitted
from handfast.transition.models import Activity
from handfast.transition.queries.checking import POINTS, check_values

if TYPE_CHECKING:
    from handfast.transition.api.schemas import ChangesIn


def must(may: bool, what: str) -> None:
    """Before anything is computed: whoever may not keep the outcome costs no work."""
    if not may:
        raise NotPermitted(f"{what}: your role or your side does not include it")


def changes_in(found: Activity, given: ChangesIn) -> dict[str, Any]:
    """What was sent and is new; a milestone lasts no time. Raises ActivityRefused."""
    sent = given.dict(exclude={"as_seen", "reason"}, exclude_unset=True)
    days = {"not_before_on", "fixed_on", "deadline_on", "owner_id"}
    kept = {name: one for name, one in sent.items() if one is not None or name in days}
    if found.kind != Activity.Kind.WORK:
        kept = {name: one for name, one in kept.items() if name not in POINTS}
    check_values({name: getattr(found, name) for name in POINTS} | kept)
    return {name: one for name, one in kept.items() if one != getattr(found, name)}
