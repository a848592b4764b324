"""Change what a step says: its name, who leads it, what each side does in it, and how its milestone is passed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handfast.foundation.actions import action
from handfast.transition.permissions import may_amend_step
from handfast.transition.queries.checking import check_step
from handfast.transition.refusals import ActivityRefused, NothingChanges

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from handfast.foundation.actor import Actor
    from handfast.transition.models import Step

AMENDABLE = frozenset(
    {"name", "lead", "description", "client_actions", "provider_actions", "deliverables", "criteria"}
)


@action(permits=may_amend_step, records="step.amended")
def amend_step(
    actor: Actor, step: Step, /, *, changes: Mapping[str, Any], at: datetime, as_seen: str | None = None
) -> Step:
    """Give a step new words. They move no date. Raises ActivityRefused, NothingChanges."""
    if changes.keys() - AMENDABLE:
        raise ActivityRefused("not something of a step that is amended")
    check_step(changes)
    if all(getattr(step, name) == value for name, value in changes.items()):
        raise NothingChanges("everything is as it was: change something first")
    for name, value in changes.items():
        setattr(step, name, value)
    step.version += 1
    step.save(update_fields=[*changes, "version"])
    return step
