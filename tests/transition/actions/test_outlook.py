"""The simulation in the application: kept for both sides, told after dating, and silent about what is internal."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from tests.transition.programme import AT, Programme

from handfast.foundation.actor import Actor
from handfast.foundation.models import Contents, Outgoing
from handfast.foundation.outbox import work_once
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.scope import Reach, entered
from handfast.transition.actions import keep_outlook, simulate_now
from handfast.transition.models import Plan
from handfast.transition.queries.outlook import SIMULATE_PLAN, outlook_of, plain_of

if TYPE_CHECKING:
    from handfast.transition.queries.outlook import Outlook

SECRET = "Consult the works council about severance"  # noqa: S105 - what must not cross
RUNS = 400

pytestmark = pytest.mark.django_db


def _simulated(programme: Programme) -> Outlook:
    simulate_now(programme.cast.engagement.pk, at=AT, runs=RUNS)
    with entered(programme.client.reach):
        found = outlook_of(programme.plan())
    assert found is not None
    return found


def test_outlook_says_how_sure_the_go_live_is_beside_the_likely_date(programme: Programme) -> None:
    found = _simulated(programme)
    with entered(programme.client.reach):
        live = programme.activity("golive.full")
        assert found.live.activity_id == live.pk
        assert found.live.likely_at == programme.dates("golive.full").ends_at
    assert found.live.p10_at <= found.live.p50_at <= found.live.p80_at <= found.live.p90_at
    assert found.live.likely_at < found.live.p50_at
    assert sum(one.runs for one in found.bars) == found.runs == RUNS
    assert all(
        before.until_at == after.after_at for before, after in zip(found.bars, found.bars[1:], strict=False)
    )
    assert {one.sooner_hundredths > 0 for one in found.buys} == {True}
    assert dict(found.driving)[live.pk] == RUNS


def test_same_version_of_a_plan_is_foreseen_alike(programme: Programme) -> None:
    first = _simulated(programme)
    with entered(programme.client.reach):
        Plan.objects.update(outlook=None)
    assert _simulated(programme) == first


def test_outlook_is_kept_as_it_is_told(programme: Programme) -> None:
    found = _simulated(programme)
    with entered(programme.client.reach):
        assert programme.plan().outlook == json.loads(json.dumps(plain_of(found)))


def test_agreed_date_has_its_chance(programme: Programme) -> None:
    assert _simulated(programme).live.agreed_at is None
    with entered(programme.client.reach):
        agreed = programme.dates("golive.full").ends_at
        activity = programme.activity("golive.full")
        activity.baseline_starts_at, activity.baseline_ends_at = agreed, agreed
        activity.save()
        Plan.objects.update(outlook=None)
    found = _simulated(programme)
    assert found.live.agreed_at == agreed
    # Every activity goes on longer than likely as a rule, so the likely date is kept in fewer than half of the runs.
    assert 0 < found.live.agreed_runs < RUNS // 2


def test_nothing_internal_is_in_the_outlook_by_id_or_name(programme: Programme) -> None:
    with entered(programme.client.reach):
        secret = programme.internal(programme.client, "council", SECRET, lead="client", likely="20d")
        secret.low, secret.high = "5d", "60d"
        secret.save()
        programme.link(programme.client, secret, programme.activity("prepare.goal"))
    programme.date()
    found = _simulated(programme)
    assert found.buys[0].activity_id is None
    assert found.buys[0].internal_to == "client"
    with entered(programme.provider.reach):
        kept = json.dumps(programme.plan().outlook)
    assert str(secret.pk) not in kept
    assert SECRET not in kept
    assert "council" not in kept


def test_internal_change_that_moves_no_shared_date_asks_for_no_new_outlook(programme: Programme) -> None:
    _simulated(programme)
    asked = Outgoing.objects.filter(kind=SIMULATE_PLAN).count()
    shared = programme.cast.engagement.space_id
    with entered(programme.client.reach):
        programme.internal(programme.client, "budget", SECRET, lead="client", likely="1d")
        entries = Contents.objects.filter(space_id=shared).count()
    programme.date()
    _simulated(programme)
    with entered(programme.client.reach):
        assert Contents.objects.filter(space_id=shared).count() == entries
    assert asked == Outgoing.objects.filter(kind=SIMULATE_PLAN).count() > 0


def test_outlook_of_older_dates_is_dropped(programme: Programme) -> None:
    found = _simulated(programme)
    with entered(programme.client.reach):
        Plan.objects.update(outlook=None, dated_at=AT.replace(hour=11))
        plan = programme.plan()
    reach = programme.client.reach
    with entered(reach):
        worker = Actor(None, None, Reach(reach.reads, frozenset({plan.space_id})))
        keep_outlook(worker, plan, outlook=found, at=AT)
        assert programme.plan().outlook is None


def test_nobody_keeps_an_outlook_but_the_job(programme: Programme) -> None:
    found = _simulated(programme)
    with entered(programme.client.reach), pytest.raises(NotPermitted):
        keep_outlook(programme.client, programme.plan(), outlook=found, at=AT)


@pytest.mark.django_db(transaction=True)
def test_worker_simulates_after_dating_and_tells_how_far_it_is(programme: Programme) -> None:
    while work_once(lambda: AT):
        pass
    row = Outgoing.objects.get(kind=SIMULATE_PLAN)
    assert row.done_at is not None
    assert row.said == "10,000 of 10,000 runs"
    with entered(programme.client.reach):
        found = outlook_of(programme.plan())
    assert found is not None
    assert found.runs == 10_000
