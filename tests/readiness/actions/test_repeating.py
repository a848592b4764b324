"""The next try of a no-go stands in the plan: at once where it moves nobody else, as a proposal where it does."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from tests.readiness.gated import AT, Gated
from tests.readiness.web.test_pages import browser, delivery, owner, told, url

from handfast.foundation.refusals import NotPermitted
from handfast.foundation.scope import entered
from handfast.readiness.actions import open_gate_decision, plan_repeat, sign_gate
from handfast.readiness.queries.gates import decision_seen_by
from handfast.readiness.queries.repeating import repeat_effect
from handfast.readiness.reading.said import DecisionSaid
from handfast.readiness.refusals import GateDecided
from handfast.transition.models import Activity, ProposedChange

if TYPE_CHECKING:
    from handfast.readiness.models import GateDecision

pytestmark = pytest.mark.django_db
NEXT = AT.date() + timedelta(days=400)


def refused_by_both(gated: Gated) -> GateDecision:
    """A no-go on the go-live, signed by both."""
    said = DecisionSaid("no-go", "The floor is not ready.", repeat_on=NEXT)
    made = open_gate_decision(gated.client, gated.gate(4), said=said, at=AT)
    sign_gate(gated.client, made, sha256=made.sha256, at=AT)
    executive = gated.programme.cast.actor(gated.executive)
    return sign_gate(executive, made, sha256=made.sha256, at=AT)


def not_before(gated: Gated) -> object:
    with entered(gated.client.reach):
        return Activity.objects.get(pk=gated.gate(4).activity_id).not_before_on


def proposed(gated: Gated) -> list[ProposedChange]:
    with entered(gated.client.reach):
        return list(ProposedChange.objects.filter(activity_id=gated.gate(4).activity_id))


def test_next_try_is_put_into_the_plan_or_proposed_to_the_other_side(gated: Gated) -> None:
    made = refused_by_both(gated)
    with entered(gated.client.reach):
        effect = repeat_effect(decision_seen_by(gated.client, made.pk))
    plan_repeat(gated.client, made, effect=effect, at=AT)
    found = proposed(gated)
    if found:
        assert [one.changes["not_before_on"] for one in found] == [[None, NEXT.isoformat()]]
        assert "next try" in found[0].reason
    else:
        assert not_before(gated) == NEXT


def test_only_a_no_go_that_stands_has_a_next_try(gated: Gated) -> None:
    open_one = gated.opened(4, outcome="no-go", repeat_on=NEXT)
    with pytest.raises(GateDecided), entered(gated.client.reach):
        repeat_effect(decision_seen_by(gated.client, open_one.pk))


def test_page_offers_it_to_whoever_manages_the_plan(gated: Gated) -> None:
    made = refused_by_both(gated)
    page = told(owner(gated).get(url(gated, "gate", made.gate_id)))
    assert f"Put {NEXT.day} {NEXT:%b %Y} into the plan" in page
    reader = browser(gated.programme.cast.reader)
    assert "into the plan" not in told(reader.get(url(gated, "gate", made.gate_id)))
    assert reader.post(url(gated, "gate_repeat", made.pk)).status_code == 403
    assert delivery(gated).post(url(gated, "gate_repeat", made.pk)).status_code == 302
    assert proposed(gated) or not_before(gated) == NEXT


def test_who_does_not_manage_the_plan_puts_nothing_there(gated: Gated) -> None:
    made = refused_by_both(gated)
    with entered(gated.client.reach):
        effect = repeat_effect(decision_seen_by(gated.client, made.pk))
    with pytest.raises(NotPermitted):
        plan_repeat(gated.programme.cast.actor(gated.programme.cast.reader), made, effect=effect, at=AT)
    assert not proposed(gated)
