"""A list of deliverables filtered, the same way for its page and its files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from handfast.governance.refusals import FilterUnknown
from handfast.people.models import Side
from handfast.transition.models import Deliverable
from handfast.transition.queries.deliverables import day_of_clock, deemed_by, number_in, over_by, states_by

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from django.db.models import QuerySet

    from handfast.engagement.models import Engagement

State = Deliverable.State
LATE, OVERDUE, OPEN = "late", "review-overdue", "any-open"
STATES = {
    OPEN: "not decided",
    LATE: "late",
    OVERDUE: "review overdue",
    **dict(State.choices),
}
LONGEST_TEXT = 100


@dataclass(frozen=True, slots=True)
class DeliverablesAsked:
    """Which of them; empty words ask for all. `side` is who hands in."""

    text: str = ""
    state: str = ""
    side: str = ""


def deliverables_asked(given: Mapping[str, str]) -> DeliverablesAsked:
    """What an address asks. Raises FilterUnknown, which names what can be asked."""
    words = {name: (given.get(name) or "").strip() for name in DeliverablesAsked.__dataclass_fields__}
    allowed = {"state": tuple(STATES), "side": tuple(Side.values)}
    faults = [
        (name, f"choose one of {', '.join(can)}")
        for name, can in allowed.items()
        if words[name] and words[name] not in can
    ]
    if faults:
        told = "; ".join(f"{name}: {fault}" for name, fault in faults)
        raise FilterUnknown(f"the list cannot be filtered like this: {told}", faults)
    return DeliverablesAsked(**(words | {"text": words["text"][:LONGEST_TEXT]}))


def chosen_deliverables(
    rows: QuerySet[Deliverable], asked: DeliverablesAsked, deal: Engagement, clock: datetime
) -> QuerySet[Deliverable]:
    """The rows that are asked for, by their days."""
    if asked.side:
        rows = rows.filter(submits_side=asked.side)
    if asked.state:
        rows = rows.filter(_condition(asked.state, deal, clock))
    if asked.text:
        number = number_in(asked.text)
        words = Q(title__icontains=asked.text) | Q(text__icontains=asked.text)
        rows = rows.filter(Q(number=number) if number is not None else words)
    return rows


def late_by(deal: Engagement, clock: datetime) -> Q:
    """Past their day and not handed in."""
    return Q(state__in=Deliverable.TO_HAND_IN, due_on__lt=day_of_clock(deal, clock))


def _condition(state: str, deal: Engagement, clock: datetime) -> Q:
    match state:
        case "late":
            return late_by(deal, clock)
        case "review-overdue":
            return over_by(clock) & ~deemed_by(clock)
        case "any-open":
            return states_by(clock, Deliverable.OPEN)
    return states_by(clock, [state])
