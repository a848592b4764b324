"""The readiness page, also with a form on it that was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from handfast.engagement.queries import names_of_sides
from handfast.foundation.web.doors import ActorRequest, shown
from handfast.foundation.web.exports import export_urls
from handfast.governance.web.rows import people_of, seeing
from handfast.readiness.permissions import may_answer_waiver, may_lay_gates
from handfast.readiness.queries.costs import NOTHING, costs_of
from handfast.readiness.queries.gates import waivers_seen_by
from handfast.readiness.queries.laying import gates_to_lay
from handfast.readiness.queries.readiness import readiness_of
from handfast.readiness.web.gate_page import gate_form
from handfast.readiness.web.rows import blockers_of, gate_row, persons_in, step_rows
from handfast.readiness.web.sentence import sentence_of
from handfast.readiness.web.signing import signing_of
from handfast.readiness.web.wording import CHIPS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.governance.web.rows import Seeing
    from handfast.readiness.models import Waiver
    from handfast.readiness.queries.readiness import Readiness
    from handfast.readiness.web.forms import GateForm

OK = 200


def readiness_page(
    request: ActorRequest, deal: Engagement, *, add: GateForm | None = None, status: int = OK
) -> HttpResponse:
    """Its steps, what blocks the chosen gate, every criterion, waivers, and who signs."""
    found = readiness_of(request.actor, deal, at=request.at)
    seen = seeing(request.actor, deal, people_of(request.actor, deal), persons_in(found), found.today)
    context = _context(request, deal, found, seen) | {
        "add": add or gate_form(deal),
        "is_add_open": add is not None,
    }
    return shown(request, "readiness/readiness.html", context, status=status)


def _context(request: ActorRequest, deal: Engagement, found: Readiness, seen: Seeing) -> dict[str, Any]:
    actor, at = request.actor, found.at
    chosen = found.gate(_id(request.GET.get("gate", "")))
    gates = [gate_row(one, seen, deal, at) for one in found.gates]
    current = next((one for one in gates if chosen and one.standing.gate.pk == chosen.gate.pk), None)
    is_open = chosen is not None and not chosen.gate.is_passed
    costs = costs_of(deal, chosen.blocking, found.today) if chosen and is_open else NOTHING
    blockers = blockers_of(current.rows, costs) if current and is_open else []
    return {
        "engagement": deal,
        "names": names_of_sides(deal),
        "gates": gates,
        "current": current,
        "steps": step_rows(found.steps),
        "counts": [(*CHIPS[key], found.counts[key]) for key in CHIPS if found.counts[key]],
        "total": len(found.judged),
        "blockers": blockers,
        "sentence": sentence_of(chosen, blockers, costs),
        "is_ready": chosen is not None and is_open and chosen.is_ready,
        "is_light": deal.size == deal.Size.LIGHT,
        "waivers": _waivers(actor, deal, seen),
        "signing": signing_of(actor, deal, chosen, seen, zone=deal.zone) if chosen else None,
        "may_lay": may_lay_gates(actor, deal),
        "can_lay": not gates and bool(gates_to_lay(deal)),
        **export_urls("readiness:readiness_export", deal.pk),
    }


def _waivers(actor: Actor, deal: Engagement, seen: Seeing) -> list[Mapping[str, Any]]:
    """Those that are asked for or hold, with whose they are."""
    lasting = ("asked", "approved")
    rows = waivers_seen_by(actor, deal.pk).filter(state__in=lasting)
    found: list[Waiver] = [one for one in rows if one.expires_on >= seen.today]
    for one in found:
        one.criterion.engagement = deal
    return [
        {
            "one": one,
            "asked_by": seen.name_of(one.asked_by_id),
            "answered_by": seen.name_of(one.answered_by_id),
            "may_answer": one.state == "asked" and may_answer_waiver(actor, one),
        }
        for one in found
    ]


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
