"""What the reader opened before: the browser keeps the addresses, and what stands behind them is asked anew each time."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.urls import Resolver404, resolve

from handfast.journeys.frame import THINGS
from handfast.journeys.queries.opened import opened
from handfast.journeys.web.finding import line_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.journeys.queries.opened import Named
    from handfast.journeys.web.finding import Line

MOST = 6
LONGEST = 300  # of an address


def recent_lines(actor: Actor, deals: Iterable[Engagement], addresses: Sequence[str]) -> list[Line]:
    """The latest few that are still there and still to be seen; any other address is as if it were not told."""
    known = {one.pk: one for one in deals}
    hits = opened(actor, list(_named(addresses[:MOST])))
    return [line_of(actor, one, known[one.engagement], (), {}) for one in hits if one.engagement in known]


def _named(addresses: Iterable[str]) -> Iterator[tuple[str, Named]]:
    for address in addresses:
        try:
            match = resolve(address[:LONGEST])
        except Resolver404:
            continue
        kind, named = THINGS.get(match.view_name, ("", ""))
        deal = match.kwargs.get("engagement")
        if kind and isinstance(deal, UUID):
            yield kind, (deal, match.kwargs[named])
