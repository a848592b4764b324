"""The sentence on top of the plan, from the dates that both sides see."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from handfast.transition.queries.lines import Line, StepLines


@dataclass(frozen=True, slots=True)
class PlanSaid:
    """What the plan's head says: its end, how far it is from the baseline, and how much of it drives the end."""

    ends_on: date | None
    is_live: bool
    later_days: int
    activities: int
    done: int
    critical: int
    late: int


def sentence_of(steps: Sequence[StepLines]) -> PlanSaid:
    """The go-live where the plan has one, else its end."""
    lines = [line for step in steps for line in step.lines]
    live = _go_live(lines)
    last = live or max(lines, key=lambda line: line.ends_on, default=None)
    return PlanSaid(
        last.ends_on if last else None, live is not None, last.later_days if last else 0, len(lines),
        sum(line.is_done for line in lines), sum(line.is_critical for line in lines), sum(line.is_late for line in lines),
    )  # fmt: skip


def _go_live(lines: Sequence[Line]) -> Line | None:
    """The next go-live; of several waves that of the first one which is not live."""
    lives = [line for line in lines if line.is_go_live]
    ahead = [line for line in lives if not line.is_done] or lives[-1:]
    return ahead[0] if ahead else None
