"""The page of one criterion, also with a form on it that was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handfast.engagement.queries import names_of_sides
from handfast.evidence.web.beside import kept_beside
from handfast.evidence.web.talk import talk_about
from handfast.foundation.web.doors import ActorRequest, shown
from handfast.foundation.web.instants import both_zones
from handfast.governance.web.rows import people_of, seeing
from handfast.people.queries import person_of
from handfast.people.roles import ROLES
from handfast.readiness.models import CriterionStanding, Waiver
from handfast.readiness.permissions import (
    may_answer_waiver,
    may_ask_waiver,
    may_attest,
    may_end_waiver,
    may_keep_criterion,
)
from handfast.readiness.proofs import PROOFS
from handfast.readiness.queries.gates import clock_of, standings_of, thing_of, today_in, words_on
from handfast.readiness.queries.judging import judged_of
from handfast.readiness.web.forms import CriterionForm, ReasonForm, WaiverForm, WordForm
from handfast.readiness.web.rows import criterion_row
from handfast.readiness.web.wording import CHIPS
from handfast.transition.models import Step

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from uuid import UUID

    from django.http import HttpResponse

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.readiness.models import Attestation, Criterion, Gate

OK, REFUSED = 200, 422
MOST_HISTORY = 50


def criterion_page(  # noqa: PLR0913 - what the page shows
    request: ActorRequest, deal: Engagement, found: Criterion, *, form: CriterionForm | None = None,
    word: WordForm | None = None, waive: WaiverForm | None = None, decline: ReasonForm | None = None,
    status: int = OK,
) -> HttpResponse:  # fmt: skip
    """How it stands and why, its words, its waivers, what it was, and what is kept beside it."""
    actor, at, today = request.actor, clock_of(deal, request.at), today_in(deal, request.at)
    (judged,) = judged_of(deal, [found], at=at, today=today)
    words, waivers = words_on(found), list(Waiver.objects.filter(criterion=found))
    people = people_of(actor, deal)
    seen = seeing(actor, deal, people, _persons(found, words, waivers), today)
    zones, names = [deal.zone, person_of(actor).zone], names_of_sides(deal)
    for one in waivers:
        one.criterion = found
    context = {
        "engagement": deal,
        "one": found,
        "row": criterion_row(judged, seen, deal, at),
        "lacking": judged.lacking,
        "proof": PROOFS.get(found.proof),
        "whose": _whose(found, names),
        "step": next((name for key, name in steps_of(found.gate) if key == found.step_key), ""),
        "words": [
            (one, seen.name_of(one.attested_by_id), both_zones(one.attested_at, zones)) for one in words
        ],
        "waivers": [_waiver(actor, one, seen.name_of, zones, today) for one in waivers],
        "history": [
            (*CHIPS[CriterionStanding.Standing(one.standing)], one.said, both_zones(one.since_at, zones))
            for one in standings_of(found)[:MOST_HISTORY]
        ],
        "may_keep": may_keep_criterion(actor, found),
        "may_attest": found.is_attested and found.dropped_at is None and may_attest(actor, found),
        "may_waive": found.dropped_at is None and may_ask_waiver(actor, found) and judged.waiver is None,
        "form": form or CriterionForm(people=people, steps=steps_of(found.gate), names=names, kept=found),
        "is_open": form is not None,
        "word": word or WordForm(),
        "waive": waive or WaiverForm(),
        "is_waive_open": waive is not None,
        "decline": decline or ReasonForm(),
        "beside": kept_beside(actor, deal, thing_of(found)),
        "talk": talk_about(actor, deal, thing_of(found)),
    }
    return shown(request, "readiness/criterion.html", context, status=status)


def steps_of(gate: Gate) -> list[tuple[str, str]]:
    """The steps that a gate decides over, as the plan calls them."""
    rows = Step.objects.filter(plan__engagement_id=gate.engagement_id, space_id=gate.space_id)
    return list(rows.filter(key__in=gate.step_keys).values_list("key", "name"))


def _whose(found: Criterion, names: dict[str, str]) -> str:
    """Whose word it is."""
    if not found.attests_side:
        return "either side"
    role = ROLES.get(found.attests_role)
    return f"{names.get(found.attests_side, '')}{f', {role.name}' if role else ''}"


def _waiver(
    actor: Actor, one: Waiver, name_of: Callable[[UUID | None], str], zones: Sequence[str], today: date
) -> dict[str, Any]:
    is_asked = one.state == Waiver.State.ASKED
    return {
        "one": one,
        "asked_by": name_of(one.asked_by_id),
        "asked": both_zones(one.asked_at, zones),
        "answered_by": name_of(one.answered_by_id),
        "is_over": one.state == Waiver.State.APPROVED and one.expires_on < today,
        "may_answer": is_asked and one.expires_on >= today and may_answer_waiver(actor, one),
        "may_end": one.state in (Waiver.State.ASKED, Waiver.State.APPROVED) and may_end_waiver(actor, one),
    }


def _persons(
    found: Criterion, words: Sequence[Attestation], waivers: Sequence[Waiver]
) -> Iterator[UUID | None]:
    yield from (found.owner_id, found.changed_by_id)
    yield from (one.attested_by_id for one in words)
    for one in waivers:
        yield from (one.asked_by_id, one.answered_by_id)
