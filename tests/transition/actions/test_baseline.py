"""A baseline is proposed by one side and signed by the other; both are held to it from then on."""

from __future__ import annotations

from datetime import date

import pytest
from tests.transition.programme import AT, Programme

from handfast.foundation.refusals import Conflict, NotPermitted
from handfast.foundation.scope import entered
from handfast.transition.actions import agree_baseline, amend_plan, propose_baseline
from handfast.transition.models import Activity
from handfast.transition.refusals import ActivityRefused, BaselineNotAsked, NeedsAcceptance

pytestmark = pytest.mark.django_db


def _proposed(programme: Programme) -> None:
    with entered(programme.client.reach):
        propose_baseline(programme.client, programme.plan(), at=AT)


def _agreed(programme: Programme) -> None:
    _proposed(programme)
    with entered(programme.provider.reach):
        agree_baseline(programme.provider, programme.plan(), typed="1", at=AT)


def test_agreed_baseline_keeps_the_dates_of_every_shared_activity(programme: Programme) -> None:
    _agreed(programme)
    with entered(programme.client.reach):
        rows = Activity.objects.filter(plan_id=programme.plan_id)
        assert all(one.baseline_ends_at == programme.dates(one.key).ends_at for one in rows)
        assert (programme.plan().baseline_number, programme.plan().baseline_asked_version) == (1, None)


def test_whoever_proposed_a_baseline_does_not_sign_for_the_other_side(programme: Programme) -> None:
    _proposed(programme)
    with entered(programme.client.reach), pytest.raises(NotPermitted):
        agree_baseline(programme.client, programme.plan(), typed="1", at=AT)


def test_same_dates_are_not_proposed_twice(programme: Programme) -> None:
    _proposed(programme)
    with entered(programme.client.reach), pytest.raises(Conflict):
        propose_baseline(programme.client, programme.plan(), at=AT)


def test_baseline_that_nobody_proposed_or_whose_plan_has_changed_is_not_signed(programme: Programme) -> None:
    with entered(programme.provider.reach), pytest.raises(BaselineNotAsked):
        agree_baseline(programme.provider, programme.plan(), typed="1", at=AT)
    _proposed(programme)
    with entered(programme.client.reach):
        programme.change(programme.client, "write.tone", likely="2d", high="3d")
    programme.date()
    with entered(programme.provider.reach), pytest.raises(BaselineNotAsked):
        agree_baseline(programme.provider, programme.plan(), typed="1", at=AT)


def test_plan_whose_dates_are_awaited_has_no_baseline_yet(programme: Programme) -> None:
    with entered(programme.client.reach):
        programme.change(programme.client, "write.tone", likely="2d", high="3d")
        with pytest.raises(Conflict, match="being dated"):
            propose_baseline(programme.client, programme.plan(), at=AT)


def test_baseline_is_signed_by_its_typed_number(programme: Programme) -> None:
    _proposed(programme)
    with entered(programme.provider.reach), pytest.raises(ActivityRefused):
        agree_baseline(programme.provider, programme.plan(), typed="yes", at=AT)


def test_start_moves_freely_before_a_baseline_and_no_more_after(programme: Programme) -> None:
    later = date(2026, 6, 1)
    with entered(programme.client.reach):
        amend_plan(programme.client, programme.plan(), changes={"starts_on": later}, at=AT)
    programme.date()
    _agreed(programme)
    with entered(programme.client.reach), pytest.raises(NeedsAcceptance):
        amend_plan(programme.client, programme.plan(), changes={"starts_on": date(2026, 6, 8)}, at=AT)


@pytest.mark.parametrize("what", ["calendars", "released"])
def test_side_does_not_write_the_calendar_or_the_people_of_the_other(programme: Programme, what: str) -> None:
    with entered(programme.client.reach):
        plan = programme.plan()
        theirs = {
            "calendars": plan.calendars | {"provider": plan.calendars["client"]},
            "released": {"provider": {"trainer": 2}},
        }
        with pytest.raises(NotPermitted):
            amend_plan(programme.client, plan, changes={what: theirs[what]}, at=AT)
