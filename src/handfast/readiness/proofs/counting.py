"""How proofs count entries of the registers that both sides keep. What one side keeps for itself is not counted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from handfast.governance.models import RegisterEntry
from handfast.governance.registers import REGISTERS
from handfast.readiness.proofs.declared import MOST_LACKING, Asked, Lack, Measured, Proof, Unit, proof

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

LIST, ENTRY = "governance:entries", "governance:entry"


def over(register: str, name: str, unit: Unit) -> Callable[[Callable[[Asked], Measured]], Proof]:
    """A proof of which the evidence is one register."""
    evidence = str(REGISTERS[register].name)
    return proof(name, unit=unit, evidence=evidence, page=LIST, page_args=(register,))


def entries_of(asked: Asked, register: str) -> list[RegisterEntry]:
    """All that both sides see and that was not withdrawn, read once for all proofs that ask."""
    if register not in asked.read:
        rows = RegisterEntry.objects.filter(
            engagement=asked.deal, register=register, space_id=asked.deal.space_id
        )
        told = rows.exclude(state="withdrawn").defer("text").order_by("number")
        found = list(told)
        for one in found:
            one.engagement = asked.deal
        asked.read[register] = found
    return asked.read[register]


def lacks_of(entries: Iterable[RegisterEntry]) -> tuple[Lack, ...]:
    told = (Lack(f"{one.name}, {one.title}", ENTRY, one.pk) for one in entries)
    return tuple(one for one, _ in zip(told, range(MOST_LACKING), strict=False))


def counted(every: Sequence[RegisterEntry], bad: Sequence[RegisterEntry], said: str) -> Measured:
    """So many of them; a register in which nothing was ever written says nothing, and not that there is none."""
    if not every:
        return Measured(None, "nothing is written down yet")
    return Measured(Fraction(len(bad)), f"{len(bad)} {said}", None, lacks_of(bad))


def share_of(every: Sequence[RegisterEntry], left: Sequence[RegisterEntry], none: str) -> Measured:
    """Those that are not left over all, each of the same weight; `none` is said where there is nothing to count."""
    if not every:
        return Measured(None, none)
    done = len(every) - len(left)
    return Measured(Fraction(done, len(every)), f"{done} of {len(every)}", None, lacks_of(left))


def number_of(entry: RegisterEntry, field: str) -> Fraction | None:
    """What it says in a field of numbers, exactly; None where that is empty."""
    said = entry.own.get(field, "")
    return Fraction(Decimal(said)) if said else None


def day_of(entry: RegisterEntry, field: str) -> date | None:
    """What it says in a field of days; None where that is empty."""
    said = entry.own.get(field, "")
    return date.fromisoformat(said) if said else None
