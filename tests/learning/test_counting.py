"""How many hold what, as the database counts it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from tests.learning.taught import AT, TODAY, Taught
from tests.learning.test_certifying import certified

from handfast.foundation.scope import entered
from handfast.learning.actions import (
    add_topic,
    enrol,
    lapse_certificate,
    note_leaving,
    open_class,
    record_results,
)
from handfast.learning.models import Trainee, TrainingClass
from handfast.learning.queries.counting import class_counts, topic_counts
from handfast.learning.queries.seen import topics_of
from handfast.learning.queries.standing import HOLDS, standing_of
from handfast.learning.reading.result_rows import ResultSaid
from handfast.learning.reading.said import ClassSaid, PartSaid, TopicSaid

pytestmark = pytest.mark.django_db
TEST, CASES = "Knowledge test", "Practical cases"
EARLIER = TODAY - timedelta(days=30)


def test_few_and_many_are_counted_by_number_and_not_by_row(taught: Taught) -> None:
    certified(taught, "KR-01")
    certified(taught, "KR-02")
    with entered(taught.client.reach):
        (topic,) = topic_counts(taught.engagement, TODAY)
        (counted,) = class_counts(taught.engagement, TODAY)
    assert (topic.certified, topic.is_thin, topic.questions) == (2, False, 4)
    assert (counted.people, counted.complete, counted.topics) == (3, 2, 1)
    note_leaving(taught.trainer, taught.trainee("KR-02"), left_on=TODAY, at=AT)
    with entered(taught.client.reach):
        (topic,) = topic_counts(taught.engagement, TODAY)
        (counted,) = class_counts(taught.engagement, TODAY)
    assert (topic.certified, topic.is_thin) == (1, True)
    assert (counted.people, counted.complete) == (2, 1)


def mixed(taught: Taught) -> tuple[TrainingClass, TrainingClass]:
    """People who are certified, renewed, ended, lapsed, half done, and twice in a class; a class that must hold nothing, and one of two topics."""
    other = add_topic(
        taught.trainer,
        taught.engagement,
        said=TopicSaid("Orders", parts=(PartSaid("Check", "recorded"),)),
        at=AT,
    )
    both = ClassSaid("Second", TODAY, TODAY, topics=(taught.topic.pk, other.pk))
    empty = open_class(taught.trainer, taught.engagement, said=ClassSaid("Empty", TODAY, TODAY), at=AT)
    second = open_class(taught.trainer, taught.engagement, said=both, at=AT)
    enrol(taught.trainer, empty, labels=["E-1"], at=AT)
    enrol(taught.trainer, second, labels=["S-1", "S-2", "S-3", "KR-01"], at=AT)
    certified(taught, "KR-01")
    certified(taught, "KR-01", TODAY)  # renewed: two hold, and one person holds it
    certified(taught, "KR-02", date(2024, 1, 2))
    certified(taught, "KR-03")
    lapse_certificate(taught.trainer, taught.certificates("KR-03")[0], reason="Away.", at=AT)
    rows = [
        (label, name, part)
        for label in ("S-1", "S-2", "KR-01")
        for name, part in (("TP-1", TEST), ("TP-1", CASES), ("TP-2", "Check"))
    ]
    said = [
        ResultSaid(label, name, EARLIER, part, Decimal(1))
        for label, name, part in rows
        if (label, name) != ("S-2", "TP-2")
    ]
    record_results(taught.trainer, second, results=said, at=AT)
    return empty, second


def test_what_the_database_counts_is_what_each_standing_says(taught: Taught) -> None:
    """Against every trainee's own standings."""
    empty, second = mixed(taught)
    with entered(taught.trainer.reach):
        counted = {
            one.training_class.number: (one.people, one.complete, one.topics)
            for one in class_counts(taught.engagement, TODAY)
        }
        people = list(Trainee.objects.select_related("training_class"))
        held = {
            one.pk: [standing_of(one, topic, TODAY).word in HOLDS for topic in topics_of(one.training_class)]
            for one in people
        }
        expected = {
            number: (
                sum(1 for one in people if one.training_class.number == number),
                sum(
                    1
                    for one in people
                    if one.training_class.number == number and held[one.pk] and all(held[one.pk])
                ),
                topics,
            )
            for number, topics in ((1, 1), (2, 0), (3, 2))
        }
        alone = [
            class_counts(taught.engagement, TODAY, only=one.pk)[0].complete
            for one in (taught.training_class, empty, second)
        ]
        certified_in = {one.topic.number: one.certified for one in topic_counts(taught.engagement, TODAY)}
        critical = [one.topic.number for one in topic_counts(taught.engagement, TODAY, is_critical=True)]
    assert counted == expected == {1: (3, 1, 1), 2: (1, 0, 0), 3: (4, 2, 2)}
    assert alone == [1, 0, 2]
    assert certified_in == {1: 3, 2: 2}  # KR-01 is in two classes and one person
    assert critical == [1]
