"""The status in words: colours as chips, variance in working days, and whose move it is by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.kernel.quantity import rounded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from handfast.transition.queries.standing import Late, Slip, Standing, StepStanding

# Glyph and word of each colour: the shape says it first.
CHIPS = {
    "done": ("met", "Done"),
    "green": ("met", "Green"),
    "unrated": ("no-data", "Not rated"),
    "amber": ("risk", "Amber"),
    "red": ("missed", "Red"),
}
MOST_LATE = 30


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step of one wave with its chip; `said_by` names who overrides it."""

    one: StepStanding
    chip: tuple[str, str]
    computed: tuple[str, str]
    later: str
    float_said: str
    said_by: str


@dataclass(frozen=True, slots=True)
class LateLine:
    """What is late, and whose move it is: a side's name, or both."""

    one: Late
    side: str
    waits_for: str


@dataclass(frozen=True, slots=True)
class StatusView:
    """The page, and the figures of its sentence."""

    standing: Standing
    steps: tuple[StepLine, ...]
    late: tuple[LateLine, ...]
    waves: int
    reds: int
    ambers: int

    @property
    def worst(self) -> Slip | None:
        """The milestone that slips most; of equals the first one."""
        return max(self.standing.slips, key=lambda one: one.later_days, default=None)

    @property
    def is_rated(self) -> bool:
        """Whether anything is held against a baseline."""
        return any(line.one.agreed_on for line in self.steps)

    @property
    def more_late(self) -> int:
        """What is late and not shown."""
        return len(self.standing.late) - len(self.late)

    def waits_on(self, side: str) -> int:
        """How much of what is late waits for a side alone."""
        return sum(one.waits_for == side for one in self.standing.late)


def status_view(standing: Standing, names: Mapping[str, str], people: Mapping[UUID, str]) -> StatusView:
    """`names` are the sides', `people` those of whoever set a colour."""
    steps = tuple(_step(one, people) for one in _running_first(standing.steps))
    colours = [one.colour for one in standing.steps]
    return StatusView(
        standing,
        steps,
        tuple(_late(one, names) for one in standing.late[:MOST_LATE]),
        len({one.wave for one in standing.steps}),
        colours.count("red"),
        colours.count("amber"),
    )


def _running_first(steps: Sequence[StepStanding]) -> Sequence[StepStanding]:
    """The waves that still run, then those that are done: what may be moved stands first."""
    running = {one.wave for one in steps if not one.facts.is_done}
    return sorted(steps, key=lambda one: one.wave not in running)


def days_text(days: int) -> str:
    """`3 d later`, `2 d earlier`, `as agreed`."""
    if not days:
        return "as agreed"
    return f"{abs(days)} d {'later' if days > 0 else 'earlier'}"


def _step(one: StepStanding, people: Mapping[UUID, str]) -> StepLine:
    later = one.facts.later_days
    left = "" if one.facts.is_done else f"{rounded(one.facts.float_days, 1, 'down').normalize():f} d"
    by = people.get(one.said.set_by_id, "") if one.said and one.said.set_by_id else ""
    return StepLine(
        one,
        CHIPS[one.colour],
        CHIPS[one.computed.colour],
        "" if later is None else days_text(later),
        left,
        by,
    )


def _late(one: Late, names: Mapping[str, str]) -> LateLine:
    if one.waits_for in names:
        return LateLine(one, one.waits_for, names[one.waits_for])
    joined = " and " if one.waits_for == "joint" else " or "
    return LateLine(one, one.waits_for, joined.join(names.values()))
