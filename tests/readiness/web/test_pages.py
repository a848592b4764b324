"""The pages of readiness, as each side and a reader open them; and what is asked of the database for one criterion and for many."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.cast import make_cast
from tests.readiness.gated import AT, Gated
from tests.transition.programme import programme_of

from handfast.foundation.scope import entered
from handfast.journeys.queries.needs import needs_of
from handfast.readiness.models import Criterion, Gate, GateDecision, Waiver

if TYPE_CHECKING:
    from django.http import HttpResponse

    from handfast.people.models import Person

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
FAR = date(2099, 7, 1)


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def url(gated: Gated, name: str = "readiness", *more: object) -> str:
    return reverse(f"readiness:{name}", args=[gated.engagement.pk, *more])


def told(answer: HttpResponse) -> str:
    return " ".join(answer.content.decode().split())


def owner(gated: Gated) -> Client:
    return browser(gated.programme.cast.owner)


def delivery(gated: Gated) -> Client:
    return browser(gated.programme.cast.delivery)


def test_without_a_plan_there_is_nothing_to_lay_out_and_with_one_there_is_one_button() -> None:
    cast = make_cast()
    client = browser(cast.owner)
    page = reverse("readiness:readiness", args=[cast.engagement.pk])
    assert "make the plan first" in told(client.get(page))
    programme_of("standard", cast)
    assert "Lay out the gates" in told(client.get(page))
    assert "Lay out the gates" not in told(browser(cast.reader).get(page))
    done = told(client.post(page, follow=True))
    assert "6 gates are laid out." in done
    assert client.post(page).status_code == 409


def test_the_page_says_in_one_sentence_what_keeps_the_next_gate_shut(gated: Gated) -> None:
    page = told(owner(gated).get(url(gated)))
    assert "keep “Plan baselined” shut" in page
    assert "Not ready" in page
    assert "15 steps" in page
    other = told(delivery(gated).get(url(gated) + f"?gate={gated.gate(4).pk}"))
    assert "keep “Go-live decision” shut" in other
    assert told(owner(gated).get(url(gated) + "?gate=nothing"))


def test_what_is_expected_late_costs_the_go_live_its_days(gated: Gated) -> None:
    gated.emptied(3)
    one = gated.asks(3, step_key="hiring", expected_on=date(2027, 9, 1))
    page = told(owner(gated).get(url(gated, "gate", gated.gate(3).pk)))
    assert f"The longest, {one.name}, costs the go-live" in page
    assert "working days" in page


def test_a_criterion_is_amended_dropped_and_asked_again_by_its_page(gated: Gated) -> None:
    client, one = owner(gated), gated.asks()
    page = url(gated, "criterion", one.pk)
    said = {
        "text": "Questions are answered",
        "proof": "queries_overdue",
        "compare": "<=",
        "needs": "0",
        "as_seen": "1",
    }
    assert "is kept" in told(client.post(page, said, follow=True))
    assert client.post(page, said).status_code == 409
    wrong = client.post(page, said | {"proof": "procedures_signed_share", "needs": "95", "as_seen": "2"})
    assert wrong.status_code == 422
    assert "95 % is 0.95" in told(wrong)
    assert "is dropped" in told(client.post(url(gated, "criterion_drop", one.pk), follow=True))
    assert "Dropped" in told(client.get(page))
    assert "is asked again" in told(client.post(url(gated, "criterion_take_up", one.pk), follow=True))


def test_a_word_is_given_on_the_page_and_says_on_what_it_rests(gated: Gated) -> None:
    client, one = owner(gated), gated.asks()
    page = url(gated, "criterion_attest", one.pk)
    assert client.post(page, {"holds": "yes", "note": ""}).status_code == 422
    done = told(client.post(page, {"holds": "yes", "note": "Letter of 2 April"}, follow=True))
    assert "has your word" in done
    assert "Letter of 2 April" in done
    assert browser(gated.programme.cast.reader).post(page, {"holds": "yes", "note": "Me"}).status_code == 403


def test_a_waiver_is_asked_by_one_side_and_answered_by_the_other(gated: Gated) -> None:
    one = gated.asks()
    said = {
        "reason": "Bench down",
        "risk": "No recording",
        "until_then": "Leads listen",
        "expires_on": f"{FAR}",
    }
    asked = url(gated, "waiver_ask", one.pk)
    assert owner(gated).post(asked, said | {"expires_on": "2001-01-01"}).status_code == 422
    assert "is asked to be waived" in told(owner(gated).post(asked, said, follow=True))
    with entered(gated.client.reach):
        waiver = Waiver.objects.get()
    with entered(gated.provider.reach):
        assert "waiver" in {need.kind for need in needs_of(gated.provider, at=AT)}
    seen = told(delivery(gated).get(url(gated)))
    assert "Approve" in seen
    assert "Bench down" in seen
    assert delivery(gated).post(url(gated, "waiver_decline", waiver.pk), {"reason": ""}).status_code == 422
    approve = url(gated, "waiver_approve", waiver.pk)
    assert owner(gated).post(approve, {"as_seen": "asked"}).status_code == 403
    assert "is approved by both" in told(delivery(gated).post(approve, {"as_seen": "asked"}, follow=True))
    assert delivery(gated).post(approve, {"as_seen": "asked"}).status_code == 409
    assert "is ended" in told(owner(gated).post(url(gated, "waiver_end", waiver.pk), follow=True))


def decided(gated: Gated, **said: Any) -> GateDecision:
    page = url(gated, "gate", gated.gate(4).pk)
    owner(gated).post(page, {"outcome": "go", "as_seen": gated.gate(4).seen_as} | said, follow=True)
    with entered(gated.client.reach):
        return GateDecision.objects.get(state="signing")


def test_both_sides_type_the_outcome_to_sign_and_the_snapshot_has_its_digest(gated: Gated) -> None:
    gated.emptied(4)
    made = decided(gated)
    sign = url(gated, "gate_sign", made.pk)
    with entered(gated.client.reach):
        assert "gate" in {need.kind for need in needs_of(gated.client, at=AT)}
    wrong = owner(gated).post(sign, {"typed": "maybe", "sha256": made.sha256})
    assert wrong.status_code == 422
    assert "nothing is signed" in told(wrong)
    assert "waits for the other" in told(
        owner(gated).post(sign, {"typed": "go", "sha256": made.sha256}, follow=True)
    )
    with entered(gated.client.reach):
        assert "gate" not in {need.kind for need in needs_of(gated.client, at=AT)}
    assert delivery(gated).post(sign, {"typed": "Go", "sha256": made.sha256}).status_code == 403
    executive = browser(gated.executive)
    done = told(executive.post(sign, {"typed": "Go", "sha256": made.sha256}, follow=True))
    assert "Decided: Go." in done
    assert "Stefan Marić" in done
    file = executive.get(url(gated, "gate_snapshot", made.pk))
    assert file["Content-Disposition"] == 'attachment; filename="gate-4-decision-1.json"'
    assert file.content.decode() == made.snapshot


def test_a_gate_that_something_blocks_is_not_opened(gated: Gated) -> None:
    page = url(gated, "gate", gated.gate(4).pk)
    seen = {"as_seen": gated.gate(4).seen_as}
    answer = owner(gated).post(page, {"outcome": "go"} | seen)
    assert answer.status_code == 409
    assert "neither met nor waived by both" in told(answer)
    incomplete = owner(gated).post(
        page, {"outcome": "conditional", "condition_1": "Record every call"} | seen
    )
    assert incomplete.status_code == 422
    assert "Choose who owns it" in told(incomplete)


def test_conditions_are_fulfilled_by_their_owner(gated: Gated) -> None:
    gated.emptied(4)
    who = gated.programme.cast.delivery.pk
    made = decided(
        gated, outcome="conditional", condition_1="Record every call", owner_1=f"{who}", by_1=f"{FAR}"
    )
    for client in (owner(gated), browser(gated.executive)):
        client.post(url(gated, "gate_sign", made.pk), {"typed": "go with conditions", "sha256": made.sha256})
    with entered(gated.client.reach):
        condition = made.conditions.get()
    page = told(delivery(gated).get(url(gated, "gate", gated.gate(4).pk)))
    assert "What was done" in page
    fulfil = url(gated, "condition_fulfil", condition.pk)
    assert delivery(gated).post(fulfil, {"note": ""}).status_code == 422
    assert "is fulfilled" in told(delivery(gated).post(fulfil, {"note": "All lines record"}, follow=True))


def test_a_side_declines_and_the_other_withdraws(gated: Gated) -> None:
    gated.emptied(4)
    made = decided(gated)
    decline = url(gated, "gate_decline", made.pk)
    executive = browser(gated.executive)
    assert executive.post(decline, {"reason": ""}).status_code == 422
    assert "the gate is open again" in told(
        executive.post(decline, {"reason": "Our board meets"}, follow=True)
    )
    again = decided(gated)
    assert delivery(gated).post(url(gated, "gate_withdraw", again.pk)).status_code == 403
    assert "Withdrawn" in told(owner(gated).post(url(gated, "gate_withdraw", again.pk), follow=True))


def test_gates_are_added_and_amended_by_hand(gated: Gated) -> None:
    client = owner(gated)
    assert client.post(url(gated, "gate_add"), {"name": ""}).status_code == 422
    said = {"name": "Pilot", "step_keys": ["hiring"], "client_roles": ["sponsor"]}
    assert "“Pilot” is added." in told(client.post(url(gated, "gate_add"), said, follow=True))
    made = gated.gate(7)
    amend = url(gated, "gate_amend", made.pk)
    assert client.post(amend, said | {"step_keys": ["nothing"], "as_seen": "1"}).status_code == 422
    assert "The gate is kept." in told(
        client.post(amend, said | {"name": "Trial", "as_seen": "1"}, follow=True)
    )
    added = told(
        client.post(
            url(gated, "criterion_add", made.pk), {"text": "It works", "proof": "attestation"}, follow=True
        )
    )
    assert "is added" in added
    assert (
        client.post(url(gated, "criterion_add", made.pk), {"text": "", "proof": "attestation"}).status_code
        == 422
    )


def test_the_rival_and_a_mixed_address_find_nothing(gated: Gated) -> None:
    one = gated.asks()
    rival = browser(gated.programme.cast.rival)
    other = next(iter(set(gated.programme.cast.actor(gated.programme.cast.rival).capabilities)))
    for name, key in (("criterion", one.pk), ("gate", gated.gate(1).pk)):
        assert rival.get(url(gated, name, key)).status_code == 404
        assert owner(gated).get(reverse(f"readiness:{name}", args=[other, key])).status_code == 404


def test_the_export_says_what_the_page_says(gated: Gated) -> None:
    answer = owner(gated).get(url(gated, "readiness_export", "csv"))
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]  # it streams
    assert text.count("\n") == 51
    assert "Go-live decision" in text


def test_many_criteria_cost_no_more_questions_than_one(gated: Gated) -> None:
    client, page = owner(gated), url(gated)
    with entered(gated.client.reach):
        Criterion.objects.filter(number__gt=1).update(dropped_at=AT)
    client.get(page)
    with CaptureQueriesContext(connection) as few:
        client.get(page)
    with entered(gated.client.reach):
        rows = [
            Criterion(
                space_id=gated.engagement.space_id, engagement=gated.engagement, gate=Gate.objects.get(number=1),
                number=100 + number, text=f"Asked {number}", created_at=AT, changed_at=AT, is_blocking=False,
            )
            for number in range(30)
        ]  # fmt: skip
        Criterion.objects.bulk_create(rows)
    with CaptureQueriesContext(connection) as many:
        client.get(page)
    assert len(many) <= len(few)


def test_evidence_of_a_sample_does_not_grow_old_by_being_kept(gated: Gated) -> None:
    gated.entry("questions", due_on=AT.date())
    deal = gated.engagement
    with entered(gated.client.reach):
        deal.is_sample = True
        deal.save(update_fields=["is_sample"])
    year = AT + timedelta(days=365)
    assert gated.readiness(at=year).today == AT.date()
    assert gated.readiness(at=year).at < AT + timedelta(days=1)
