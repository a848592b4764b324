"""The list that brings in a running deal: each step as far as what is there, and left out only with a reason."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.contract.deal import bargain_of
from tests.factories.cast import AT, Cast, make_cast
from tests.factories.racing import at_once
from tests.governance.kept import written
from tests.journeys.test_pages import text_of
from tests.operate.month import a_month

from handfast.engagement.models import Engagement
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.scope import entered
from handfast.journeys.actions import skip_step, take_up_step
from handfast.journeys.queries.bringing import STEPS, Standing, bringing_in
from handfast.journeys.refusals import (
    SkippedWithoutReason,
    StepSkipped,
    StepTakenUp,
    StepUnknown,
)
from handfast.operate.actions import bring_in_figures
from handfast.operate.reading.figures import Figure, Row
from handfast.people.queries import actor_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from handfast.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def steps(cast: Cast, person: Person | None = None) -> dict[str, Standing]:
    actor = actor_for(person or cast.owner)
    with entered(actor.reach):
        deal = Engagement.objects.prefetch_related("parties").get(pk=cast.engagement.pk)
        return {one.step.key: one for one in bringing_in(actor, deal, at=AT)}


def states(cast: Cast) -> dict[str, str]:
    return {key: one.state for key, one in steps(cast).items()}


def amended(cast: Cast, **days: object) -> None:
    with entered(cast.actor(cast.owner).reach):
        for name, day in days.items():
            setattr(cast.engagement, name, day)
        cast.engagement.save()


def page(person: Person, cast: Cast) -> str:
    client = Client()
    client.force_login(person)
    return text_of(client.get(reverse("journeys:bring_in", args=[cast.engagement.pk])))


def test_new_deal_has_its_parties_and_little_else(cast: Cast) -> None:
    assert states(cast) == {
        "parties": "done", "summary": "open", "terms": "open", "figures": "open", "issues": "open",
        "actions": "open", "documents": "open", "people": "done",
    }  # fmt: skip
    text = page(cast.owner, cast)
    assert (
        "2 of 8 steps of Customer Support are done, about 43 minutes are left. Next: write the contract"
        in text
    )
    assert text.count("hf-button--ink") == 1


def test_light_deal_is_asked_for_less(cast: Cast) -> None:
    amended(cast, size="light")
    assert list(steps(cast)) == ["parties", "summary", "terms", "figures", "issues"]
    amended(cast, ends_on=date(2027, 1, 1))
    assert steps(cast)["summary"].state == "done"


def test_standard_deal_is_expected_within_the_hour() -> None:
    assert sum(one.minutes for one in STEPS.values()) <= 60


def test_days_are_partly_there_until_all_are(cast: Cast) -> None:
    amended(cast, signed_on=date(2025, 1, 1))
    found = steps(cast)["summary"]
    assert (found.state, found.said) == (
        "partly",
        "Not written down: the last day of notice, the end, the summary.",
    )


def test_terms_that_wait_are_partly_there(cast: Cast) -> None:
    bargain = bargain_of(cast)
    bargain.proposed(bargain.client)
    assert steps(cast)["terms"].said == "Version 1 waits for an answer."


def test_figures_are_counted_by_the_months_that_the_terms_cover() -> None:
    month = a_month()
    cast = month.bargain.cast
    assert steps(cast)["figures"].said == "1 of 3 months that the terms cover have figures."
    rows = [Row(one, (), Figure(f"2026-0{one}", "first_response", value=None)) for one in (1, 2)]
    bring_in_figures(month.client, month.bargain.agreement, side="client", name="a", rows=rows, at=AT)
    assert steps(cast)["figures"].state == "done"


def test_registers_are_counted_with_the_reader_s_eyes(cast: Cast) -> None:
    written(cast, cast.owner, register="issues", title="Ours alone", is_own=True)
    assert steps(cast)["issues"].said == "1 issue kept."
    assert steps(cast, cast.delivery)["issues"].state == "open"


def test_step_is_left_out_with_its_reason_and_taken_up_again(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.owner)
    place = reverse("journeys:skip_step", args=[cast.engagement.pk])
    answer = client.post(place, {"step": "documents", "reason": ""})
    assert answer.status_code == 422
    assert "write 1 to 200 characters" in answer.content.decode()
    assert client.post(place, {"step": "documents", "reason": "They stay in the vault"}).status_code == 302
    assert "Left out: They stay in the vault" in page(cast.delivery, cast)
    skipped = steps(cast)["documents"].skipped
    assert skipped is not None
    client.post(reverse("journeys:take_up_step", args=[cast.engagement.pk, skipped.pk]))
    assert steps(cast)["documents"].skipped is None


def test_what_cannot_be_left_out_is_refused(cast: Cast) -> None:
    owner, deal = cast.actor(cast.owner), cast.engagement
    with pytest.raises(StepUnknown):
        skip_step(owner, deal, step="tea", reason="Not today", at=AT)
    with pytest.raises(SkippedWithoutReason):
        skip_step(owner, deal, step="terms", reason=" ", at=AT)
    skipped = skip_step(owner, deal, step="terms", reason="They are being renegotiated", at=AT)
    with pytest.raises(StepSkipped):
        skip_step(owner, deal, step="terms", reason="Again", at=AT)
    with pytest.raises(NotPermitted):
        skip_step(cast.actor(cast.reader), deal, step="issues", reason="None", at=AT)
    take_up_step(owner, skipped, at=AT)
    with pytest.raises(StepTakenUp):
        take_up_step(owner, skipped, at=AT)


@pytest.mark.django_db(transaction=True)
def test_step_that_two_leave_out_at_once_is_left_out_once(cast: Cast) -> None:
    def left_out(person: Person) -> Callable[[], object]:
        return lambda: skip_step(cast.actor(person), cast.engagement, step="people", reason="None", at=AT)

    ended = at_once(left_out(cast.owner), left_out(cast.delivery))
    assert sorted(ended) == ["step-skipped", "won"]


def test_api_tells_the_same_steps_and_leaves_one_out(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.owner)
    place = f"/api/journeys/engagements/{cast.engagement.pk}/bring-in"
    told = client.get(place).json()
    assert [(one["step"], one["state"]) for one in told] == list(states(cast).items())
    body = {"step": "people", "reason": "I keep it alone"}
    made = client.post(f"{place}/skipped", body, content_type="application/json")
    assert made.status_code == 201
    assert client.get(place).json()[-1]["reason"] == "I keep it alone"
    assert client.post(f"{place}/skipped/{made.json()['id']}/return").status_code == 200
    assert client.get(place).json()[-1]["skipped"] is None


def test_questions_are_as_many_for_one_entry_as_for_thirty(cast: Cast) -> None:
    counts = []
    for number in range(30):
        written(cast, cast.owner, register="issues", title=f"Headsets drop {number}")
        if number in {0, 29}:
            with CaptureQueriesContext(connection) as asked:
                steps(cast)
            counts.append(len(asked))
    assert counts[0] == counts[1]
