"""The plans of the samples: made, dated, reported and simulated through the verbs of the room, and gone with the sample."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from tests.journeys.small import small_sample

from handfast.foundation.journal import verified
from handfast.foundation.models import Outgoing, Space
from handfast.foundation.scope import Reach, entered
from handfast.journeys.samples.transitions import light_plan, standard_plan
from handfast.journeys.sampling.loading import Loading, load_sample
from handfast.transition.actions.versions import DATE_PLAN
from handfast.transition.models import Activity, Freeze, Plan, ProposedChange, Wave
from handfast.transition.queries.outlook import SIMULATE_PLAN, outlook_of
from handfast.transition.queries.plans import rows_of
from handfast.transition.queries.wave_standing import standings_of
from handfast.transition.queries.waves import waves_of

if TYPE_CHECKING:
    from uuid import UUID

    from handfast.journeys.samples.planned import PlanEvent

pytestmark = pytest.mark.django_db
BEGAN = datetime(2025, 2, 21, 15, tzinfo=UTC)


def loaded(plan: tuple[PlanEvent, ...]) -> UUID:
    """A few tickets and this plan."""
    sample = small_sample()
    return load_sample(replace(sample, plan=plan), Loading())


def everything() -> Reach:
    every = frozenset(Space.objects.values_list("pk", flat=True))
    return Reach(every, every)


def plan_in(engagement: UUID) -> Plan:
    rows = Plan.objects.select_related("engagement").prefetch_related("engagement__parties")
    return rows.get(engagement_id=engagement)


def test_standard_plan_has_a_wave_that_is_done_and_one_that_is_late_and_knows_how_sure_it_is() -> None:
    engagement = loaded(standard_plan(BEGAN))
    with entered(everything()):
        plan = plan_in(engagement)
        first, second = standings_of(rows_of(plan), waves_of(plan))
        assert (first.done, plan.baseline_number, plan.dated_version) == (first.activities, 2, plan.version)
        assert 0 < second.done < second.activities
        assert second.live_at is not None
        assert second.agreed_at is not None
        assert second.odds is not None
        assert second.agreed_at < second.live_at < second.odds.p50_at < second.odds.p80_at
        late = Activity.objects.get(plan=plan, key="w2.infrastructure.accounts")
        assert (late.started_on is not None, late.finished_on) == (True, None)
        outlook = outlook_of(plan)
        assert outlook is not None
        assert outlook.dated_at == plan.dated_at


def test_standard_plan_holds_what_only_a_side_sees_a_freeze_people_and_a_change_that_waits() -> None:
    engagement = loaded(standard_plan(BEGAN))
    with entered(everything()):
        plan = plan_in(engagement)
        own = Activity.objects.filter(plan=plan).exclude(space_id=plan.space_id)
        assert {one.lead for one in own} == {"client", "provider"}
        assert len({one.space_id for one in own}) == 2
        assert plan.released.keys() == {"client", "provider"}
        assert Freeze.objects.filter(plan=plan).exists()
        waiting = ProposedChange.objects.get(activity__plan=plan, state="proposed")
        assert any(one["kind"] == "milestone" for one in waiting.moves)
        assert [one.name for one in Wave.objects.filter(plan=plan)] == ["Novi Sad", "Kraków"]
        assert all(verified(space.pk).is_whole for space in Space.objects.filter(engagement_id=engagement))


def test_light_plan_is_done_and_leaves_the_worker_nothing_to_do() -> None:
    engagement = loaded(light_plan(small_sample().begins_at))
    with entered(everything()):
        plan = plan_in(engagement)
        assert not Activity.objects.filter(plan=plan, finished_on__isnull=True).exists()
        assert not Wave.objects.exists()
    waiting = Outgoing.objects.filter(kind__in=(DATE_PLAN, SIMULATE_PLAN), done_at__isnull=True)
    assert not waiting.exists()
