"""The one sentence of the readiness page, made from the same figures as the rest of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handfast.readiness.queries.costs import Costs
    from handfast.readiness.queries.readiness import GateStanding
    from handfast.readiness.web.rows import Blocker

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def sentence_of(gate: GateStanding | None, blockers: Sequence[Blocker], costs: Costs) -> str:
    """How many criteria keep which gate shut, what the longest costs the go-live, and what all of them cost together."""
    if gate is None:
        return "What must hold before each gate stands here once the gates are laid out."
    name = f"“{gate.gate.name}”"
    if gate.late_conditions:
        return f"{_counted(len(gate.late_conditions), 'condition')} of {name} {_is(len(gate.late_conditions))} late: it bites again."
    if gate.gate.is_passed:
        return f"{name} is passed: {gate.gate.get_state_display()}."
    if not gate.judged:
        return f"{name} asks for nothing yet: add a criterion."
    if not blockers:
        return f"Nothing stands between today and {name}: both sides can sign."
    keeps = "keeps" if len(blockers) == 1 else "keep"
    said = f"{_counted(len(blockers), 'criterion', 'criteria')} {keeps} {name} shut."
    return f"{said} {_costs(blockers, costs)}".strip()


def _costs(blockers: Sequence[Blocker], costs: Costs) -> str:
    worst = blockers[0]
    if worst.days is None:
        return ""
    least = "at least " if worst.is_least else ""
    if not worst.days:
        return "By the plan none of them moves the go-live yet."
    said = f"The longest, {worst.row.judged.criterion.name}, costs the go-live {least}{_days(worst.days)}"
    if len(blockers) == 1 or costs.together is None:
        return f"{said}."
    overlap = ", since they overlap" if costs.together < sum(one.days or 0 for one in blockers) else ""
    return f"{said}; all together {_days(costs.together)}{overlap}."


def _counted(count: int, one: str, many: str = "") -> str:
    told = NUMBERS[count] if count < len(NUMBERS) else f"{count:,}"
    return f"{told} {one if count == 1 else many or one + 's'}".capitalize()


def _is(count: int) -> str:
    return "is" if count == 1 else "are"


def _days(count: int) -> str:
    return f"{count} working day{'' if count == 1 else 's'}"
