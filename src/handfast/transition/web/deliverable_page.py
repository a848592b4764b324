"""The page of one deliverable, also with a form on it that was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.engagement.queries import names_of_sides
from handfast.evidence.web.beside import kept_beside
from handfast.evidence.web.talk import talk_about
from handfast.foundation.web.doors import ActorRequest, shown
from handfast.governance.web.rows import people_of, seeing
from handfast.people.queries import person_of
from handfast.transition.models import Deliverable, ReviewRound
from handfast.transition.permissions import (
    may_amend_deliverable,
    may_review_deliverable,
    may_submit_deliverable,
    may_withdraw_deliverable,
)
from handfast.transition.queries.deliverables import clock_of, day_of_clock, rounds_of, thing_of
from handfast.transition.web.deliverable_forms import AcceptForm, DeliverableForm, HandInForm, RejectForm
from handfast.transition.web.deliverable_rows import round_row, row_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

    from django.http import HttpResponse

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor

State, Outcome = Deliverable.State, ReviewRound.Outcome
OK, REFUSED = 200, 422
UNDO_SECONDS = 10


def deliverable_page(  # noqa: PLR0913 - what the page shows
    request: ActorRequest, deal: Engagement, found: Deliverable, *, form: DeliverableForm | None = None,
    hand_in: HandInForm | None = None, accept: AcceptForm | None = None, reject: RejectForm | None = None,
    status: int = OK,
) -> HttpResponse:  # fmt: skip
    """What it says, where it stands by the clock and why, what can follow, its rounds, what is kept beside it."""
    actor, clock = request.actor, clock_of(deal, request.at)
    people, names, rounds = people_of(actor, deal), names_of_sides(deal), rounds_of(found)
    seen = seeing(actor, deal, people, _persons(found, rounds), day_of_clock(deal, clock))
    state, zones = found.state_at(clock), [deal.zone, person_of(actor).zone]
    told = [round_row(one, _outcome(one, found, state), names, seen, zones) for one in rounds]
    thing = thing_of(found)
    context = {
        "engagement": deal,
        "one": found,
        "row": row_of(found, names, seen, deal.zone, clock),
        "rounds": told,
        "running": told[0] if told and state == State.SUBMITTED else None,
        "planned_by": seen.name_of(found.created_by_id),
        "changed_by": seen.name_of(found.changed_by_id),
        **_moves(actor, found, state),
        "undo_seconds": _undo_seconds(actor, found, request.at),
        "form": form or DeliverableForm(people=people, names=names, kept=found),
        "is_open": form is not None or "amend" in request.GET,
        "hand_in": hand_in or HandInForm(),
        "accept": accept or AcceptForm(people=people),
        "reject": reject or RejectForm(),
        "beside": kept_beside(actor, deal, thing),
        "talk": talk_about(actor, deal, thing),
    }
    return shown(request, "transition/deliverable.html", context, status=status)


def _moves(actor: Actor, found: Deliverable, state: str) -> dict[str, bool]:
    """What can follow, and which of it the reader may do."""
    is_free, is_ours = state in Deliverable.TO_HAND_IN, may_withdraw_deliverable(actor, found)
    reviews = may_review_deliverable(actor, found)
    asks = is_free and found.is_silence_acceptance and not found.is_silence_agreed
    return {
        "is_free": is_free,
        "is_reviewed": state == State.SUBMITTED,
        "may_amend": is_free and may_amend_deliverable(actor, found),
        "may_submit": is_free and may_submit_deliverable(actor, found),
        "may_review": state == State.SUBMITTED and reviews,
        "asks_silence": asks,
        "may_agree": asks and reviews,
        "may_withdraw": is_free and is_ours,
        "may_bring_back": state == State.WITHDRAWN and is_ours,
    }


def _outcome(one: ReviewRound, found: Deliverable, state: str) -> str:
    """By the clock, whether the worker has written it down or not."""
    is_last = one.number == found.round
    return Outcome.DEEMED if is_last and state == State.DEEMED else one.outcome


def _undo_seconds(actor: Actor, found: Deliverable, at: datetime) -> int:
    """For how long the page offers to take a withdrawal back; 0 for no longer."""
    if found.state != State.WITHDRAWN or found.changed_by_id != actor.person:
        return 0
    return max(0, UNDO_SECONDS - int((at - found.changed_at).total_seconds()))


def _persons(found: Deliverable, rounds: list[ReviewRound]) -> Iterator[UUID | None]:
    yield from (found.owner_id, found.reviewer_id, found.created_by_id, found.changed_by_id)
    for one in rounds:
        yield from (one.submitted_by_id, one.answered_by_id)
