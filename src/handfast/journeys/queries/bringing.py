"""Bringing in a deal that runs already: the steps that its size needs, each with what really is there."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from handfast.contract.models import TermsVersion
from handfast.evidence.models import Document, File, Reference
from handfast.foundation.sight import the_one
from handfast.governance.models import RegisterEntry
from handfast.journeys.health.declared import EVERY_SIZE, LARGER, many
from handfast.journeys.models import SkippedStep
from handfast.journeys.queries.health import facts_of
from handfast.people.queries import invitations_seen_by

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.journeys.health.facts import Facts

State = Literal["done", "partly", "open"]


@dataclass(frozen=True, slots=True)
class Stepping:
    """A step: what it brings in, what it needs at hand, how many minutes it usually takes, and for which sizes."""

    key: str
    title: str
    needs: str
    minutes: int
    sizes: tuple[str, ...] = EVERY_SIZE


STEPS: dict[str, Stepping] = {
    one.key: one
    for one in (
        Stepping("parties", "Name the parties", "Who buys, who delivers; the other side may join later.", 1),
        Stepping("summary", "Write the contract's summary", "The contract's first pages: term, notice, value, contacts.", 3),
        Stepping("terms", "Write the terms", "The service level schedule: what is measured and promised.", 15),
        Stepping("figures", "Bring in twelve months of figures", "The tool's export, or the monthly reports as a sheet.", 10),
        Stepping("issues", "Take in open issues", "The tracker as a sheet, or its rows to paste.", 5),
        Stepping("actions", "Take in open actions", "The action list as a sheet, or its rows to paste.", 5, LARGER),
        Stepping("documents", "Keep the documents", "The texts, the files, or where they live.", 5, LARGER),
        Stepping("people", "Invite the people", "Work addresses of those who keep the deal, on your side.", 3, LARGER),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Standing:
    """A step with its state and what is there in words; `skipped` says why it is left out."""

    step: Stepping
    state: State
    said: str
    skipped: SkippedStep | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to do in it."""
        return self.state == "done" or self.skipped is not None


def bringing_in(actor: Actor, deal: Engagement, *, at: datetime) -> list[Standing]:
    """The steps that a deal of this size needs, in their order; computed, in the same few questions for every deal."""
    facts = facts_of(actor, deal, at=at)
    told = {
        "parties": _parties(facts),
        "summary": _summary(facts),
        "terms": _terms(actor, facts),
        "figures": _figures(facts),
        "documents": _documents(actor, deal),
        "people": _people(actor, facts),
        **_registers(actor, deal),
    }
    rows = SkippedStep.objects.filter(
        engagement=deal, space_id__in=actor.reach.reads, taken_up_at__isnull=True
    )
    skipped = {one.step: one for one in rows}
    return [
        Standing(one, *told[one.key], skipped.get(one.key))
        for one in STEPS.values()
        if deal.size in one.sizes
    ]


def skipped_seen_by(actor: Actor, engagement: UUID, skipped: UUID) -> SkippedStep:
    """A step of the engagement that was left out. Raises NotSeen."""
    rows = SkippedStep.objects.filter(engagement_id=engagement, space_id__in=actor.reach.reads, pk=skipped)
    found: SkippedStep = the_one(rows)
    return found


def _parties(facts: Facts) -> tuple[State, str]:
    alone = [one.name for one in facts.sides if one.organisation is None]
    names = " and ".join(one.name for one in facts.sides)
    return "done", f"{names}; {alone[0]} has not joined and need not." if alone else f"{names}, both here."


def _summary(facts: Facts) -> tuple[State, str]:
    wanted: dict[str, object] = {"the end": facts.ends_on or (facts.contract and facts.contract.is_open)}
    if facts.size in LARGER:
        notice = facts.notice_on or (facts.contract and facts.contract.is_without_notice)
        wanted = {
            "the start": facts.starts_on,
            "the last day of notice": notice,
            **wanted,
            "the summary": facts.contract,
        }
    lacking = [said for said, there in wanted.items() if not there]
    if not lacking:
        number = facts.contract.number if facts.contract else None
        return "done", f"Version {number} is written down." if number else "The days are written down."
    state: State = "open" if len(lacking) == len(wanted) else "partly"
    return state, f"Not written down: {', '.join(lacking)}."


def _terms(actor: Actor, facts: Facts) -> tuple[State, str]:
    numbers = [one.number for one in facts.agreements if one.number is not None]
    if numbers:
        return "done", f"Version {numbers[0]} is in force."
    waiting = TermsVersion.objects.filter(
        agreement__engagement_id=facts.engagement, space_id__in=actor.reach.reads,
        state=TermsVersion.State.PROPOSED,
    )  # fmt: skip
    number = waiting.values_list("number", flat=True).first()
    if number is not None:
        return "partly", f"Version {number} waits for an answer."
    return "open", "No terms are in force."


def _figures(facts: Facts) -> tuple[State, str]:
    known = facts.with_figures
    if not facts.months_due:
        said = f"{many(len(known), 'month')} with figures." if known else "No month has figures."
        return ("partly" if known else "open"), said
    there = [one for one in facts.months_due if one in known]
    said = f"{len(there)} of {many(len(facts.months_due), 'month')} that the terms cover have figures."
    if len(there) == len(facts.months_due):
        return "done", said
    return ("partly" if there else "open"), said


def _registers(actor: Actor, deal: Engagement) -> Mapping[str, tuple[State, str]]:
    rows = RegisterEntry.objects.filter(
        engagement_id=deal.pk, space_id__in=actor.reach.reads, register__in=("issues", "actions")
    )
    counted = Counter(rows.order_by().values_list("register", flat=True))
    told: dict[str, tuple[State, str]] = {}
    for register, word in (("issues", "issue"), ("actions", "action")):
        number = counted[register]
        told[register] = (
            ("done", f"{many(number, word)} kept.") if number else ("open", f"No {word} is kept.")
        )
    return told


def _documents(actor: Actor, deal: Engagement) -> tuple[State, str]:
    reads = actor.reach.reads
    standing = File.objects.filter(engagement_id=deal.pk, space_id__in=reads, withdrawn_at__isnull=True)
    files = standing.filter(frozen_in__isnull=True).count()
    written = Document.objects.filter(engagement_id=deal.pk, space_id__in=reads).count()
    elsewhere = Reference.objects.filter(engagement_id=deal.pk, space_id__in=reads).count()
    if written or files or elsewhere:
        told = (many(written, "document"), many(files, "file"), many(elsewhere, "address", "addresses"))
        return "done", f"{', '.join(told)}."
    return "open", "No document is kept, no file attached."


def _people(actor: Actor, facts: Facts) -> tuple[State, str]:
    own = next((one.side for one in facts.sides if one.organisation == actor.organisation), "")
    mine = sum(one.side == own for one in facts.members)
    asked = invitations_seen_by(actor, facts.engagement).count()
    waiting = f" {many(asked, 'invitation')} on the way." if asked else ""
    if mine > 1:
        return "done", f"{mine} of your side, {len(facts.members) - mine} of the other.{waiting}"
    return (
        ("done", f"You, and {many(asked, 'invitation')} on the way.")
        if asked
        else ("open", "You are alone on your side.")
    )
