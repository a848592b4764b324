"""Fills the evidence of an engagement and asks for its readiness; imported once the application is open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.page_times import BACKEND, Measured, measured
from django.test import Client
from django.urls import reverse
from tests.factories.cast import make_cast
from tests.transition.programme import AT, programme_of

from handfast.foundation.scope import entered
from handfast.governance.models import RegisterEntry
from handfast.readiness.actions import lay_out_gates
from handfast.readiness.models import Criterion
from handfast.readiness.proofs import PROOFS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

A_BATCH, APPLICATIONS, OTHERS = 500, 5, 200
# How many of a register, in which state, and what each says.
KEPT: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "processes": ("confirmed", {"a_month": "900", "minutes": "6.5", "decision": "keep"}),
    "checks": (
        "green",
        {"checked_on": "2026-04-14", "evidence": "Record", "fresh_days": "7", "blocks": "yes"},
    ),
    "scenarios": ("passed", {"run_on": "2026-04-14", "systems": "CRM, Telephony, Billing"}),
    "briefings": ("held", {"people": "25", "confirmed": "24", "held_on": "2026-04-01"}),
    "findings": ("settled", {"weight": "high", "treatment": "Agreed"}),
}


def measured_readiness(people: int, criteria: int, runs: int) -> Iterator[Measured]:
    """The pages of readiness, as the client's first person asks for them."""
    cast = make_cast()
    programme_of("standard", cast)
    actor, deal = cast.actor(cast.owner), cast.engagement
    lay_out_gates(actor, deal, at=AT)
    with entered(actor.reach):
        _fill(deal, people)
        gate = _ask(deal, criteria)
    browser = Client()
    browser.force_login(cast.owner, backend=BACKEND)
    for name, route, more in (
        ("readiness", "readiness:readiness", ()), ("one gate", "readiness:gate", (gate,)),
        ("steps", "readiness:steps", ()), ("one step", "readiness:step", ("infrastructure",)),
    ):  # fmt: skip
        yield measured(browser, name, reverse(route, args=[deal.pk, *more]), runs)
    yield measured(browser, "gates, by the API", f"/api/readiness/engagements/{deal.pk}/gates", runs)


def _ask(deal: Any, criteria: int) -> Any:
    """Every proof of the catalogue in turn, beside the criteria of the plan; the gate that they are asked of."""
    first = Criterion.objects.filter(engagement=deal).select_related("gate").first()
    if first is None:
        raise SystemExit("the plan laid out no gates")
    keys, there = sorted(PROOFS), Criterion.objects.filter(engagement=deal).count()
    Criterion.objects.bulk_create(
        Criterion(
            space_id=deal.space_id, engagement=deal, gate=first.gate, number=there + number + 1, text=f"Asked as number {number}",
            proof=keys[number % len(keys)], compare=">=", needs=0, unit=PROOFS[keys[number % len(keys)]].unit,
            is_blocking=False, created_at=AT, changed_at=AT,
        )
        for number in range(criteria - there)
    )  # fmt: skip
    return first.gate_id


def _fill(deal: Any, people: int) -> None:
    """Rows as the verb writes them, without its journal."""
    pairs = (
        ("access", "proved", {"person": f"P-{number // APPLICATIONS}", "application": f"A-{number % APPLICATIONS}", "first_day": "2026-04-20", "proved_on": "2026-04-10"})
        for number in range(people * APPLICATIONS)
    )  # fmt: skip
    others = ((key, state, own) for key, (state, own) in KEPT.items() for _ in range(OTHERS))
    for rows in (pairs, others):
        RegisterEntry.objects.bulk_create(
            (
                RegisterEntry(
                    space_id=deal.space_id, engagement=deal, register=register, number=number, title=f"{register} {number}",
                    state=state, is_done=True, own=dict(own), created_at=AT, changed_at=AT,
                )
                for number, (register, state, own) in enumerate(rows, start=1)
            ),
            batch_size=A_BATCH,
        )  # fmt: skip
