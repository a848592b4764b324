"""Milestones as their page and its files show them: state as a chip, the payment as an amount, who answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.contract.models import AgreedMilestone
from handfast.contract.permissions import (
    may_answer_milestone,
    may_propose_milestone,
    may_put_milestone_in_force,
    may_withdraw_milestone,
)
from handfast.contract.reading.milestones import STEPS, amount_text
from handfast.contract.web.rows import WAITS_AND_ANSWERS, person_text
from handfast.foundation.web.instants import shown_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from decimal import Decimal
    from uuid import UUID

    from handfast.contract.queries import Sides
    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.foundation.web.exports import Cell

State = AgreedMilestone.State
CHIPS = WAITS_AND_ANSWERS | {State.REPLACED.value: ("stale", "Replaced")}
ANSWERED = {
    State.AGREED: "agreed",
    State.REPLACED: "agreed",
    State.DECLINED: "declined",
    State.WITHDRAWN: "withdrawn",
    State.NOT_COUNTERSIGNED: "put in force",
}
HEADS = (
    "Number", "Date", "Milestone", "Payment", "Currency", "Clause", "Step", "State", "In place of", "Proposed by",
    "Side", "Proposed", "Answered by", "Answered", "Reason",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class MilestoneRow:
    """One milestone; `answer` is one sentence, empty while it waits. The rest says what the actor may do now."""

    milestone: AgreedMilestone
    glyph: str
    state: str
    payment: str
    step: str
    proposed: str
    by: str
    answer: str
    replaced_by: str
    may_agree: bool
    may_decline: bool
    may_withdraw: bool
    may_put_in_force: bool
    may_amend: bool


def milestone_rows(
    actor: Actor,
    deal: Engagement,
    milestones: Sequence[AgreedMilestone],
    sides: Sides,
    names: Mapping[UUID, str],
) -> list[MilestoneRow]:
    """All of them, in their order."""
    successors = {one.replaces_id: one for one in milestones if one.replaces_id and one.is_in_force}
    waiting = {one.replaces_id for one in milestones if one.state == State.PROPOSED}
    return [
        _row(actor, deal, one, sides, names, successors.get(one.pk), is_amended=one.pk in waiting)
        for one in milestones
    ]


def _row(  # noqa: PLR0913, PLR0917 - what the row shows
    actor: Actor, deal: Engagement, one: AgreedMilestone, sides: Sides, names: Mapping[UUID, str],
    successor: AgreedMilestone | None, *, is_amended: bool,
) -> MilestoneRow:  # fmt: skip
    glyph, state = CHIPS[one.state]
    waits, answers = one.state == State.PROPOSED, may_answer_milestone(actor, one)
    other_is_here = sides.is_in_the_system(sides.other_side(actor.organisation))
    by = person_text(one.proposed_by_id, sides.names.get(one.proposed_side, one.proposed_side), names)
    return MilestoneRow(
        one, glyph, state, amount_text(one.payment, one.currency) if one.payment is not None else "",
        STEPS.get(one.step_key, ""), shown_at(one.proposed_at, deal.zone), by, _answer(one, sides, deal.zone, names),
        f"M-{successor.number}" if successor else "",
        may_agree=answers and (waits or one.state == State.NOT_COUNTERSIGNED),
        may_decline=answers and waits,
        may_withdraw=waits and may_withdraw_milestone(actor, one),
        may_put_in_force=waits and not other_is_here and may_put_milestone_in_force(actor, one),
        may_amend=one.is_in_force and not is_amended and may_propose_milestone(actor, deal),
    )  # fmt: skip


def _answer(one: AgreedMilestone, sides: Sides, zone: str, names: Mapping[UUID, str]) -> str:
    if one.answered_at is None:
        return ""
    by = person_text(one.answered_by_id, sides.name_of(one.answered_for_id), names)
    # One side alone put it in force where nobody of the other has answered.
    alone = " alone" if one.answered_for_id == one.proposed_for_id and one.state != State.WITHDRAWN else ""
    did = "put in force" if alone else ANSWERED[State(one.state)]
    return f"{did} by {by}{alone}, {shown_at(one.answered_at, zone)}"


def export_rows(
    milestones: Iterable[AgreedMilestone], sides: Sides, names: Mapping[UUID, str]
) -> Iterator[tuple[Cell, ...]]:
    """A row of `HEADS` for each; amounts as numbers."""
    for one in milestones:
        yield (
            f"M-{one.number}", one.due_on, one.name, one.payment, one.currency, one.clause,
            STEPS.get(one.step_key, ""), CHIPS[one.state][1], f"M-{one.replaces.number}" if one.replaces else "",
            _name(names, one.proposed_by_id), sides.names.get(one.proposed_side, ""), one.proposed_at,
            _name(names, one.answered_by_id), one.answered_at, one.reason,
        )  # fmt: skip


def _name(names: Mapping[UUID, str], person: UUID | None) -> str:
    return names.get(person, "") if person else ""


def milestones_sentence(milestones: Sequence[AgreedMilestone], sides: Sides) -> str:
    """What the page opens with: how many are agreed, what payments are tied to them, and who is to answer."""
    held = [one for one in milestones if one.is_in_force]
    waiting = [one for one in milestones if one.state == State.PROPOSED]
    if not held and not waiting:
        return "No milestone is agreed yet: a date, and what is paid once it is reached."
    said = f"{len(held) or 'No'} milestone{'' if len(held) == 1 else 's'} agreed"
    sums: dict[str, Decimal] = {}
    for one in held:
        if one.payment is not None:
            sums[one.currency] = sums.get(one.currency, 0 * one.payment) + one.payment
    if sums:
        paid = " and ".join(amount_text(total, currency) for currency, total in sorted(sums.items()))
        said += f", {paid} tied to them"
    for side, name in sides.names.items():
        count = sum(one.proposed_side not in ("", side) for one in waiting)
        if count:
            said += f"; {count} wait{'s' if count == 1 else ''} for {name}"
    return f"{said}."
