"""The months of an engagement as its overview shows them: the last that was issued, or the own draft of a later one."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handfast.contract.queries import agreements_of
from handfast.operate.queries.statements import current_statements, drafts_seen_by

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.operate.models import Statement, StatementDraft

FIGURES = ("id", "name", "unit", "n", "value", "expected", "minimum", "verdict")


@dataclass(frozen=True, slots=True)
class Figures:
    """One month in figures, as its body writes them: texts, never floats. `state` is None for an own draft."""

    period: str
    state: str | None
    levels: tuple[dict[str, Any], ...]
    currency: str | None
    credit: str | None
    cap: str | None


def running_draft(actor: Actor, deal: Engagement, issued: Sequence[Statement]) -> StatementDraft | None:
    """The own draft of a month later than any that was issued."""
    last = issued[0].period if issued else ""
    drafts = drafts_seen_by(actor, deal.pk).filter(issued_at__isnull=True, period__gt=last)
    return drafts.order_by("-period").first()


def figures_of(actor: Actor, deal: Engagement, *, most: int) -> list[Figures]:
    """The latest months of the engagement's first agreement, the own draft of a running one before all others."""
    agreement = agreements_of(deal).first()
    if agreement is None:
        return []
    issued = current_statements(agreement)
    draft = running_draft(actor, deal, issued)
    made: list[Statement | StatementDraft] = [*([draft] if draft else []), *issued[:most]]
    return [_figures(one) for one in made[:most]]


def _figures(made: Statement | StatementDraft) -> Figures:
    body = json.loads(made.body)
    money = body["consequence"] or {}
    levels = tuple({key: level[key] for key in FIGURES} for level in body["levels"])
    state = getattr(made, "state", None)
    return Figures(made.period, state, levels, money.get("currency"), money.get("credit"), money.get("cap"))
