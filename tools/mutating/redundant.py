"""Guards that no test can see, each with its reason: another guard stands behind, or what they stop cannot be brought about.

An entry that names no guard any more, or one that a test sees, fails the run.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Redundant:
    """A guard by its file, its kind and its text, and why its absence changes nothing that can be seen."""

    place: str
    kind: str
    said: str
    reason: str


SRC = "src/handfast/"
REDUNDANT: tuple[Redundant, ...] = (
    Redundant(
        SRC + "foundation/actor.py", "operand", "engagement is not None", "no capability stands under no engagement"
    ),
    Redundant(SRC + "foundation/fence.py", "operand", "row.space_id is None", "no reach holds None"),
    Redundant(
        SRC + "engagement/actions/engagements.py", "permits", "may_begin_engagement",
        "every verb asks first whether the actor writes in its subject; of a new space there is no more to ask",
    ),
    Redundant(
        SRC + "engagement/permissions.py", "predicate", "space.pk in actor.reach.writes",
        "every verb asks first whether the actor writes in its subject; of a new space there is no more to ask",
    ),
    Redundant(
        SRC + "foundation/walled/base.py", "exit", "sql.startswith( TRANSACTION_CONTROL )",
        "on PostgreSQL only, where `make test` asks it; the guards are opened on SQLite",
    ),
)  # fmt: skip
