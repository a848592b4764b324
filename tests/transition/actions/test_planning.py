"""Activities, links and freezes as the plan takes them, and as it refuses them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from tests.transition.programme import AT, CALENDARS, Programme

from handfast.foundation.refusals import NotPermitted
from handfast.foundation.scope import entered
from handfast.transition.actions import add_activity, declare_freeze, link_activities
from handfast.transition.models import Link
from handfast.transition.queries.checking import check_calendars, check_lag, check_released, check_values
from handfast.transition.queries.effects import Effect, effect_of, framed, linked
from handfast.transition.queries.sharing import space_to_plan_in
from handfast.transition.refusals import ActivityRefused, NeedsAcceptance

pytestmark = pytest.mark.django_db
DAY = {"low": "1d", "likely": "2d", "high": "3d"}


def _added(programme: Programme, *, is_internal: bool = False, **values: Any) -> Any:
    actor, plan = programme.client, programme.plan()
    space = space_to_plan_in(actor, plan, is_internal=is_internal)
    said = {"name": "Agree the budget", "lead": "client", **DAY, **values}
    return add_activity(actor, space, plan=plan, values=said, at=AT)


def test_side_adds_what_it_leads_and_nothing_that_the_other_leads(programme: Programme) -> None:
    with entered(programme.client.reach):
        assert _added(programme).space_id == programme.plan().space_id
        for lead in ("provider", "joint"):
            with pytest.raises(NeedsAcceptance):
                _added(programme, lead=lead)
        assert _added(programme, is_internal=True, lead="joint").space_id != programme.plan().space_id


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "}, {"lead": "nobody"}, {"step_key": "of-another-plan"}, {"likely": ""}, {"likely": "soon"},
        {"low": "4d"}, {"low": "8h"}, {"high": "1001d"}, {"not_before_on": date(1, 1, 1)},
        {"deadline_on": date(9999, 12, 31)},
    ],
    ids=str,
)  # fmt: skip
def test_activity_that_cannot_be_planned_with_is_refused(programme: Programme, wrong: dict[str, Any]) -> None:
    with entered(programme.client.reach), pytest.raises(ActivityRefused):
        _added(programme, **wrong)


@pytest.mark.parametrize(
    "wrong", [{}, CALENDARS | {"client": {"zone": "Nowhere"}}, CALENDARS | {"client": CALENDARS["client"] | {"holidays": {"country": "QQ"}}}]
)  # fmt: skip
def test_calendars_that_cannot_be_compiled_are_refused_by_their_side(wrong: dict[str, Any]) -> None:
    check_calendars(CALENDARS, date(2026, 5, 4))
    with pytest.raises(ActivityRefused) as refused:
        check_calendars(wrong, date(2026, 5, 4))
    assert refused.value.fields[0][0].startswith("calendars")


@pytest.mark.parametrize(
    "wrong",
    [
        {"nobody": {}},
        {"client": {"": 1}},
        {"client": {"trainer": 0}},
        {"client": {f"r{one}": 1 for one in range(101)}},
    ],
)
def test_people_that_cannot_be_counted_are_refused(wrong: dict[str, Any]) -> None:
    check_released({"client": {"trainer": 2}})
    with pytest.raises(ActivityRefused):
        check_released(wrong)


def test_lag_may_be_negative_and_is_counted_on_a_known_calendar() -> None:
    check_lag("-1d", "elapsed")
    check_values({"remaining": "2d"})
    for lag, lag_on in (("later", ""), ("1d", "nobody"), ("-1001d", "")):
        with pytest.raises(ActivityRefused):
            check_lag(lag, lag_on)


def test_ring_within_sight_is_named_and_one_that_leads_out_of_sight_is_not(programme: Programme) -> None:
    with entered(programme.client.reach):
        secret = _added(programme, is_internal=True, name="Ask the works council")
        other = _added(programme, is_internal=True, name="Tell the works council")
        programme.link(programme.client, secret, other)
        with pytest.raises(ActivityRefused, match="“Tell the works council” waits"):
            programme.link(programme.client, other, secret)
        goal, tone = programme.activity("prepare.goal"), programme.activity("write.tone")
        programme.link(programme.client, goal, secret)
        programme.link(programme.client, secret, tone)
    with entered(programme.provider.reach):
        ring = Link(space_id=goal.space_id, plan_id=programme.plan_id, before_id=tone.pk, after_id=goal.pk)
        with pytest.raises(ActivityRefused) as refused:
            effect_of(programme.cast.engagement.pk, linked(ring))
    assert "council" not in str(refused.value)
    assert str(secret.pk) not in str(refused.value)


def test_link_of_what_the_other_side_leads_is_proposed_in_words(programme: Programme) -> None:
    with entered(programme.provider.reach):
        goal, team = programme.activity("prepare.goal"), programme.activity("people.team")
        link = Link(space_id=goal.space_id, plan_id=programme.plan_id, before_id=team.pk, after_id=goal.pk)
        space = space_to_plan_in(programme.provider, programme.plan(), is_internal=False)
        effect = effect_of(programme.cast.engagement.pk, framed({}))
        with pytest.raises(NotPermitted):
            link_activities(programme.provider, space, link=link, effect=effect, at=AT)


@pytest.mark.parametrize(
    "wrong", [{"end_on": date(2026, 5, 4)}, {"percent": 100}, {"leads": ["nobody"]}, {"step_keys": ["none"]}, {"name": ""}]
)  # fmt: skip
def test_freeze_that_freezes_nothing_known_is_refused(programme: Programme, wrong: dict[str, Any]) -> None:
    said = {
        "name": "Peak", "first_on": date(2026, 5, 4), "end_on": date(2026, 5, 8), "percent": 0, "leads": [], "step_keys": [],
    }  # fmt: skip
    with entered(programme.client.reach), pytest.raises(ActivityRefused):
        declare_freeze(
            programme.client,
            programme.plan(),
            **(said | wrong),
            effect=Effect(programme.plan().version, ()),
            at=AT,
        )  # type: ignore[arg-type]  # one of them is wrong
