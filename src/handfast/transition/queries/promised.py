"""How the plan lies to what the contract says: for each milestone that carries what was agreed, one line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from handfast.contract.reading.milestones import amount_text
from handfast.kernel.scheduling.rating import days_later
from handfast.transition.queries.closed import open_days_by_lead
from handfast.transition.queries.told import ends_on

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handfast.contract.models import AgreedMilestone
    from handfast.transition.models import Activity
    from handfast.transition.queries.plans import PlanRows


@dataclass(frozen=True, slots=True)
class Promised:
    """A milestone of the plan and what was agreed of it; `later_days` are working days of its lead."""

    activity: Activity
    milestone: AgreedMilestone
    ends_on: date
    later_days: int

    @property
    def is_reached(self) -> bool:
        return self.activity.finished_on is not None

    @property
    def is_late(self) -> bool:
        """Whether it is foreseen, or was reached, after the agreed day."""
        return self.ends_on > self.milestone.due_on

    @property
    def said(self) -> str:
        """The line, as `said_of` tells it."""
        return said_of(self.as_plain())

    def as_plain(self) -> dict[str, Any]:
        """What a frozen week keeps of it."""
        one = self.milestone
        return {
            "number": one.number,
            "agreed_on": one.due_on.isoformat(),
            "ends_on": self.ends_on.isoformat(),
            "later_days": self.later_days,
            "payment": amount_text(one.payment, one.currency) if one.payment is not None else "",
            "is_reached": self.is_reached,
            "is_in_force": one.is_in_force,
        }


def promised_in(rows: PlanRows) -> tuple[Promised, ...]:
    """Every dated one, by the agreed days."""
    agreed = rows.agreed
    found = [one for one in rows.activities if one.pk in agreed and one.pk in rows.dates]
    if not found:
        return ()
    ends = {one.pk: ends_on(rows.dates[one.pk], rows.plan.engagement.zone) for one in found}
    every = [*ends.values(), *(agreed[one.pk].due_on for one in found)]
    open_on = open_days_by_lead(rows.plan, min(every), max(every))
    told = (
        Promised(
            one,
            agreed[one.pk],
            ends[one.pk],
            days_later(open_on[one.lead], agreed[one.pk].due_on, ends[one.pk]),
        )
        for one in found
    )
    return tuple(sorted(told, key=lambda one: (one.milestone.due_on, one.milestone.number)))


def said_of(plain: Mapping[str, Any]) -> str:
    """`agreed 26 Jun 2026, now likely 9 Jul: 9 working days late; 120,000.00 EUR waits on it`."""
    agreed, ends = date.fromisoformat(plain["agreed_on"]), date.fromisoformat(plain["ends_on"])
    on = f"{ends.day} {ends:%b}" if ends.year == agreed.year else f"{ends.day} {ends:%b %Y}"
    said = f"agreed {agreed.day} {agreed:%b %Y}, {'reached' if plain['is_reached'] else 'now likely'} {on}"
    said += f": {_lateness(agreed, ends, plain['later_days'])}"
    if plain["payment"]:
        said += f"; {plain['payment']} {'is due' if plain['is_reached'] else 'waits'} on it"
    return said if plain["is_in_force"] else f"{said}; amended in the contract since, and not taken in"


def _lateness(agreed: date, ends: date, days: int) -> str:
    if ends == agreed:
        return "on the day"
    if not days:
        return f"{'late' if ends > agreed else 'early'}, with no working day between"
    return f"{abs(days)} working day{'' if abs(days) == 1 else 's'} {'late' if days > 0 else 'early'}"
