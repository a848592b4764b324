"""JSON files of the agreement, read strictly: what two readers could read in two ways is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NoReturn

from handfast.kernel.servicelevels.canonical import LARGEST_INTEGER

if TYPE_CHECKING:
    from collections.abc import Sequence

LARGEST_CHARACTERS = 64 * 2**20
DEEPEST_LEVEL = 40


def read_json(text: str) -> Any:
    """The value of a JSON text of at most 64 MB and 40 levels; raises ValueError in words.

    Refused: a key that stands twice, NaN and Infinity, numbers that are not whole or that a reader in
    floating point would change, half a surrogate pair.
    """
    if len(text) > LARGEST_CHARACTERS:
        raise ValueError(f"{len(text):,} characters; at most {LARGEST_CHARACTERS:,} are read")
    try:
        found = json.loads(
            text, object_pairs_hook=_once, parse_constant=_no_number, parse_float=_no_number, parse_int=_whole
        )
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    _check(found)
    return found


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {key!r} stands twice")
        found[key] = value
    return found


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text[:40]} is no whole number: decimals are written as text")


def _whole(text: str) -> int:
    # The length first: turning a million digits into a number takes its time.
    if len(text) > len(str(-LARGEST_INTEGER)) or abs(int(text)) > LARGEST_INTEGER:
        raise ValueError(
            f"{text[:40]} is larger than JSON carries exactly: large numbers are written as text"
        )
    return int(text)


def _check(found: Any) -> None:
    level, depth = [found], 0
    while level:
        depth += 1
        if depth > DEEPEST_LEVEL:
            raise ValueError(f"nested deeper than {DEEPEST_LEVEL} levels")
        for one in level:
            if isinstance(one, str):
                one.encode()
            elif isinstance(one, dict):
                for key in one:
                    key.encode()
        inner = [
            one.values() if isinstance(one, dict) else one for one in level if isinstance(one, dict | list)
        ]
        level = [value for values in inner for value in values if not isinstance(value, int | None)]
