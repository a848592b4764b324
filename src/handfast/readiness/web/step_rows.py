"""Steps as their pages and their files show them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.readiness.models import CriterionStanding
from handfast.readiness.web.rows import criterion_row
from handfast.readiness.web.wording import CHIPS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from handfast.engagement.models import Engagement
    from handfast.foundation.web.exports import Cell
    from handfast.governance.web.rows import Seeing
    from handfast.readiness.queries.steps import StepNow, Steps
    from handfast.readiness.web.rows import CriterionRow

Standing = CriterionStanding.Standing
HEADS = (
    "Number", "Step", "Lead", "Standing", "Criteria", "Hold", "Activities", "Done", "Register", "Entries", "Open", "Late",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step with its worst standing as glyph and word; on its own page also with its criteria."""

    now: StepNow
    glyph: str
    word: str
    percent: int
    criteria: tuple[CriterionRow, ...] = ()


def row_of(
    now: StepNow, *, seen: Seeing | None = None, deal: Engagement | None = None, at: datetime | None = None
) -> StepRow:
    glyph, word = _chip(now)
    percent = 100 * now.done // now.planned if now.planned else 0
    criteria: tuple[CriterionRow, ...] = ()
    if seen is not None and deal is not None and at is not None:
        criteria = tuple(criterion_row(one, seen, deal, at) for one in now.standing.judged)
    return StepRow(now, glyph, word, percent, criteria)


def _chip(now: StepNow) -> tuple[str, str]:
    """Where nothing is asked of a step, how far its work is."""
    if now.standing.judged:
        return CHIPS[Standing(now.standing.worst)]
    if now.planned and now.done == now.planned:
        return "met", "Done"
    return ("running", "Running") if now.done else ("open", "Open")


def steps_sentence(every: Steps, *, is_light: bool) -> str:
    """What the page says at its head."""
    if is_light:
        left = sum(one.open for one in every.lists)
        return f"The lists of a small deal: {left} {'entry is' if left == 1 else 'entries are'} open in {len(every.lists)} of them."
    judged = [one for step in every.steps for one in step.standing.judged]
    met = sum(step.met for step in every.steps)
    late = sum(one.late for step in every.steps for one in step.kept)
    told = f"{met} of {len(judged)} criteria hold in {len(every.steps)} steps"
    return f"{told}; {late} {'entry is' if late == 1 else 'entries are'} late in their registers."


def step_sentence(now: StepNow) -> str:
    """What the page of one says at its head."""
    asked = len(now.standing.judged)
    told = f"{now.met} of its {asked} criteria hold" if asked else "No gate asks anything of it yet"
    work = (
        f"{now.done} of {now.planned} activities are done" if now.planned else "the plan has no work for it"
    )
    return f"{told}; {work}."


def export_rows(every: Steps) -> Iterator[tuple[Cell, ...]]:
    """A row for each register of each step; of a step without one a row all the same."""
    for step in every.steps:
        one = step.standing
        head = (
            one.number, one.name, one.lead, _chip(step)[1], len(one.judged), step.met, step.planned, step.done,
        )  # fmt: skip
        for kept in step.kept:
            yield (*head, str(kept.register.name), kept.total, kept.open, kept.late)
        if not step.kept:
            yield (*head, None, None, None, None)
