"""People and topics as a matrix: how far everybody of some classes is with what their class must hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.learning.models import ClassTopic
from handfast.learning.queries.standing import proved_by

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from uuid import UUID

    from handfast.learning.models import Topic, Trainee
    from handfast.learning.queries.standing import Standing


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One of the people; a cell is None where their class must not hold the topic."""

    trainee: Trainee
    cells: tuple[Standing | None, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Topics in their order, and below them the people."""

    topics: tuple[Topic, ...]
    rows: tuple[MatrixRow, ...]


def matrix_of(trainees: Sequence[Trainee], today: date) -> Matrix:
    """Of these people, in five questions however many they are."""
    classes = {one.training_class_id for one in trainees}
    assigned = ClassTopic.objects.filter(training_class_id__in=classes, topic__is_dropped=False)
    pairs: set[tuple[UUID, UUID]] = set()
    topics: dict[UUID, Topic] = {}
    for one in assigned.select_related("topic"):
        pairs.add((one.training_class_id, one.topic_id))
        topics[one.topic_id] = one.topic
    columns = tuple(sorted(topics.values(), key=lambda one: one.number))
    known = proved_by([one.pk for one in trainees], list(topics))
    rows = tuple(
        MatrixRow(
            one,
            tuple(
                known.standing(one.pk, topic, today) if (one.training_class_id, topic.pk) in pairs else None
                for topic in columns
            ),
        )
        for one in trainees
    )
    return Matrix(columns, rows)
