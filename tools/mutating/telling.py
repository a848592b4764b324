"""Tells what became of the guards: a table by room, the survivors with their lines, and the notes that are stale."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tools.mutating.guards import Guard
    from tools.mutating.redundant import Redundant
    from tools.mutating.running import Fate, Recorded


def is_noted(guard: Guard, notes: Sequence[Redundant]) -> bool:
    """Whether somebody wrote down why no test can see this guard."""
    return any((one.place, one.kind, one.said) == (guard.place, guard.kind, guard.said) for one in notes)


def survivors_of(fates: Sequence[Fate], notes: Sequence[Redundant]) -> list[Fate]:
    """The guards that no test misses, and that nobody has explained."""
    return [one for one in fates if not one.is_killed and not is_noted(one.guard, notes)]


def stale_of(fates: Sequence[Fate], notes: Sequence[Redundant]) -> list[Redundant]:
    """The notes that name no guard that survives."""
    surviving = [one.guard for one in fates if not one.is_killed]
    return [note for note in notes if not any(is_noted(guard, [note]) for guard in surviving)]


def table(fates: Sequence[Fate], notes: Sequence[Redundant]) -> str:
    """How many guards each room has, and what became of them."""
    every, killed, noted, left = (Counter[str]() for _ in range(4))
    for one in fates:
        room = one.guard.room
        every[room] += 1
        killed[room] += one.is_killed
        noted[room] += not one.is_killed and is_noted(one.guard, notes)
        left[room] += not one.is_killed and not is_noted(one.guard, notes)
    lines = [f"{'room':<14}{'guards':>8}{'killed':>8}{'noted':>8}{'survive':>9}"]
    lines += [
        f"{room:<14}{every[room]:>8}{killed[room]:>8}{noted[room]:>8}{left[room]:>9}"
        for room in sorted(every)
    ]
    sums = (every.total(), killed.total(), noted.total(), left.total())
    return "\n".join([*lines, f"{'all':<14}{sums[0]:>8}{sums[1]:>8}{sums[2]:>8}{sums[3]:>9}"])


def ending(fates: Sequence[Fate], notes: Sequence[Redundant], needs: Recorded) -> tuple[str, bool]:
    """What is left to do, and whether nothing is."""
    survivors, stale = survivors_of(fates, notes), stale_of(fates, notes)
    lines = [f"survives {_of(one)}" for one in survivors]
    lines += [f"stale note: {one.place} [{one.kind}] {one.said}" for one in stale]
    lines += [f"left out, it fails with every guard in its place: {test}" for test in sorted(needs.failed)]
    return "\n".join(lines), not survivors and not stale


def _of(fate: Fate) -> str:
    said = f"{fate.asked} tests passed without it" if fate.asked else "no test needs it"
    guard = fate.guard
    return f"{guard.place}:{guard.line}: [{guard.kind}] {guard.said} ({said})"
