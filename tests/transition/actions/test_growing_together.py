"""A larger plan is both sides': one proposes it, the other accepts it as it was seen, or says why not."""

from __future__ import annotations

import pytest
from tests.transition.grown import accepted, asked
from tests.transition.programme import AT, Programme

from handfast.engagement.actions.engagements import enlarge_engagement
from handfast.engagement.models import Engagement
from handfast.engagement.refusals import EngagementRefused
from handfast.foundation.models import Contents
from handfast.foundation.refusals import Conflict, NotPermitted, NotSeen
from handfast.foundation.scope import entered
from handfast.transition.actions import (
    accept_growth,
    decline_growth,
    grow_plan,
    propose_growth,
    withdraw_growth,
)
from handfast.transition.models import Growth
from handfast.transition.queries.grown import grown_effect, grown_of
from handfast.transition.queries.plans import growth_seen_by, growths_seen_by
from handfast.transition.refusals import ActivityRefused, GrowthAnswered, GrowthWaits, NeedsAcceptance

pytestmark = pytest.mark.django_db


def test_growth_is_both_sides_so_no_side_makes_it_alone(programme: Programme) -> None:
    with entered(programme.client.reach):
        plan = programme.plan()
        grown = grown_of(plan, AT)
        effect, live = grown_effect(plan, grown)
        with pytest.raises(NeedsAcceptance):
            grow_plan(programme.client, plan, grown=grown, effect=effect, at=AT)
        growth = propose_growth(programme.client, plan, grown=grown, live=live, reason="So", at=AT)
        assert programme.plan().size == "light"
        with pytest.raises(NotPermitted):
            accept_growth(programme.client, growth, grown=grown, live=live, effect=effect, at=AT)
        with pytest.raises(GrowthWaits):
            propose_growth(programme.client, plan, grown=grown, live=live, reason="So", at=AT)
    with entered(programme.provider.reach), pytest.raises(NotPermitted):
        withdraw_growth(programme.provider, growth, at=AT)


def test_side_that_is_alone_lets_its_plan_grow_at_once(programme: Programme) -> None:
    with entered(programme.client.reach):
        programme.plan().engagement.parties.filter(side="provider").update(organisation=None)
        plan = programme.plan()
        grown = grown_of(plan, AT)
        effect, _ = grown_effect(plan, grown)
        made = grow_plan(programme.client, plan, grown=grown, effect=effect, at=AT, as_seen=plan.seen_as)
        assert made.size == "standard"
        assert not Growth.objects.exists()
        assert "plan.grown" in set(Contents.objects.values_list("action", flat=True))


def test_growth_is_answered_once_and_declined_with_its_reason(programme: Programme) -> None:
    growth = asked(programme)
    with entered(programme.provider.reach):
        with pytest.raises(ActivityRefused):
            decline_growth(programme.provider, growth, reason=" ", at=AT)
        declined = decline_growth(programme.provider, growth, reason="Not before the peak", at=AT)
        assert (declined.state, declined.answer) == ("declined", "Not before the peak")
    with pytest.raises(GrowthAnswered):
        accepted(programme, growth)
    with entered(programme.client.reach):
        with pytest.raises(GrowthAnswered):
            withdraw_growth(programme.client, growth, at=AT)
        assert programme.plan().size == "light"
    assert withdraw_growth(programme.client, asked(programme), at=AT).state == "withdrawn"


@pytest.mark.parametrize("reason", ["", "  ", "x" * 4001])
def test_growth_without_a_reason_that_can_be_read_is_not_proposed(programme: Programme, reason: str) -> None:
    with pytest.raises(ActivityRefused) as refused:
        asked(programme, reason=reason)
    assert refused.value.fields[0][0] == "reason"


def test_growth_of_a_plan_that_has_changed_since_it_was_looked_at_is_a_conflict(programme: Programme) -> None:
    growth = asked(programme)
    with entered(programme.provider.reach):
        plan = programme.plan()
        seen = growth_seen_by(programme.provider, growth.pk).seen_as
        grown = grown_of(plan, AT)
        effect, live = grown_effect(plan, grown)
    with entered(programme.client.reach):
        programme.change(programme.client, "write.tone", likely="2d", high="3d")
        with pytest.raises(Conflict):
            propose_growth(
                programme.client, plan, grown=grown, live=live, reason="So", at=AT, as_seen=plan.seen_as
            )
    with entered(programme.provider.reach):
        for as_seen in (seen, None):
            with pytest.raises(Conflict):
                accept_growth(
                    programme.provider, growth, grown=grown, live=live, effect=effect, at=AT, as_seen=as_seen
                )
        assert programme.plan().size == "light"
    assert accepted(programme, growth).state == "accepted"
    with entered(programme.client.reach):
        assert programme.activity("write.tone").likely == "2d"


def test_growth_that_was_proposed_for_another_size_is_declined(programme: Programme) -> None:
    growth = asked(programme)
    with entered(programme.client.reach):
        Growth.objects.filter(pk=growth.pk).update(to_size="complex")
    with pytest.raises(Conflict, match="another size"):
        accepted(programme, growth)


def test_deal_that_is_larger_than_its_plan_stays_so_and_no_unknown_size_is_written(
    programme: Programme,
) -> None:
    with entered(programme.client.reach):
        Engagement.objects.filter(pk=programme.cast.engagement.pk).update(size="complex")
        deal = programme.plan().engagement
        enlarge_engagement(programme.client, deal, size="standard", at=AT)
        assert programme.plan().engagement.size == "complex"
        with pytest.raises(EngagementRefused):
            enlarge_engagement(programme.client, deal, size="huge", at=AT)


def test_rival_sees_no_growth(programme: Programme) -> None:
    growth = asked(programme)
    rival = programme.cast.actor(programme.cast.rival)
    with entered(rival.reach), pytest.raises(NotSeen):
        growth_seen_by(rival, growth.pk)
    with entered(programme.provider.reach):
        assert [one.pk for one in growths_seen_by(programme.provider, programme.plan())] == [growth.pk]
