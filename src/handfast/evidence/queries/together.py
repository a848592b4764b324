"""Several signatures at once, each for itself: one that is refused holds up no other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.kernel.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from handfast.evidence.models import Signature


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one: signed, or why not, with the refusal's code."""

    signature: Signature
    why: str = ""
    code: str = ""


def signed_of_each(signatures: Iterable[Signature], sign: Callable[[Signature], None]) -> list[Outcome]:
    """In their order."""
    found = []
    for one in signatures:
        try:
            sign(one)
        except Refusal as refusal:
            found.append(Outcome(one, str(refusal), refusal.code))
        else:
            found.append(Outcome(one))
    return found
