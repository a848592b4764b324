"""How the kernel reads adjustments: those that can have an effect under a month's terms; the others are named."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handfast.kernel.document import document_from, read_document
from handfast.kernel.servicelevels.adjustments import Adjustments, adjustment_faults, read_adjustments
from handfast.operate.models import Adjustment
from handfast.operate.refusals import WrittenByTheHouse

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from handfast.kernel.servicelevels.terms import Terms

NAME = "adjustments"
OWN_KEYS = frozenset({"id", "proposed", "accepted"})


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """An adjustment that can have no effect under the terms of a month, by its name, and why."""

    name: str
    why: str


def adjustments_read(adjustments: Sequence[Adjustment], terms: Terms) -> Adjustments:
    """The adjustments parsed under the terms, without those that are not applicable under them."""
    return _read(_applicable(adjustments, terms))


def adjustments_written(adjustments: Sequence[Adjustment], terms: Terms) -> dict[str, Any] | None:
    """What `adjustments_read` reads, as the terms language writes it; None where there is nothing."""
    found = _applicable(adjustments, terms)
    return _plain(found) if found else None


def _applicable(adjustments: Sequence[Adjustment], terms: Terms) -> Sequence[Adjustment]:
    absent = {fault.id for fault in adjustment_faults(terms, _read(adjustments))}
    return [one for one in adjustments if one.name not in absent] if absent else adjustments


def not_applicable(adjustments: Sequence[Adjustment], terms: Terms) -> tuple[NotApplicable, ...]:
    """Those that name a type, a pause or a source which the terms do not have, in the order of their numbers.

    Each was checked when it was proposed, under the terms of that day; a month may stand under others.
    """
    return tuple(NotApplicable(one.id, one.message) for one in adjustment_faults(terms, _read(adjustments)))


def checked_adjustment(said: dict[str, Any], terms: Terms, *, side: str, at: datetime) -> dict[str, Any]:
    """What is proposed, read under the terms as it will be read later.

    Raises WrittenByTheHouse, and what the kernel refuses.
    """
    refuse_own_keys(said)
    entry = {**said, "id": "A-0", "proposed": {"by": side, "at": at.isoformat()}}
    text = json.dumps({NAME: [entry]}, ensure_ascii=False)
    read_adjustments(read_document(text, name="adjustment"), terms)
    return said


def refuse_own_keys(said: dict[str, Any]) -> None:
    """Who proposed, who accepted, and the name are facts that the house writes: nobody says them of themselves.

    Raises WrittenByTheHouse.
    """
    for key in sorted(OWN_KEYS & said.keys()):
        raise WrittenByTheHouse(f"{key!r} is not said by who proposes: leave it out", [(key, "leave it out")])


def _read(adjustments: Sequence[Adjustment]) -> Adjustments:
    if not adjustments:
        return Adjustments()
    return read_adjustments(document_from(_plain(adjustments), name=NAME))


def _plain(adjustments: Sequence[Adjustment]) -> dict[str, Any]:
    return {NAME: [_written(one) for one in sorted(adjustments, key=lambda one: one.number)]}


def _written(one: Adjustment) -> dict[str, Any]:
    written = {
        **{key: value for key, value in one.said.items() if key not in OWN_KEYS},
        "id": one.name,
        "proposed": {"by": one.proposed_side, "at": one.proposed_at.isoformat()},
    }
    if one.state == Adjustment.State.ACCEPTED and one.answered_at is not None:
        other = "provider" if one.proposed_side == "client" else "client"
        written["accepted"] = {"by": other, "at": one.answered_at.isoformat()}
    return written
