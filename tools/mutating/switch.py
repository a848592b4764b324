"""What stands at each guard of a switched module: it does what the guard did, tells that it was needed, or lets all pass.

A guard is needed where it refuses: only a test in which it does can see that it is missing.
"""

from __future__ import annotations

import functools
import os
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

OPEN, TEST, HITS = "MUTATING_OPEN", "MUTATING_TEST", "MUTATING_HITS"
Value = TypeVar("Value")


class State:
    """The one guard that is open, the test that runs, and the file that is told where guards were needed."""

    open = os.environ.get(OPEN, "")
    test = os.environ.get(TEST, "")
    hits = os.environ.get(HITS, "")
    told: set[tuple[str, str]] = set()  # noqa: RUF012 - one for the process


def needed(key: str) -> None:
    """Write down that this test needs this guard; a line is written at once, since a test may kill its process."""
    found = (key, State.test)
    if not State.hits or found in State.told:
        return
    State.told.add(found)
    with open(State.hits, "a", encoding="utf-8") as kept:  # noqa: PTH123 - asked in every process, often
        kept.write(f"{key}\t{State.test}\n")


def shut(key: str, value: Value) -> Value | bool:
    """A condition that leads to a refusal; open, it is never true."""
    if value:
        needed(key)
    return False if State.open == key else value


def opened(key: str, value: Value) -> Value | bool:
    """A condition that must hold; open, it always does."""
    if not value:
        needed(key)
    return True if State.open == key else value


def permits(key: str, predicate: Callable[..., bool]) -> Callable[..., bool]:
    """Who may; open, everybody."""

    @functools.wraps(predicate)
    def asked(*given: Any) -> bool:
        return bool(opened(key, predicate(*given)))

    return asked


def checked(key: str, check: Callable[..., Any], /, *given: Any, **named: Any) -> None:
    """A check that raises; open, it is not made."""
    if State.open == key:
        return
    try:
        check(*given, **named)
    except BaseException:
        needed(key)
        raise


def given(keys: tuple[str, ...], *conditions: Any) -> list[Any]:
    """The conditions of a lookup; open, one of them is left out."""
    for key in keys:
        needed(key)
    return [one for key, one in zip(keys, conditions, strict=True) if key != State.open]


def named(keys: tuple[str, ...], /, **conditions: Any) -> dict[str, Any]:
    """The conditions of a lookup by name; open, one of them is left out."""
    for key in keys:
        needed(key)
    return {name: conditions[name] for key, name in zip(keys, conditions, strict=True) if key != State.open}


def writable(key: str, rows: Any) -> Any:
    """The rows that may be written; open, all."""
    needed(key)
    return rows if State.open == key else rows.writable()


def narrowed(left_key: str, right_key: str, left: Any, right: Any) -> Any:
    """What both hold; open, what one of them holds."""
    both = left & right
    if both != right:
        needed(left_key)
    if both != left:
        needed(right_key)
    return right if State.open == left_key else left if State.open == right_key else both


def guarded(key: str, decorator: Callable[..., Any]) -> Callable[..., Any]:
    """A decorator that protects; open, what it decorates stands bare."""

    def made(bare: Callable[..., Any]) -> Callable[..., Any]:
        kept = decorator(bare)

        @functools.wraps(kept)
        def either(*args: Any, **options: Any) -> Any:
            needed(key)
            return (bare if State.open == key else kept)(*args, **options)

        return either

    return made
