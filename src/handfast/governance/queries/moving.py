"""Whether an entry may become what is asked: the moves of its register, and the fields that a state needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.governance.refusals import MoveRefused

if TYPE_CHECKING:
    from handfast.governance.models import RegisterEntry
    from handfast.governance.registers import State


def check_move(entry: RegisterEntry, to: str) -> State:
    """The state that it becomes. Raises MoveRefused, which names those that can follow, or the fields to fill in."""
    register = entry.kept_in
    allowed = {one.key: one for one in register.after(entry.state)}
    if to not in allowed:
        now = register.state(entry.state).name
        can = " or ".join(allowed) if allowed else "nothing any more: write another"
        raise MoveRefused(
            f"{entry.name} is “{now}”: from there it can become {can}", [("to", f"it can become {can}")]
        )
    check_needs(entry, allowed[to])
    return allowed[to]


def check_needs(entry: RegisterEntry, state: State) -> None:
    """What a state needs is filled in before, and stays. Raises MoveRefused."""
    missing = [entry.kept_in.field(key) for key in state.needs if not entry.own.get(key)]
    if missing:
        told = " and ".join(f"“{one.label}”" for one in missing)
        raise MoveRefused(
            f"{entry.name} cannot be “{state.name}” without {told}: fill that in first",
            [(f"own_{one.key}", "fill this in") for one in missing],
        )
