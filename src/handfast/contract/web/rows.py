"""Versions as pages show them: state as chip, instants in the contract's zone, who answered and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.contract.models import TermsVersion
from handfast.contract.permissions import may_answer_terms, may_put_in_force, may_withdraw_terms
from handfast.foundation.web.instants import shown_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from uuid import UUID

    from handfast.contract.models import AgreedMilestone
    from handfast.contract.queries import Sides
    from handfast.foundation.actor import Actor

State = TermsVersion.State
WAITS_AND_ANSWERS: dict[str, tuple[str, str]] = {
    State.PROPOSED: ("running", "Waits for an answer"),
    State.AGREED: ("met", "Agreed"),
    State.DECLINED: ("missed", "Declined"),
    State.WITHDRAWN: ("not-yet", "Withdrawn"),
    State.NOT_COUNTERSIGNED: ("risk", "Not countersigned"),
}
HEADS = (
    "Version",
    "State",
    "Counts from",
    "Proposed",
    "Proposed by",
    "Answered",
    "SHA-256",
    "Annex SHA-256",
)


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One version; `glyph` and `state` are its chip, `answer` is one sentence, empty while it waits."""

    version: TermsVersion
    glyph: str
    state: str
    proposed: str
    by: str
    answer: str


def version_row(version: TermsVersion, sides: Sides, zone: str, names: Mapping[UUID, str]) -> VersionRow:
    glyph, state = WAITS_AND_ANSWERS[version.state]
    by = sides.names.get(version.proposed_side, version.proposed_side)
    return VersionRow(
        version, glyph, state, shown_at(version.proposed_at, zone), person_text(version.proposed_by_id, by, names),
        _answer(version, sides, zone, names),
    )  # fmt: skip


def person_text(person: UUID | None, organisation: str, names: Mapping[UUID, str]) -> str:
    """`Priya Raman, Lumen`; the organisation alone where nobody is named."""
    name = names.get(person, "") if person else ""
    return f"{name}, {organisation}" if name else organisation


def _answer(version: TermsVersion, sides: Sides, zone: str, names: Mapping[UUID, str]) -> str:
    if version.answered_at is None:
        return ""
    by = person_text(version.answered_by_id, sides.name_of(version.answered_for_id), names)
    when = shown_at(version.answered_at, zone)
    said = {
        State.AGREED: f"agreed by {by}, {when}",
        State.DECLINED: f"declined by {by}, {when}",
        State.WITHDRAWN: f"withdrawn by {by}, {when}",
        State.NOT_COUNTERSIGNED: f"put in force by {by} alone, {when}",
    }
    return said.get(State(version.state), "")


def shown_on(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def people_in(proposals: Iterable[TermsVersion] | Iterable[AgreedMilestone]) -> list[UUID | None]:
    """Whose names the rows need."""
    return [who for one in proposals for who in (one.proposed_by_id, one.answered_by_id)]


@dataclass(frozen=True, slots=True)
class Moves:
    """What the actor may do with a version right now."""

    may_answer: bool
    may_countersign: bool
    may_withdraw: bool
    may_put_in_force: bool


def moves_of(actor: Actor, version: TermsVersion, sides: Sides, *, is_current: bool) -> Moves:
    waits = version.state == State.PROPOSED
    alone = is_current and version.state == State.NOT_COUNTERSIGNED
    answers = (waits or alone) and may_answer_terms(actor, version)
    other_is_here = sides.is_in_the_system(sides.other_side(actor.organisation))
    return Moves(
        may_answer=waits and answers,
        may_countersign=alone and answers,
        may_withdraw=waits and may_withdraw_terms(actor, version),
        may_put_in_force=waits and not other_is_here and may_put_in_force(actor, version),
    )


def terms_sentence(current: TermsVersion | None, waiting: TermsVersion | None, sides: Sides) -> str:
    """What the page of terms opens with."""
    if current is None and waiting is None:
        return "No terms yet: what is measured and promised is written, proposed, and agreed by both."
    said = "No terms are in force"
    if current is not None:
        how = "agreed by both" if current.state == State.AGREED else "not countersigned by the other side"
        said = f"Version {current.number} is in force, {how}; it counts from {shown_on(current.in_force_on)}"
    if waiting is not None:
        other = "provider" if waiting.proposed_side == "client" else "client"
        said = f"{said}. Version {waiting.number} waits for {sides.names.get(other, 'the other side')}"
    return f"{said}."


def version_sentence(version: TermsVersion, sides: Sides) -> str:
    """What the page of one version opens with."""
    by = sides.names.get(version.proposed_side, "one side")
    other = sides.names.get("provider" if version.proposed_side == "client" else "client", "the other side")
    became = {
        State.PROPOSED: f"it waits for {other}",
        State.AGREED: "both agreed",
        State.DECLINED: f"{other} declined",
        State.WITHDRAWN: f"{by} took it back",
        State.NOT_COUNTERSIGNED: f"{other} has not countersigned",
    }[State(version.state)]
    return f"{by} proposed this version, counting from {shown_on(version.in_force_on)}; {became}."
