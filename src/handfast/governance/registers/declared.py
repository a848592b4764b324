"""What declares a register: its name and prefix, what its entries hold beside the common fields, states and moves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind = Literal["line", "text", "day", "choice", "number"]
Glyph = Literal["met", "running", "risk", "missed", "waived", "open", "stale"]


@dataclass(frozen=True, slots=True)
class OwnField:
    """A field that only this register has. Of a `choice` the values stand in their order; a level is drawn as bars.

    A `number` is not negative and has at most three places after the point.
    """

    key: str
    label: str
    kind: Kind
    choices: tuple[tuple[str, str], ...] = ()
    is_listed: bool = False
    is_level: bool = False

    def shown(self, value: str) -> str:
        """A kept value as people read it."""
        return dict(self.choices).get(value, value)


@dataclass(frozen=True, slots=True)
class State:
    """A state, those that can follow it, and the own fields that must be filled in before an entry gets there."""

    key: str
    name: str
    glyph: Glyph
    to: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class Register:
    """A register; its first state is that of a new entry. `purpose` is one sentence, shown where it is empty.

    `step` is the step of a transition that leaves it behind, empty where it runs through all; `is_light` says that a
    light deal is offered it too. `within` are pairs of numbers of which the first is never over the second. Of a register of one `side` the other side sees nothing: its entries are internal.
    """

    key: str
    name: str
    singular: str
    prefix: str
    purpose: str
    states: tuple[State, ...]
    own: tuple[OwnField, ...] = ()
    within: tuple[tuple[str, str], ...] = ()
    step: str = ""
    is_light: bool = False
    side: str = ""

    def __post_init__(self) -> None:
        """Raises ValueError where a move leads nowhere, or a state needs a field that is not declared."""
        states, fields = {one.key for one in self.states}, {one.key for one in self.own}
        for one in self.states:
            if not (set(one.to) <= states and set(one.needs) <= fields):
                raise ValueError(
                    f"{self.key}, {one.key}: its moves and needs are states and fields of its own"
                )
        if not {one for pair in self.within for one in pair} <= fields:
            raise ValueError(f"{self.key}: it compares numbers of its own")

    def state(self, key: str) -> State:
        """The state of a kept entry."""
        return next(one for one in self.states if one.key == key)

    def after(self, key: str) -> Iterator[State]:
        """The states that can follow, in the order of the register."""
        allowed = self.state(key).to
        return (one for one in self.states if one.key in allowed)

    def field(self, key: str) -> OwnField:
        return next(one for one in self.own if one.key == key)
