"""Keep what an auditor opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.people.models import AccessEntry

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.people.models import Membership

LONGEST_PATH = 500


def note_opened(
    member: Membership, *, method: str, path: str, status: int, is_program: bool, at: datetime
) -> None:
    """Nobody decides it, and what was only read changes nothing: it stands in a list and in no journal."""
    AccessEntry.objects.create(
        membership=member,
        at=at,
        method=method,
        path=path[:LONGEST_PATH],
        status=status,
        is_program=is_program,
    )
