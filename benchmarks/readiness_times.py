"""Fills the evidence of an engagement and asks for its readiness; imported once the application is open."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from benchmarks.page_times import BACKEND, Measured, measured
from django.test import Client
from django.urls import reverse
from tests.factories.cast import make_cast
from tests.transition.programme import AT, programme_of

from handfast.foundation.scope import entered
from handfast.governance.models import RegisterEntry
from handfast.learning.models import Certificate, ClassTopic, Topic, TopicPart, Trainee, TrainingClass
from handfast.readiness.actions import lay_out_gates
from handfast.readiness.models import Criterion
from handfast.readiness.proofs import PROOFS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

A_BATCH, APPLICATIONS, OTHERS = 500, 5, 200
TOPICS, A_CLASS, LASTS = 10, 25, date(2099, 1, 1)
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
        shown = _teach(deal, people)
        gate = _ask(deal, criteria)
    browser = Client()
    browser.force_login(cast.owner, backend=BACKEND)
    for name, route, more in (
        ("readiness", "readiness:readiness", ()), ("one gate", "readiness:gate", (gate,)),
        ("skills matrix", "learning:certification", ()), ("one class", "learning:class", (shown,)),
        ("steps", "readiness:steps", ()), ("one step", "readiness:step", ("infrastructure",)),
    ):  # fmt: skip
        yield measured(browser, name, reverse(route, args=[deal.pk, *more]), runs)
    yield measured(browser, "gates, by the API", f"/api/readiness/engagements/{deal.pk}/gates", runs)


def _teach(deal: Any, people: int) -> Any:
    """Classes of so many, each of which must hold the same topics; every fourth trainee lacks one certificate. One of the classes."""
    here, today = {"space_id": deal.space_id}, AT.date()
    topics = Topic.objects.bulk_create(
        Topic(
            **here, engagement=deal, number=one, title=f"Topic {one}", minimum=2, validity_months=12,
            is_critical=one % 2 == 0, changed_at=AT,
        )
        for one in range(1, TOPICS + 1)
    )  # fmt: skip
    TopicPart.objects.bulk_create(
        TopicPart(**here, topic=one, position=1, name="Test", pass_mark=1, size=1, retakes=1, wait_days=0)
        for one in topics
    )
    classes = TrainingClass.objects.bulk_create(
        TrainingClass(
            **here, engagement=deal, number=one, title=f"Class {one}", side="provider", starts_on=today, ends_on=today,
            changed_at=AT,
        )
        for one in range(1, -(-people // A_CLASS) + 1)
    )  # fmt: skip
    ClassTopic.objects.bulk_create(
        ClassTopic(**here, training_class=one, topic=topic) for one in classes for topic in topics
    )
    trainees = Trainee.objects.bulk_create(
        (Trainee(**here, training_class=classes[one // A_CLASS], label=f"P-{one}") for one in range(people)),
        batch_size=A_BATCH,
    )
    held = (
        (trainee, topic)
        for number, trainee in enumerate(trainees)
        for place, topic in enumerate(topics)
        if number % 4 or place
    )
    Certificate.objects.bulk_create(
        (
            Certificate(
                **here, trainee=trainee, topic=topic, certified_on=today, valid_until=LASTS, result_ids=[], made_at=AT
            )
            for trainee, topic in held
        ),
        batch_size=A_BATCH,
    )  # fmt: skip
    return classes[0].pk


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
