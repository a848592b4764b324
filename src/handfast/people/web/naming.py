"""What engagements are called: people stand before them in time, so a later room tells it when it is opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from handfast.foundation.actor import Actor

_NAMING: list[Callable[[Actor], dict[UUID, str]]] = []


def engagements_are_named_by(naming: Callable[[Actor], dict[UUID, str]]) -> None:
    """Ask this one from now on; asked within the actor's reach."""
    _NAMING[:] = [naming]


def engagement_names(actor: Actor) -> dict[UUID, str]:
    """Names of the actor's engagements by id."""
    return _NAMING[0](actor) if _NAMING else {}
