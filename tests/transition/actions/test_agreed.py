"""What was agreed in the contract arrives in the plan, stays marked, and is changed in the contract only."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from tests.contract.promises import agreed, proposed
from tests.factories.cast import make_cast, narrowed
from tests.transition.programme import AT, BEGINS, Programme, programme_of

from handfast.contract.reading.milestones import STEPS
from handfast.foundation.models import Space
from handfast.foundation.refusals import Conflict, NotPermitted
from handfast.foundation.scope import entered
from handfast.transition.actions import (
    add_activity,
    add_wave,
    amend_wave,
    change_together,
    propose_change,
    remove_activity,
    remove_wave,
    take_in_agreed,
)
from handfast.transition.models import Activity, Link, ProposedChange
from handfast.transition.queries.agreed import untaken_of
from handfast.transition.queries.bulk import Line, Together, Wanted, together_of
from handfast.transition.queries.effects import effect_of, removed
from handfast.transition.queries.plans import rows_of
from handfast.transition.queries.promised import Promised, promised_in, said_of
from handfast.transition.queries.standing import standing_of
from handfast.transition.queries.undoing import undoable
from handfast.transition.reading.templates import template_of
from handfast.transition.refusals import ActivityRefused, AgreedInContract

if TYPE_CHECKING:
    from uuid import UUID

    from handfast.foundation.actor import Actor

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 26)


def promised(programme: Programme) -> list[Promised]:
    with entered(programme.client.reach):
        return list(promised_in(rows_of(programme.plan())))


def take_in(
    programme: Programme, chosen: dict[UUID, UUID | None], actor: Actor | None = None, **given: Any
) -> None:
    actor = actor or programme.client
    with entered(actor.reach):
        take_in_agreed(actor, programme.plan(), chosen=chosen, at=AT, **given)
    programme.date()


def suggested(programme: Programme) -> dict[UUID, UUID | None]:
    with entered(programme.client.reach):
        found = untaken_of(programme.plan())
        return {one.milestone.pk: one.suggested.pk if one.suggested else None for one in found}


@pytest.fixture
def tied() -> Programme:
    """A standard plan whose go-live milestone carries what was agreed."""
    cast = make_cast()
    agreed(cast)
    return programme_of("standard", cast)


def test_steps_of_the_contract_are_those_of_the_plan() -> None:
    assert {one.key: one.name for one in template_of("standard").steps} == STEPS


def test_plan_is_made_with_what_was_agreed_of_its_steps() -> None:
    cast = make_cast()
    kept = agreed(cast)
    proposed(cast, step_key="design")
    programme = programme_of("standard", cast)
    with entered(programme.client.reach):
        live = programme.activity("go_live.milestone")
        assert (live.agreed_id, live.deadline_on) == (kept.pk, DAY)
        assert Activity.objects.filter(agreed__isnull=False).count() == 1
        assert untaken_of(programme.plan()) == ()


def test_second_milestone_of_a_step_becomes_one_of_its_own_that_waits_for_the_step() -> None:
    cast = make_cast()
    agreed(cast)
    second = agreed(cast, name="Live and signed", due_on=date(2026, 7, 3))
    programme = programme_of("standard", cast)
    with entered(programme.client.reach):
        own = Activity.objects.get(agreed=second)
        assert (own.kind, own.lead, own.step_key, own.name) == (
            "milestone", "joint", "go_live", "Live and signed",
        )  # fmt: skip
        assert own.space_id == programme.plan().space_id
        waits = set(Link.objects.filter(after_id=own.pk).values_list("before_id", flat=True))
        live = programme.activity("go_live.milestone")
        assert waits == set(Link.objects.filter(after_id=live.pk).values_list("before_id", flat=True))
        assert programme.dates(own.key).ends_at == programme.dates(live.key).ends_at


def test_milestone_of_no_step_stands_on_its_day_until_it_is_linked() -> None:
    cast = make_cast()
    agreed(cast, step_key="", name="Insurance shown", due_on=date(2026, 6, 28))  # a Sunday
    programme = programme_of("light", cast)
    (one,) = promised(programme)
    assert (one.activity.name, one.ends_on, one.is_late) == ("Insurance shown", date(2026, 6, 26), False)


def test_light_plan_waits_with_the_agreed_go_live_for_its_last_work() -> None:
    cast = make_cast()
    agreed(cast)
    programme = programme_of("light", cast)
    with entered(programme.client.reach):
        made = Activity.objects.get(agreed__isnull=False)
        before = Link.objects.filter(after_id=made.pk).values_list("before_id", flat=True)
        assert set(Activity.objects.filter(pk__in=before).values_list("key", flat=True)) == {"golive.full"}


def test_plan_that_stands_says_what_is_missing_and_suggests_where_it_goes() -> None:
    programme = programme_of("standard")
    of_step = agreed(programme.cast)
    with entered(programme.client.reach):
        named = programme.activity("design.milestone")
        live = programme.activity("go_live.milestone")
    same_name = agreed(programme.cast, name=named.name.upper(), step_key="")
    neither = agreed(programme.cast, name="Elsewhere", step_key="")
    again = agreed(programme.cast)  # the step's milestone is suggested once
    assert suggested(programme) == {
        of_step.pk: live.pk,
        same_name.pk: named.pk,
        neither.pk: None,
        again.pk: None,
    }


def test_agreed_milestones_are_taken_in_all_at_once() -> None:
    programme = programme_of("standard")
    first, second = agreed(programme.cast), agreed(programme.cast, name="Elsewhere", step_key="")
    with entered(programme.client.reach):
        seen = programme.plan().seen_as
    take_in(programme, suggested(programme), as_seen=seen)
    with entered(programme.client.reach):
        assert programme.activity("go_live.milestone").agreed_id == first.pk
        assert Activity.objects.get(agreed=second).name == "Elsewhere"
        assert untaken_of(programme.plan()) == ()
    with pytest.raises(Conflict):
        take_in(programme, {first.pk: None}, as_seen=seen)
    with pytest.raises(Conflict, match="in the plan already"):
        take_in(programme, {first.pk: None})


def test_nothing_is_taken_in_where_one_of_it_cannot_be() -> None:
    programme = programme_of("standard")
    first, second = agreed(programme.cast), agreed(programme.cast, step_key="")
    with entered(programme.client.reach):
        live = programme.activity("go_live.milestone")
        work = Activity.objects.filter(kind="work").first()
        own = programme.internal(programme.client, "own", "Own", lead="client", likely="1d")
        version = programme.plan().version
    assert work is not None
    for chosen in (
        {},
        {first.pk: live.pk, second.pk: live.pk},
        {first.pk: live.pk, second.pk: work.pk},
        {first.pk: live.pk, second.pk: own.pk},
        {first.pk: live.pk, second.pk: uuid4()},
    ):
        with pytest.raises(ActivityRefused):
            take_in(programme, chosen)
    with pytest.raises(Conflict):
        take_in(programme, {first.pk: live.pk, uuid4(): None})
    with entered(programme.client.reach):
        assert not Activity.objects.filter(agreed__isnull=False).exists()
        assert programme.plan().version == version


def test_only_who_manages_the_plan_takes_in() -> None:
    programme = programme_of("standard")
    one = agreed(programme.cast)
    for actor in (
        programme.cast.actor(programme.cast.reader),
        narrowed(programme.client, "write-terms", "agree-terms"),
    ):
        with pytest.raises(NotPermitted):
            take_in(programme, {one.pk: None}, actor)


def test_milestone_that_carries_another_agreed_one_takes_no_second(tied: Programme) -> None:
    other = agreed(tied.cast, step_key="")
    with entered(tied.client.reach):
        live = tied.activity("go_live.milestone")
    with pytest.raises(ActivityRefused, match="carries another"):
        take_in(tied, {other.pk: live.pk})


def test_amendment_is_suggested_where_the_replaced_one_stands_and_takes_its_place(tied: Programme) -> None:
    (one,) = promised(tied)
    second = agreed(tied.cast, due_on=date(2026, 7, 3), replaces=one.milestone)
    third = agreed(tied.cast, due_on=date(2026, 7, 10), replaces=second)
    with entered(tied.client.reach):
        (missing,) = untaken_of(tied.plan())
        assert missing.former is not None
        assert (missing.milestone.pk, missing.former.pk) == (third.pk, one.activity.pk)
    assert "amended in the contract since" in promised(tied)[0].said
    take_in(tied, suggested(tied), tied.provider)
    (now,) = promised(tied)
    assert (now.activity.pk, now.activity.deadline_on, now.milestone.pk) == (
        one.activity.pk, date(2026, 7, 10), third.pk,
    )  # fmt: skip


def test_what_carried_the_replaced_one_is_free_again_where_another_is_chosen(tied: Programme) -> None:
    (one,) = promised(tied)
    second = agreed(tied.cast, due_on=date(2026, 7, 3), replaces=one.milestone)
    take_in(tied, {second.pk: None})
    with entered(tied.client.reach):
        before = tied.activity("go_live.milestone")
        assert (before.agreed_id, before.deadline_on) == (None, None)
        assert Activity.objects.get(agreed=second).deadline_on == date(2026, 7, 3)


def _bulk(programme: Programme, activity: Activity, *, is_removed: bool) -> object:
    effect = effect_of(programme.cast.engagement.pk, removed(activity.pk))
    changes = {} if is_removed else {"deadline_on": None}
    together = Together((Line(activity, changes, "proposed", "", effect),), None, is_removed)
    return change_together(programme.client, programme.plan(), together=together, reason="so", at=AT)


def test_nobody_changes_the_agreed_day_in_the_plan_by_any_way(tied: Programme) -> None:
    with entered(tied.client.reach):
        live = tied.activity("go_live.milestone")
        effect = effect_of(tied.cast.engagement.pk, removed(live.pk))
        for refused in (
            lambda: tied.propose(tied.client, live.key, deadline_on=date(2026, 8, 1)),
            lambda: tied.propose(tied.client, live.key, deadline_on=None),
            lambda: propose_change(
                tied.client,
                live,
                changes={},
                what=ProposedChange.What.REMOVE,
                effect=effect,
                reason="so",
                at=AT,
            ),
            lambda: _bulk(tied, live, is_removed=False),
            lambda: _bulk(tied, live, is_removed=True),
        ):
            with pytest.raises(AgreedInContract, match="propose an amendment under Contract"):
                refused()
        assert tied.activity("go_live.milestone").version == live.version


def test_other_things_of_an_agreed_milestone_are_proposed_and_accepted_as_ever(tied: Programme) -> None:
    with entered(tied.client.reach):
        change = tied.propose(tied.client, "go_live.milestone", name="Live", deadline_on=DAY)
    with entered(tied.provider.reach):
        tied.accept(tied.provider, change)
        assert tied.activity("go_live.milestone").name == "Live"


def test_change_proposed_before_the_contract_fixed_the_day_is_not_accepted_after() -> None:
    programme = programme_of("standard")
    with entered(programme.client.reach):
        change = programme.propose(programme.client, "go_live.milestone", deadline_on=date(2026, 8, 1))
        removal = propose_change(
            programme.client, programme.activity("design.milestone"), changes={}, what=ProposedChange.What.REMOVE,
            effect=effect_of(programme.cast.engagement.pk, removed(programme.activity("design.milestone").pk)),
            reason="so", at=AT,
        )  # fmt: skip
    agreed(programme.cast)
    agreed(programme.cast, step_key="design")
    take_in(programme, suggested(programme))
    with entered(programme.provider.reach):
        for one in (change, removal):
            with pytest.raises((AgreedInContract, Conflict)):
                programme.accept(programme.provider, one)
        assert programme.activity("go_live.milestone").deadline_on == DAY
        assert programme.activity("design.milestone").removed_at is None


def test_side_that_is_alone_changes_no_agreed_day_either(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = make_cast()
    agreed(cast)
    programme = programme_of("standard", cast)
    for place in ("permissions", "queries.sides"):
        monkeypatch.setattr(f"handfast.transition.{place}.is_alone", lambda plan: True)
    with entered(programme.client.reach):
        live = programme.activity("go_live.milestone")
        with pytest.raises(AgreedInContract):
            programme.change(programme.client, live.key, deadline_on=None)
        effect = effect_of(cast.engagement.pk, removed(live.pk))
        with pytest.raises(AgreedInContract):
            remove_activity(programme.client, live, effect=effect, at=AT)
        assert programme.change(programme.client, live.key, name="Live at last").name == "Live at last"


def test_later_wave_copies_neither_the_mark_nor_the_day(tied: Programme) -> None:
    with entered(tied.client.reach):
        values = {"name": "Porto", "criticality": 2, "starts_on": BEGINS + timedelta(days=90)}
        add_wave(tied.client, tied.plan(), values=values, steps=["go_live"], percent=100, at=AT)
        copy = tied.activity("w2.go_live.milestone")
        assert (copy.agreed_id, copy.deadline_on) == (None, None)


def test_wave_that_carries_an_agreed_milestone_neither_moves_nor_goes(tied: Programme) -> None:
    with entered(tied.client.reach):
        values = {"name": "Porto", "criticality": 2, "starts_on": BEGINS + timedelta(days=90)}
        wave = add_wave(tied.client, tied.plan(), values=values, steps=["go_live"], percent=100, at=AT)
        copy = tied.activity("w2.go_live.milestone")
    second = agreed(tied.cast, name="Porto is live", step_key="", due_on=date(2026, 12, 1))
    take_in(tied, {second.pk: copy.pk})
    with entered(tied.client.reach):
        with pytest.raises(AgreedInContract):
            amend_wave(tied.client, wave, changes={"starts_on": wave.starts_on + timedelta(days=7)}, at=AT)
        with pytest.raises(AgreedInContract):
            remove_wave(tied.client, wave, at=AT)
        assert tied.activity("w2.go_live.milestone").deadline_on == date(2026, 12, 1)


def test_undo_of_an_earlier_change_does_not_undo_the_contract() -> None:
    programme = programme_of("standard")
    with entered(programme.client.reach):
        values = {"name": "Prepare", "lead": "client"} | dict.fromkeys(("low", "likely", "high"), "1d")
        plan = programme.plan()
        space = Space.objects.get(pk=plan.space_id)
        add_activity(programme.client, space, plan=plan, values=values, at=AT)
        assert undoable(programme.client, programme.plan(), AT) is not None
    one = agreed(programme.cast)
    take_in(programme, {one.pk: None})
    with entered(programme.client.reach):
        assert undoable(programme.client, programme.plan(), AT) is None


def test_agreed_day_that_is_foreseen_later_is_late_for_both_sides() -> None:
    cast = make_cast()
    agreed(cast, due_on=date(2026, 6, 12))
    programme = programme_of("standard", cast)
    told = []
    for actor in (programme.client, programme.provider):
        with entered(actor.reach):
            found = standing_of(rows_of(programme.plan()), on=BEGINS)
            told.append([(one.activity.key, one.due_on) for one in found.late])
            (one,) = found.promised
    assert told[0] == told[1]
    assert ("go_live.milestone", date(2026, 6, 12)) in told[0]
    assert one.is_late
    assert one.later_days > 0
    assert one.said.startswith("agreed 12 Jun 2026, now likely ")
    assert one.said.endswith("working days late; 120,000.00 CAD waits on it")


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({}, "agreed 26 Jun 2026, now likely 9 Jul: 9 working days late; 120,000.00 EUR waits on it"),
        ({"ends_on": "2026-06-26", "later_days": 0}, "agreed 26 Jun 2026, now likely 26 Jun: on the day; 120,000.00 EUR waits on it"),
        ({"ends_on": "2026-06-25", "later_days": -1, "payment": ""}, "agreed 26 Jun 2026, now likely 25 Jun: 1 working day early"),
        ({"ends_on": "2027-01-04", "later_days": 99, "is_reached": True}, "agreed 26 Jun 2026, reached 4 Jan 2027: 99 working days late; 120,000.00 EUR is due on it"),
        ({"ends_on": "2026-06-27", "later_days": 0, "payment": ""}, "agreed 26 Jun 2026, now likely 27 Jun: late, with no working day between"),
        ({"is_in_force": False, "payment": ""}, "agreed 26 Jun 2026, now likely 9 Jul: 9 working days late; amended in the contract since, and not taken in"),
    ],
)  # fmt: skip
def test_line_says_how_the_plan_lies_to_the_contract(other: dict[str, Any], said: str) -> None:
    plain = {
        "agreed_on": "2026-06-26", "ends_on": "2026-07-09", "later_days": 9, "payment": "120,000.00 EUR",
        "is_reached": False, "is_in_force": True,
    }  # fmt: skip
    assert said_of(plain | other) == said


def test_preview_of_many_says_that_the_contract_fixes_one(tied: Programme) -> None:
    with entered(tied.client.reach):
        rows = rows_of(tied.plan())
        live = next(one for one in rows.activities if one.key == "go_live.milestone")
        live.plan = rows.plan
        (line,) = together_of(tied.client, rows, [live], Wanted(is_removed=True)).lines
    assert line.outcome == "refused"
    assert "propose an amendment under Contract" in line.why
