"""What people may say of a criterion, an attestation, a waiver and a decision; each tidied and checked."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from handfast.foundation.texts import block_fault, line_fault, tidied
from handfast.people.roles import ROLES
from handfast.readiness.models import ATTESTED, Criterion, GateDecision
from handfast.readiness.proofs import PROOFS
from handfast.readiness.refusals import (
    AttestationRefused,
    CriterionRefused,
    GateDecisionRefused,
    GateRefused,
    WaiverRefused,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from uuid import UUID

    from handfast.foundation.refusals import FieldsRefused

FIRST, LAST = date(2000, 1, 1), date(2100, 1, 1)
A_DAY = f"write a day from {FIRST} to the year {LAST.year - 1}"
LONGEST_NAME, LONGEST_LINE, LONGEST_TEXT = 200, 300, 2_000
SIGNS = "keep-registers"  # who only reads signs nothing
MOST_FRESH, MOST_CONDITIONS, MOST_NEEDS, MOST_DIGITS = 999, 20, Decimal(10_000_000), 4
SIDES = ("client", "provider")
Outcome = GateDecision.Outcome
Faults = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class GateSaid:
    """A gate as somebody words it: over which steps, and which roles sign for each side; none are whoever manages the plan."""

    name: str
    step_keys: tuple[str, ...] = ()
    client_roles: tuple[str, ...] = ()
    provider_roles: tuple[str, ...] = ()
    agreed_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class CriterionSaid:
    """A criterion as somebody words it. Of an attestation compare, needs and unit are a yes."""

    text: str
    proof: str = ATTESTED
    compare: str = "="
    needs: Decimal = Decimal(1)
    is_blocking: bool = True
    step_key: str = ""
    attests_side: str = ""
    attests_role: str = ""
    owner_id: UUID | None = None
    due_on: date | None = None
    expected_on: date | None = None
    fresh_days: int | None = None


@dataclass(frozen=True, slots=True)
class WaiverSaid:
    """Why a criterion is let go, what can happen, what is done until then, and the last day on which it holds."""

    reason: str
    risk: str
    until_then: str
    expires_on: date


@dataclass(frozen=True, slots=True)
class ConditionSaid:
    """What has still to be done, by whom and by when."""

    text: str
    owner_id: UUID
    due_on: date


@dataclass(frozen=True, slots=True)
class DecisionSaid:
    """What is proposed: go, go with conditions, or no-go with the day of the next try."""

    outcome: str
    note: str = ""
    conditions: tuple[ConditionSaid, ...] = ()
    repeat_on: date | None = None


def checked_gate(said: GateSaid, steps: Sequence[str]) -> GateSaid:
    """The same, tidied; `steps` are those of the plan. Raises GateRefused."""
    tidy = replace(said, name=said.name.strip())
    faults: Faults = []
    if fault := line_fault(tidy.name, most=LONGEST_NAME):
        faults.append(("name", fault))
    if set(tidy.step_keys) - set(steps):
        faults.append(("step_keys", f"choose among {', '.join(steps) or 'no steps: there is no plan'}"))
    for side in SIDES:
        known = {key for key, one in ROLES.items() if side in one.sides and SIGNS in one.capabilities}
        if set(getattr(tidy, f"{side}_roles")) - known:
            faults.append((f"{side}_roles", f"choose among {', '.join(sorted(known))}"))
    if faults:
        raise _refused(GateRefused, "the gate is not kept", faults)
    return tidy


def checked_criterion(said: CriterionSaid, steps: Sequence[str]) -> CriterionSaid:
    """The same, tidied; `steps` are those of its gate. Raises CriterionRefused."""
    tidy = replace(said, text=said.text.strip())
    if tidy.proof == ATTESTED:
        tidy = replace(tidy, compare="=", needs=Decimal(1))
    elif tidy.proof in PROOFS:
        tidy = replace(tidy, attests_side="", attests_role="")
    if faults := list(_criterion_faults(tidy, steps)):
        raise _refused(CriterionRefused, "the criterion is not kept", faults)
    return tidy


def unit_of(proof: str) -> str:
    """In what a criterion counts."""
    return PROOFS[proof].unit if proof in PROOFS else Criterion.Unit.YES


def checked_note(text: str) -> str:
    """On what a word rests. Raises AttestationRefused."""
    kept = tidied(text)
    fault = block_fault(kept, most=LONGEST_TEXT) or ("" if kept else "say on what your word rests")
    if fault:
        raise _refused(AttestationRefused, "nothing is attested", [("note", fault)])
    return kept


def checked_waiver(said: WaiverSaid, today: date) -> WaiverSaid:
    """The same, tidied. Raises WaiverRefused."""
    tidy = replace(
        said, reason=tidied(said.reason), risk=tidied(said.risk), until_then=tidied(said.until_then)
    )
    faults = [
        (name, fault)
        for name in ("reason", "risk", "until_then")
        for fault in (_text_fault(getattr(tidy, name)),)
        if fault
    ]
    if not FIRST <= tidy.expires_on < LAST or tidy.expires_on < today:
        faults.append(("expires_on", "write the last day on which it holds, today or later"))
    if faults:
        raise _refused(WaiverRefused, "no waiver is asked for", faults)
    return tidy


def checked_answer(text: str, *, is_needed: bool) -> str:
    """What is said with an answer to a waiver. Raises WaiverRefused."""
    kept = tidied(text)
    fault = block_fault(kept, most=LONGEST_TEXT) or ("say why" if is_needed and not kept else "")
    if fault:
        raise _refused(WaiverRefused, "the waiver is not answered", [("answer", fault)])
    return kept


def checked_decision(said: DecisionSaid, today: date) -> DecisionSaid:
    """The same, tidied. Raises GateDecisionRefused."""
    tidy = replace(
        said,
        note=tidied(said.note),
        conditions=tuple(replace(one, text=one.text.strip()) for one in said.conditions),
    )
    if faults := list(_decision_faults(tidy, today)):
        raise _refused(GateDecisionRefused, "nothing is opened for signing", faults)
    return tidy


def checked_reason(text: str) -> str:
    """Why a side does not sign. Raises GateDecisionRefused."""
    kept = tidied(text)
    if fault := _text_fault(kept):
        raise _refused(GateDecisionRefused, "the decision is not declined", [("reason", fault)])
    return kept


def checked_fulfilment(text: str) -> str:
    """What was done about a condition. Raises GateDecisionRefused."""
    kept = tidied(text)
    if fault := _text_fault(kept):
        raise _refused(GateDecisionRefused, "the condition is not fulfilled", [("note", fault)])
    return kept


def _text_fault(text: str) -> str:
    return block_fault(text, most=LONGEST_TEXT) or ("" if text else "write what you mean, in a sentence")


def _criterion_faults(said: CriterionSaid, steps: Sequence[str]) -> Iterator[tuple[str, str]]:
    if fault := line_fault(said.text, most=LONGEST_LINE):
        yield "text", fault
    if said.proof != ATTESTED and said.proof not in PROOFS:
        yield "proof", f"choose attestation or one of {', '.join(PROOFS)}"
    if said.compare not in Criterion.Compare.values:
        yield "compare", f"choose one of {', '.join(Criterion.Compare.values)}"
    if fault := _needs_fault(said.needs, unit_of(said.proof)):
        yield "needs", fault
    if said.step_key not in ("", *steps):
        yield "step_key", f"choose one of {', '.join(steps) or 'no step'}"
    yield from _word_faults(said)
    yield from _day_faults(said)


def _word_faults(said: CriterionSaid) -> Iterator[tuple[str, str]]:
    if said.attests_side not in ("", *SIDES):
        yield "attests_side", "choose client or provider, or nobody for either"
    role = ROLES.get(said.attests_role)
    if said.attests_role and (role is None or said.attests_side not in role.sides):
        yield "attests_role", "choose a role of the side whose word it is"


def _day_faults(said: CriterionSaid) -> Iterator[tuple[str, str]]:
    for name in ("due_on", "expected_on"):
        day = getattr(said, name)
        if day is not None and not FIRST <= day < LAST:
            yield name, A_DAY
    if said.fresh_days is not None and not 1 <= said.fresh_days <= MOST_FRESH:
        yield "fresh_days", f"write 1 to {MOST_FRESH} days, or nothing where it does not grow stale"


def _needs_fault(needs: Decimal, unit: str) -> str:
    if not needs.is_finite() or not 0 <= needs < MOST_NEEDS:
        return "write a number from 0"
    if -int(needs.as_tuple().exponent) > MOST_DIGITS:
        return f"write at most {MOST_DIGITS} digits after the point"
    if unit == Criterion.Unit.SHARE and needs > 1:
        return "write a share from 0 to 1: 95 % is 0.95"
    if unit == Criterion.Unit.YES and needs not in (0, 1):
        return "write 1 for yes or 0 for no"
    return ""


def _decision_faults(said: DecisionSaid, today: date) -> Iterator[tuple[str, str]]:
    if said.outcome not in Outcome.values:
        yield "outcome", f"choose one of {', '.join(Outcome.values)}"
    if fault := block_fault(said.note, most=LONGEST_TEXT):
        yield "note", fault
    if (said.outcome == Outcome.CONDITIONAL) != bool(said.conditions):
        wanted = (
            "write at least one condition"
            if not said.conditions
            else "conditions belong to a go with conditions"
        )
        yield "conditions", wanted
    if len(said.conditions) > MOST_CONDITIONS:
        yield "conditions", f"at most {MOST_CONDITIONS} conditions"
    for number, one in enumerate(said.conditions, 1):
        if fault := line_fault(one.text, most=LONGEST_LINE):
            yield "conditions", f"condition {number}: {fault}"
        if not today <= one.due_on < LAST:
            yield "conditions", f"condition {number}: write the day by which it is done, today or later"
    if said.outcome == Outcome.NO_GO and (said.repeat_on is None or not today <= said.repeat_on < LAST):
        yield "repeat_on", "write the day of the next try, today or later"
    if said.outcome != Outcome.NO_GO and said.repeat_on is not None:
        yield "repeat_on", "only a no-go has a next try"


def _refused(kind: type[FieldsRefused], said: str, faults: Faults) -> FieldsRefused:
    return kind(f"{said}: {'; '.join(f'{name}: {fault}' for name, fault in faults)}", faults)
