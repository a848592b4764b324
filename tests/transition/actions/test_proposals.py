"""Links and removals of what both sides keep are proposed and accepted as new values are; one side alone is not held up."""

from __future__ import annotations

import pytest
from tests.transition.programme import AT, Programme

from handfast.engagement.models import Party
from handfast.foundation.refusals import Conflict
from handfast.foundation.scope import entered
from handfast.transition.actions import propose_change
from handfast.transition.models import Freeze, Link, ProposedChange
from handfast.transition.queries.changing import link_said
from handfast.transition.queries.effects import effect_of, parted, removed
from handfast.transition.refusals import ActivityRefused

pytestmark = pytest.mark.django_db
State, What = ProposedChange.State, ProposedChange.What


def link_between(programme: Programme, before: str, after: str) -> Link | None:
    ends = [programme.activity(key).pk for key in (before, after)]
    return Link.objects.filter(before_id=ends[0], after_id=ends[1]).first()


def test_link_of_what_the_other_leads_is_there_once_it_accepts(programme: Programme) -> None:
    with entered(programme.client.reach):
        change = programme.propose_link(programme.client, "write.tone", "people.profile")
        assert link_between(programme, "write.tone", "people.profile") is None
    with entered(programme.provider.reach):
        programme.accept(programme.provider, change)
        assert link_between(programme, "write.tone", "people.profile") is not None


def test_link_is_taken_out_once_the_other_side_accepts(programme: Programme) -> None:
    with entered(programme.provider.reach):
        link = link_between(programme, "prepare.goal", "prepare.tasks")
        assert link is not None
        change = propose_change(
            programme.provider, programme.activity("prepare.tasks"), what=What.UNLINK, changes=link_said(link),
            effect=effect_of(
                programme.cast.engagement.pk, parted(link.before_id, link.after_id, link.kind)
            ),
            reason="they can run side by side", at=AT,
        )  # fmt: skip
    with entered(programme.client.reach):
        programme.accept(programme.client, change)
        assert link_between(programme, "prepare.goal", "prepare.tasks") is None


def test_activity_leaves_the_plan_once_the_other_side_accepts(programme: Programme) -> None:
    with entered(programme.provider.reach):
        tone = programme.activity("write.tone")
        change = propose_change(
            programme.provider, tone, what=What.REMOVE, changes={},
            effect=effect_of(programme.cast.engagement.pk, removed(tone.pk)), reason="we have one", at=AT,
        )  # fmt: skip
        assert programme.activity("write.tone").removed_at is None
    with entered(programme.client.reach):
        programme.accept(programme.client, change)
        assert programme.activity("write.tone").removed_at == AT


def test_link_that_would_close_a_ring_by_now_is_not_accepted(programme: Programme) -> None:
    with entered(programme.client.reach):
        change = programme.propose_link(programme.client, "write.tone", "people.profile")
    with entered(programme.provider.reach):
        ends = [programme.activity(key) for key in ("people.profile", "write.tone")]
        Link.objects.create(
            space_id=programme.plan().space_id, plan_id=programme.plan_id, before_id=ends[0].pk, after_id=ends[1].pk
        )  # fmt: skip
        with pytest.raises(ActivityRefused):
            programme.accept(programme.provider, change)
        assert ProposedChange.objects.get(pk=change.pk).state == State.PROPOSED
        assert link_between(programme, "write.tone", "people.profile") is None


def test_link_that_stands_already_and_one_that_is_gone_are_conflicts(programme: Programme) -> None:
    with entered(programme.client.reach):
        change = programme.propose_link(programme.client, "write.tone", "people.profile")
        Link.objects.create(
            space_id=programme.plan().space_id, plan_id=programme.plan_id,
            before_id=programme.activity("write.tone").pk, after_id=programme.activity("people.profile").pk,
        )  # fmt: skip
    with entered(programme.provider.reach), pytest.raises(Conflict):
        programme.accept(programme.provider, change)


@pytest.mark.parametrize("key", ["own", "people.profile"])
def test_link_to_itself_or_to_what_only_one_side_sees_is_not_proposed(programme: Programme, key: str) -> None:
    with entered(programme.client.reach):
        programme.internal(programme.client, "own", "Ask the works council", lead="client", likely="1d")
        with pytest.raises(ActivityRefused):
            programme.propose_link(programme.client, key, "people.profile")


def test_one_side_alone_changes_everything_by_itself(programme: Programme) -> None:
    with entered(programme.client.reach):
        Party.objects.filter(side="provider").update(organisation=None)
        assert programme.change(programme.client, "prepare.tasks", likely="9d", high="9d").likely == "9d"
        assert programme.change(programme.client, "people.profile", likely="2d", high="4d").likely == "2d"
        assert programme.freeze(programme.client).state == Freeze.State.AGREED
