"""Proofs over certification: who holds every topic of their class, and which critical topics too few know."""

from __future__ import annotations

from fractions import Fraction

from handfast.learning.queries.counting import class_counts, topic_counts
from handfast.readiness.proofs.declared import MOST_LACKING, Asked, Lack, Measured, proof


@proof("Certified people", unit="share", evidence="Certification", page="learning:certification")
def certified_share(asked: Asked) -> Measured:
    """People whose certificate holds today in every topic of their class, over the people of all classes that must hold any.

    Whoever has left is not counted.
    """
    classes = [one for one in class_counts(asked.deal, asked.today) if one.topics and one.people]
    people, complete = sum(one.people for one in classes), sum(one.complete for one in classes)
    if not people:
        return Measured(None, "nobody is in a class yet")
    lacking = [
        Lack(
            f"{one.training_class.title}: {one.complete} of {one.people}",
            "learning:class",
            one.training_class.pk,
        )
        for one in classes
        if one.complete < one.people
    ]
    return Measured(
        Fraction(complete, people), f"{complete} of {people} people", None, tuple(lacking[:MOST_LACKING])
    )


@proof("Critical topics that too few know", unit="count", evidence="Certification", page="learning:topics")
def thin_critical_topics(asked: Asked) -> Measured:
    """Critical topics in which fewer different people are certified today than their set minimum."""
    critical = topic_counts(asked.deal, asked.today, is_critical=True)
    if not critical:
        return Measured(None, "no topic is called critical yet")
    thin = [one for one in critical if one.is_thin]
    lacking = [
        Lack(f"{one.topic.title}: {one.certified} of {one.topic.minimum}", "learning:topic", one.topic.pk)
        for one in thin
    ]
    return Measured(
        Fraction(len(thin)), f"{len(thin)} of {len(critical)}", None, tuple(lacking[:MOST_LACKING])
    )
