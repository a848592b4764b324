"""Which roles are asked to sign, and what they answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from handfast.evidence.refusals import SignatureRefused, SignOffRefused
from handfast.foundation.texts import block_fault
from handfast.people.models import Side
from handfast.people.roles import ROLES, Role

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_REASON = 2_000
FIRST, LAST = date(2000, 1, 1), date(2100, 1, 1)
KEEPS = "keep-registers"  # who only reads signs nothing


@dataclass(frozen=True, slots=True)
class SignOffSaid:
    """The roles that are to sign, each with its side, and until when."""

    roles: tuple[tuple[str, str], ...]
    due_on: date | None = None


def roles_that_sign(sides: Iterable[str]) -> list[tuple[str, Role]]:
    """Each role of these sides that can sign."""
    return [
        (side, one)
        for side in sides
        for one in ROLES.values()
        if side in one.sides and KEEPS in one.capabilities
    ]


def checked_roles(said: SignOffSaid, sides: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Each role once. Raises SignOffRefused."""
    known = {(side, one.key) for side, one in roles_that_sign(sides)}
    asked = tuple(dict.fromkeys(said.roles))
    if not asked:
        raise _refused("choose one role or more")
    if not known.issuperset(asked):
        raise _refused("choose from the roles of those sides that see the document and do more than read")
    if said.due_on is not None and not FIRST <= said.due_on < LAST:
        fault = f"write a day from {FIRST} to the year {LAST.year - 1}"
        raise SignOffRefused(f"nothing is asked: due_on: {fault}", [("due_on", fault)])
    return asked


def sides_of(side: str | None) -> tuple[str, ...]:
    """The side that alone sees a document, or both."""
    return (side,) if side else tuple(one.value for one in Side)


def checked_reason(reason: str) -> str:
    """Why somebody does not sign. Raises SignatureRefused."""
    tidy = reason.replace("\r\n", "\n").replace("\r", "\n").strip()
    if fault := "say why" if not tidy else block_fault(tidy, most=LONGEST_REASON):
        raise SignatureRefused(f"nothing is declined: reason: {fault}", [("reason", fault)])
    return tidy


def _refused(fault: str) -> SignOffRefused:
    return SignOffRefused(f"nobody is asked to sign: roles: {fault}", [("roles", fault)])
