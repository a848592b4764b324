"""All checks, in the order in which they are told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.journeys.health import dates, figures, people, registers, terms
from handfast.journeys.health.declared import AREAS, SEVERITIES, Check, Found

if TYPE_CHECKING:
    from handfast.journeys.health.facts import Facts

CHECKS: dict[str, Check] = {
    one.key: one
    for room in (dates, terms, figures, registers, people)
    for one in vars(room).values()
    if isinstance(one, Check)
}


def asked_of(size: str) -> list[Check]:
    """The checks that a deal of this size needs."""
    return [one for one in CHECKS.values() if size in one.sizes]


def found_in(facts: Facts) -> list[Found]:
    """All that the checks find: contradictions first, then gaps, then remarks, each by its area."""
    found = [Found(one, finding) for one in asked_of(facts.size) for finding in one.asked(facts)]
    return sorted(found, key=lambda one: (SEVERITIES.index(one.check.severity), AREAS.index(one.check.area)))
