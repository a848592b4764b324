"""How one try ended, before it is written down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from handfast.learning.models import Sitting, Topic, TopicPart, Trainee
    from handfast.learning.reading.scoring import Points


@dataclass(frozen=True, slots=True)
class NewResult:
    """Of one trainee at one part; `points` is None where only passed or not is known."""

    trainee: Trainee
    topic: Topic
    part: TopicPart
    taken_on: date
    is_passed: bool
    source: str
    points: Points | None = None
    sitting: Sitting | None = None
    marks: Sequence[Sequence[int]] = ()
    note: str = ""
