"""The codes of classes and the secrets of sittings: how they are made, and whom they let in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.actor import Actor
from handfast.foundation.scope import Reach
from handfast.learning.models import LearningKey
from handfast.people.queries import letters_made, secret_digest

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

# 50 bits for some days: nobody guesses it, and it can be read out in a room.
CODE_LETTERS = 10
# What whoever holds a code can reach at all, in the one space of its class.
TABLES = frozenset(
    {
        "engagement.engagement", "engagement.party", "foundation.contents", "foundation.entry", "foundation.head",
        "learning.certificate", "learning.classtopic", "learning.extratry", "learning.question", "learning.result",
        "learning.sitting", "learning.topic", "learning.topicpart", "learning.trainee", "learning.trainingclass",
        "transition.plan",
    }
)  # fmt: skip


def class_code(key: UUID) -> str:
    """As it is read out, `k7qf2-mxt4b`: made again from the row's id, so that it is kept nowhere."""
    made = letters_made("learning.code", key)[:CODE_LETTERS]
    return f"{made[:5]}-{made[5:]}"


def sitting_secret(key: UUID) -> str:
    """Of the address of a test that was begun."""
    return letters_made("learning.sitting", key)


def code_digest(said: str) -> str:
    """What is kept of a code or a secret. A code may be typed with capitals, blanks, or without its dash."""
    kept = "".join(said.split()).replace("-", "").lower()
    return secret_digest(kept)


def key_in_force(secret: str, opens: str, at: datetime) -> LearningKey | None:
    """The one with this code or secret, while it lasts."""
    return LearningKey.objects.filter(opens=opens, digest=code_digest(secret), expires_at__gt=at).first()


def code_of_class(training_class: UUID, at: datetime) -> LearningKey | None:
    """The code that opens a class now."""
    rows = LearningKey.objects.filter(
        opens=LearningKey.Opens.CLASS, about_id=training_class, expires_at__gt=at
    )
    return rows.order_by("-made_at").first()


def holder_of(key: LearningKey) -> Actor:
    """Nobody who is known, for the organisation that gave the code, in its space and in the tables of tests alone."""
    space = frozenset({key.journal_space_id})
    return Actor(None, key.organisation_id, Reach(space, space, TABLES))
