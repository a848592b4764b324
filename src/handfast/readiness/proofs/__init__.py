"""The catalogue: every proof that a criterion may use. A new one is a function beside these, and its line here."""

from handfast.readiness.proofs import (
    documents,
    learning,
    people,
    plan,
    preparing,
    proving,
    registers,
    running,
    surveying,
)
from handfast.readiness.proofs.declared import Asked, Lack, Measured, Proof

PROOFS: dict[str, Proof] = {
    one.key: one
    for room in (people, plan, registers, documents, preparing, proving, running, surveying, learning)
    for one in vars(room).values()
    if isinstance(one, Proof)
}

__all__ = ["PROOFS", "Asked", "Lack", "Measured", "Proof"]
