"""The way to the first figure, as an ordered list: what is done, what is next, and what has to wait for it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from handfast.journeys.frame import address
from handfast.operate.queries.begun import begun_in, without_month

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.operate.queries.begun import Begun

NUMBERS = ("none", "one", "two", "three")


@dataclass(frozen=True, slots=True)
class Step:
    """One step; `why_not` says what it waits for, or whose it is. The one that is next has the page's ink button."""

    title: str
    second: str
    is_done: bool
    url: str
    action: str
    why_not: str = ""
    is_next: bool = False


@dataclass(frozen=True, slots=True)
class Beginning:
    """The steps of one engagement, and how far it is in a sentence."""

    engagement: UUID
    title: str
    steps: tuple[Step, ...]
    sentence: str


def beginnings_of(actor: Actor, deals: Sequence[Engagement]) -> dict[UUID, Beginning]:
    """The engagements that have no figure yet, each with its steps; the same few queries for one and for thirty."""
    waiting = without_month(actor, (deal.pk for deal in deals))
    begun = begun_in(actor, waiting)
    return {deal.pk: _beginning(actor, deal, begun[deal.pk]) for deal in deals if deal.pk in begun}


def _beginning(actor: Actor, deal: Engagement, begun: Begun) -> Beginning:
    steps = [_columns(actor, deal, begun), _file(actor, deal, begun), _terms(actor, deal, begun), _month(actor, deal, begun)]  # fmt: skip
    first = next((at for at, one in enumerate(steps) if not one.is_done and not one.why_not), None)
    if first is not None:
        steps[first] = replace(steps[first], is_next=True)
    done = sum(one.is_done for one in steps)
    said = (
        f"{deal.name} has no figure yet: {NUMBERS[done]} of four steps {'is' if done == 1 else 'are'} done."
    )
    if first is not None:
        said += f" Next: {steps[first].title[:1].lower()}{steps[first].title[1:]}."
    return Beginning(deal.pk, f"To the first figure of {deal.name}", tuple(steps), said)


def _columns(actor: Actor, deal: Engagement, begun: Begun) -> Step:
    return Step(
        "Say what the columns mean",
        "Name the tool whose export comes in, and confirm how its columns are read.",
        begun.has_source,
        address("records:source_new", deal.pk),
        "Add a source",
        "" if actor.can("import-records", deal.pk) else "your role does not import",
    )


def _file(actor: Actor, deal: Engagement, begun: Begun) -> Step:
    why_not = "" if begun.has_source else "needs a source"
    return Step(
        "Import a file",
        "The export of the help desk or the telephone system, as it comes.",
        begun.has_records,
        address("records:send", deal.pk),
        "Import a file",
        why_not if actor.can("import-records", deal.pk) else "your role does not import",
    )


def _terms(actor: Actor, deal: Engagement, begun: Begun) -> Step:
    waits = begun.waiting is not None
    may = actor.can("agree-terms" if waits else "write-terms", deal.pk)
    return Step(
        "Agree the terms" if waits else "Write the terms",
        f"Version {begun.waiting} waits for an answer."
        if waits
        else "What is measured, when the clock runs, and what is promised.",
        begun.has_terms,
        address("contract:agreements", deal.pk),
        f"Open version {begun.waiting}" if waits else "Write the terms",
        "" if may else f"your role does not {'agree to' if waits else 'write'} terms",
    )


def _month(actor: Actor, deal: Engagement, begun: Begun) -> Step:
    lacks = [
        name for name, has in (("records", begun.has_records), ("terms in force", begun.has_terms)) if not has
    ]
    return Step(
        "Compute a month",
        "The first figures: a draft that only your own side sees.",
        False,
        address("operate:statements", deal.pk),
        "Compute a month",
        (f"needs {' and '.join(lacks)}" if lacks else "")
        if actor.can("make-statements", deal.pk)
        else "your role does not make statements",
    )
