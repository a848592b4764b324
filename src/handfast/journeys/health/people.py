"""Checks of the sides: who is here, and who could answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.journeys.health.declared import LARGER, Finding, Way, check

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handfast.journeys.health.facts import Facts

ANSWERS = {"agree-terms": "agree to terms", "answer-statements": "answer a statement"}


@check("People", "remark")
def side_is_alone(facts: Facts) -> Iterator[Finding]:
    """One side has not joined: it can be invited, and until then nothing is countersigned."""
    for one in facts.sides:
        if one.organisation is None:
            yield Finding(
                f"{one.name} has not joined: what it would agree to stands as not countersigned.",
                Way("Invite somebody", "engagement:invite", (facts.engagement,)),
            )


@check("People", "gap")
def side_without_people(facts: Facts) -> Iterator[Finding]:
    """A side has joined, and none of its people can sign in."""
    for one in facts.sides:
        if one.organisation and not any(who.side == one.side and who.is_in for who in facts.members):
            yield Finding(f"Nobody of {one.name} can sign in.", _people(facts))


@check("People", "gap", sizes=LARGER)
def nobody_answers(facts: Facts) -> Iterator[Finding]:
    """A side has people, and none of them may agree to terms, or answer a statement."""
    for one in facts.sides:
        here = [who for who in facts.members if who.side == one.side and who.is_in]
        lacking = [
            said for word, said in ANSWERS.items() if not any(word in who.capabilities for who in here)
        ]
        if here and lacking:
            yield Finding(f"Nobody of {one.name} may {' or '.join(lacking)}.", _people(facts))


def _people(facts: Facts) -> Way:
    return Way("Open the people", "engagement:people", (facts.engagement,))
