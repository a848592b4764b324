"""The page of one gate, also with a form on it that was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handfast.contract.queries import milestones_in_force
from handfast.engagement.queries import names_of_sides
from handfast.foundation.web.doors import ActorRequest, shown
from handfast.governance.web.rows import people_of, seeing
from handfast.readiness.models import Gate
from handfast.readiness.permissions import (
    may_fulfil_condition,
    may_keep_gate,
    may_lay_gates,
    may_open_gate_decision,
    may_plan_repeat,
    may_withdraw_gate_decision,
)
from handfast.readiness.queries.costs import NOTHING, costs_of
from handfast.readiness.queries.gates import decisions_of
from handfast.readiness.queries.readiness import readiness_of
from handfast.readiness.queries.repeating import is_repeatable
from handfast.readiness.web.criterion_page import steps_of
from handfast.readiness.web.forms import CriterionForm, DecisionForm, GateForm, ReasonForm, SignForm
from handfast.readiness.web.rows import blockers_of, gate_row, persons_in
from handfast.readiness.web.sentence import sentence_of
from handfast.readiness.web.signing import signing_of
from handfast.transition.models import Step

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from uuid import UUID

    from django.http import HttpResponse

    from handfast.engagement.models import Engagement

OK = 200


def gate_page(  # noqa: PLR0913 - what the page shows
    request: ActorRequest, deal: Engagement, found: Gate, *, add: CriterionForm | None = None,
    decide: DecisionForm | None = None, sign: SignForm | None = None, decline: ReasonForm | None = None, amend: GateForm | None = None,
    status: int = OK,
) -> HttpResponse:  # fmt: skip
    """Its criteria, what keeps it shut, what is being signed, and what was decided before."""
    actor = request.actor
    ready = readiness_of(actor, deal, at=request.at)
    standing = next(one for one in ready.gates if one.gate.pk == found.pk)
    people = people_of(actor, deal)
    seen = seeing(actor, deal, people, {*persons_in(ready), *_signers(found)}, ready.today)
    row = gate_row(standing, seen, deal, ready.at)
    is_free = found.state in (Gate.State.OPEN, Gate.State.NO_GO)
    costs = costs_of(deal, standing.blocking, ready.today) if not found.is_passed else NOTHING
    blockers = blockers_of(row.rows, costs) if not found.is_passed else []
    signing = signing_of(actor, deal, standing, seen, zone=deal.zone)
    decision, names = signing.decision, names_of_sides(deal)
    context = {
        "engagement": deal,
        "names": names,
        "gate": found,
        "current": row,
        "rows": row.rows,
        "blockers": blockers,
        "sentence": sentence_of(standing, blockers, costs),
        "signing": signing,
        "steps": steps_of(found),
        "may_keep": may_lay_gates(actor, deal) and not found.is_passed,
        "may_open": is_free and may_open_gate_decision(actor, found),
        "may_repeat": decision is not None and is_repeatable(decision) and may_plan_repeat(actor, decision),
        "may_withdraw": decision is not None
        and signing.is_open
        and may_withdraw_gate_decision(actor, decision),
        "fulfillable": {
            one.pk
            for one, _, _ in signing.conditions
            if one.fulfilled_at is None and may_fulfil_condition(actor, one)
        },
        "add": add or CriterionForm(people=people, steps=steps_of(found), names=names),
        "is_add_open": add is not None,
        "decide": decide or DecisionForm(people=people, as_seen=found.seen_as),
        "is_decide_open": decide is not None or "decide" in request.GET,
        "sign": sign or (SignForm(outcome=decision.outcome, sha256=decision.sha256) if decision else None),
        "decline": decline or ReasonForm(),
        "amend": amend or gate_form(deal, kept=found),
        "is_amend_open": amend is not None,
        "may_amend": may_keep_gate(actor, found) and found.state != Gate.State.SIGNING,
    }
    return shown(request, "readiness/gate.html", context, status=status)


def gate_form(
    deal: Engagement, data: Mapping[str, Any] | None = None, *, kept: Gate | None = None
) -> GateForm:
    """The form of a gate, with the plan's steps and the contract's milestones to choose from."""
    rows = Step.objects.filter(plan__engagement=deal, space_id=deal.space_id)
    milestones = [(str(one.pk), one.name) for one in milestones_in_force(deal.pk)]
    steps = list(rows.values_list("key", "name"))
    return GateForm(data, steps=steps, milestones=milestones, names=names_of_sides(deal), kept=kept)


def _signers(gate: Gate) -> Iterator[UUID | None]:
    for one in decisions_of(gate):
        yield from (one.opened_by_id, one.declined_by_id)
        yield from (each.signed_by_id for each in one.signatures.all())
        yield from (each.owner_id for each in one.conditions.all())
