"""Both sides of a plan act in the same second: one is heard, the other is told, and the plan says it once."""

from __future__ import annotations

from functools import partial
from threading import Barrier
from typing import TYPE_CHECKING

import pytest
from tests.contract.promises import agreed
from tests.factories.racing import at_once
from tests.transition.grown import asked
from tests.transition.programme import AT, a_programme

from handfast.foundation.models import Contents
from handfast.foundation.scope import entered
from handfast.transition.actions import accept_growth, take_in_agreed, withdraw_growth
from handfast.transition.models import Activity, Growth
from handfast.transition.queries.agreed import untaken_of
from handfast.transition.queries.grown import grown_effect, grown_of

if TYPE_CHECKING:
    from uuid import UUID

    from tests.transition.programme import Programme

    from handfast.foundation.actor import Actor

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 6


def entries(programme: Programme, action: str) -> int:
    with entered(programme.client.reach):
        return Contents.objects.filter(action=action).count()


def test_milestone_that_both_sides_take_in_at_once_is_in_the_plan_once() -> None:
    programme = a_programme()
    for number in range(ROUNDS):
        milestone = agreed(programme.cast, name=f"Live, part {number}", step_key="")
        looked = Barrier(2)

        def takes(actor: Actor, looked: Barrier = looked) -> None:
            with entered(actor.reach):
                plan = programme.plan()
                chosen: dict[UUID, UUID | None] = {one.milestone.pk: None for one in untaken_of(plan)}
                looked.wait()
                take_in_agreed(actor, plan, chosen=chosen, at=AT)

        ends = at_once(partial(takes, programme.client), partial(takes, programme.provider))
        assert sorted(ends) == ["conflict", "won"], ends
        with entered(programme.client.reach):
            assert Activity.objects.filter(agreed=milestone).count() == 1
    assert entries(programme, "plan.agreed_taken_in") == ROUNDS


def test_growth_that_is_accepted_while_it_is_withdrawn_has_one_end() -> None:
    programme = a_programme()
    growth, looked = asked(programme), Barrier(2)

    def accepts() -> None:
        with entered(programme.provider.reach):
            plan, waiting = programme.plan(), Growth.objects.get(pk=growth.pk)
            grown = grown_of(plan, AT)
            effect, live = grown_effect(plan, grown)
            looked.wait()
            accept_growth(programme.provider, waiting, grown=grown, live=live, effect=effect, at=AT)

    def withdraws() -> None:
        with entered(programme.client.reach):
            waiting = Growth.objects.get(pk=growth.pk)
            looked.wait()
            withdraw_growth(programme.client, waiting, at=AT)

    ends = at_once(accepts, withdraws)
    assert sorted(ends) == ["growth-answered", "won"], ends
    with entered(programme.client.reach):
        found = (Growth.objects.get(pk=growth.pk).state, programme.plan().size)
    assert found == (("accepted", "standard"), ("withdrawn", "light"))[ends.index("won")]
    assert entries(programme, "growth.accepted") + entries(programme, "growth.withdrawn") == 1
