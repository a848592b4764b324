"""Say how a holiday is covered after the go-live, and agree to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.foundation.refusals import Conflict
from handfast.foundation.texts import line_fault
from handfast.transition.models import Cover
from handfast.transition.permissions import may_agree_cover, may_manage_plan
from handfast.transition.queries.covering import holidays_of
from handfast.transition.queries.together import SIDES, together_in
from handfast.transition.refusals import CoverRefused

if TYPE_CHECKING:
    from datetime import date, datetime

    from handfast.foundation.actor import Actor
    from handfast.transition.models import Plan

MOST_LETTERS = 300
FIRST_YEAR, LAST_YEAR = 2000, 2099


@action(permits=may_manage_plan, records="cover.proposed")
def propose_cover(
    actor: Actor, plan: Plan, /, *, side: str, on: date, how: str, note: str, at: datetime
) -> Cover:
    """Say how a holiday of a side is covered; what was agreed of it is to be agreed anew. Raises CoverRefused."""
    faults = []
    if how not in Cover.How.values:
        faults.append(("how", f"choose one of {', '.join(Cover.How.values)}"))
    if note.strip() and (fault := line_fault(note, most=MOST_LETTERS)):
        faults.append(("note", fault))
    if side not in SIDES:
        faults.append(("side", "choose client or provider"))
    elif not FIRST_YEAR <= on.year <= LAST_YEAR or on not in holidays_of(together_in(plan, on.year), side):
        faults.append(("on", "write a holiday of that side, on a day on which it would work"))
    if faults:
        raise CoverRefused("; ".join(f"{name}: {fault}" for name, fault in faults), faults)
    cover: Cover
    cover, _ = Cover.objects.update_or_create(
        space_id=plan.space_id, plan=plan, side=side, on=on,
        defaults={
            "how": how, "note": note.strip(), "proposed_for_id": actor.organisation, "proposed_at": at,
            "agreed_at": None,
        },
    )  # fmt: skip
    return cover


@action(permits=may_agree_cover, records="cover.agreed")
def agree_cover(actor: Actor, cover: Cover, /, *, at: datetime) -> Cover:
    """Agree to how a holiday is covered. Raises Conflict where it is agreed already."""
    if cover.agreed_at is not None:
        raise Conflict("this is agreed already")
    cover.agreed_at = at
    cover.save(update_fields=["agreed_at"])
    return cover
