"""Readiness as its pages and its files show it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from handfast.people.roles import names_of
from handfast.readiness.models import CriterionStanding
from handfast.readiness.proofs import PROOFS
from handfast.readiness.web.wording import CHIPS, GATES, TONES, age_words, needs_words, now_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime
    from uuid import UUID

    from handfast.engagement.models import Engagement
    from handfast.foundation.web.exports import Cell
    from handfast.governance.web.rows import Seeing
    from handfast.readiness.queries.costs import Costs
    from handfast.readiness.queries.judging import Judged
    from handfast.readiness.queries.readiness import GateStanding, Readiness, StepStanding

Standing = CriterionStanding.Standing
HEADS = (
    "Gate", "Number", "Criterion", "Step", "Blocks", "Needs", "Now", "In words", "Standing", "Evidence", "Evidence of",
    "Owner", "Due", "Expected", "Waiver", "Waiver ends",
)  # fmt: skip
MOST_BLOCKERS = 12
HUNDRED = 100


@dataclass(frozen=True, slots=True)
class CriterionRow:
    """One line; `evidence_url` shows what it is computed from, `tone` colours the chip where its glyph does not."""

    judged: Judged
    glyph: str
    word: str
    tone: str
    needs: str
    now: str
    evidence: str
    evidence_url: str
    fresh: str
    owner: str
    owner_side: str
    initials: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class GateRow:
    """A gate with its rows; `word` says its state, or that a condition of it is late."""

    standing: GateStanding
    glyph: str
    word: str
    rows: tuple[CriterionRow, ...]


@dataclass(frozen=True, slots=True)
class StepRow:
    """A step with a glyph for each of its criteria, the worst in front of its name."""

    step: StepStanding
    glyph: str
    word: str
    glyphs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Blocker:
    """What keeps the gate shut: what it costs in days, and how long that is beside the longest."""

    row: CriterionRow
    why: str
    days: int | None
    is_least: bool
    percent: int


def criterion_row(one: Judged, seen: Seeing, deal: Engagement, at: datetime) -> CriterionRow:
    kept = one.criterion
    standing = Standing(one.standing)
    glyph, word = CHIPS[standing]
    evidence, url = _evidence(one, deal, seen)
    owner = seen.people.get(kept.owner_id) if kept.owner_id else None
    return CriterionRow(
        one, glyph, word, TONES.get(standing, ""), needs_words(kept), now_words(one.measured, kept, one.said),
        evidence, url, age_words(one.as_of_at, at), seen.name_of(kept.owner_id),
        owner.side if owner else "either", owner.initials if owner else "",
        kept.due_on is not None and kept.due_on < seen.today and standing not in (Standing.MET, Standing.WAIVED),
    )  # fmt: skip


def gate_row(standing: GateStanding, seen: Seeing, deal: Engagement, at: datetime) -> GateRow:
    glyph, word = GATES[type(standing.gate).State(standing.gate.state)]
    if standing.late_conditions:
        glyph, word = "missed", "Condition late"
    elif not standing.gate.is_passed and standing.is_ready and standing.gate.state == "open":
        word = "Ready to sign"
    return GateRow(
        standing, glyph, word, tuple(criterion_row(one, seen, deal, at) for one in standing.judged)
    )


def step_rows(steps: Iterable[StepStanding]) -> list[StepRow]:
    return [
        StepRow(
            one,
            *CHIPS[Standing(one.worst)],
            tuple(
                (glyph, f"{each.criterion.name}: {word}")
                for each in one.judged
                for glyph, word in (CHIPS[Standing(each.standing)],)
            ),
        )
        for one in steps
    ]


def blockers_of(rows: Sequence[CriterionRow], costs: Costs) -> list[Blocker]:
    """What keeps a gate shut, the dearest first; what the plan cannot reckon comes last."""
    found = []
    most = max((one.days for one in costs.each.values()), default=0)
    for row in rows:
        if not row.judged.blocks:
            continue
        cost = costs.each.get(row.judged.criterion.pk)
        days = cost.days if cost else None
        percent = HUNDRED * days // most if days and most else 0
        found.append(Blocker(row, why_words(row.judged), days, cost is not None and cost.is_least, percent))
    found.sort(key=lambda one: (one.days is None, -(one.days or 0), one.row.judged.criterion.number))
    return found


def why_words(one: Judged) -> str:
    """What is missing, in a line."""
    if one.lacking:
        first = "; ".join(each.said for each in one.lacking[:2])
        return f"{one.said}: {first}{' …' if len(one.lacking) > 2 else ''}"  # noqa: PLR2004 - the two that are named
    return one.said


def export_rows(readiness: Readiness, seen: Seeing) -> Iterator[tuple[Cell, ...]]:
    """Every criterion by its gate."""
    names = {one.key: one.name for one in readiness.steps}
    for gate in readiness.gates:
        for one in gate.judged:
            kept, waiver = one.criterion, one.waiver
            yield (
                gate.gate.name, kept.name, kept.text, names.get(kept.step_key, kept.step_key),
                "yes" if kept.is_blocking else "no", needs_words(kept), now_words(one.measured, kept, one.said),
                one.said, CHIPS[Standing(one.standing)][1], _source(one), one.as_of_at, seen.name_of(kept.owner_id),
                kept.due_on, kept.expected_on, waiver.name if waiver else "", waiver.expires_on if waiver else None,
            )  # fmt: skip


def signs_words(standing: GateStanding, side: str) -> str:
    """Who signs for a side."""
    return names_of(standing.gate.roles_of(side)) or "whoever manages the plan"


def persons_in(readiness: Readiness) -> Iterator[UUID | None]:
    """Whose names the page needs."""
    for one in readiness.judged:
        yield one.criterion.owner_id
        if one.attestation:
            yield one.attestation.attested_by_id
        if one.waiver:
            yield from (one.waiver.asked_by_id, one.waiver.answered_by_id)
    for gate in readiness.gates:
        yield from (one.owner_id for one in gate.conditions)


def _source(one: Judged) -> str:
    known = PROOFS.get(one.criterion.proof)
    return known.evidence if known else "attestation"


def _evidence(one: Judged, deal: Engagement, seen: Seeing) -> tuple[str, str]:
    """What shows it: the page of the evidence, or who gave their word."""
    known = PROOFS.get(one.criterion.proof)
    if known is not None:
        return f"{known.evidence}, {one.said}", reverse(known.page, args=[deal.pk, *known.page_args])
    page = reverse("readiness:criterion", args=[deal.pk, one.criterion.pk])
    if one.attestation is None:
        return "no word yet", page
    return f"word of {seen.name_of(one.attestation.attested_by_id)}", page
