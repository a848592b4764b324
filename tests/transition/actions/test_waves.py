"""A further wave takes the same way as the first: copied as it stands, shifted, and nothing of it done."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.transition.programme import AT, BEGINS, programme_of

from handfast.foundation.refusals import Conflict, NotPermitted
from handfast.foundation.scope import entered
from handfast.kernel.scheduling.written import duration_of
from handfast.transition.actions import (
    add_wave,
    agree_baseline,
    amend_plan,
    amend_wave,
    propose_baseline,
    remove_wave,
    report_progress,
)
from handfast.transition.actions.waves import MOST_WAVES
from handfast.transition.models import Activity, Link, Plan, Wave
from handfast.transition.queries.copied import stretched
from handfast.transition.queries.plans import rows_of
from handfast.transition.queries.waves import risky_orders, rows_in_wave, running_wave, waves_of
from handfast.transition.refusals import (
    ActivityRefused,
    NeedsAcceptance,
    NothingChanges,
    TooManyWaves,
    WaveBegun,
)

if TYPE_CHECKING:
    from tests.transition.programme import Programme

    from handfast.foundation.actor import Actor

pytestmark = pytest.mark.django_db
STARTS = date(2026, 9, 7)
VALUES = {"name": "Kraków", "carries": "German and Polish", "criticality": 2, "starts_on": STARTS}


def added(programme: Programme, actor: Actor | None = None, *, percent: int = 100, **values: Any) -> Wave:
    """A wave that repeats every step."""
    actor = actor or programme.client
    with entered(actor.reach):
        plan = programme.plan()
        steps = list(plan.steps.values_list("key", flat=True))
        wave = add_wave(actor, plan, values=VALUES | values, steps=steps, percent=percent, at=AT)
    programme.date()
    return wave


def test_second_wave_has_every_activity_of_the_first_under_a_key_of_its_own(programme: Programme) -> None:
    added(programme)
    with entered(programme.client.reach):
        first, second = ({one.key: one for one in Activity.objects.filter(wave=number)} for number in (1, 2))
        assert {f"w2.{key}" for key in first} == set(second)
        assert all(
            (second[f"w2.{key}"].name, second[f"w2.{key}"].likely) == (one.name, one.likely)
            for key, one in first.items()
        )
        assert {one.number: one.starts_on for one in Wave.objects.all()} == {1: BEGINS, 2: STARTS}


def test_second_wave_begins_on_its_start_and_waits_as_the_first_does(programme: Programme) -> None:
    added(programme)
    with entered(programme.client.reach):
        rows = rows_of(programme.plan())
        second = rows_in_wave(rows, 2, waves_of(rows.plan))
        starts = [rows.dates[one.pk].starts_at.date() for one in second.activities]
        assert min(starts) == STARTS + timedelta(
            days=0 if STARTS.weekday() else 1
        )  # Labour Day closes Ontario
        pairs = {(one.before_id, one.after_id): one.kind for one in rows.links}
        by_key = {one.key: one.pk for one in rows.activities}
        firsts = [one for one in rows.activities if one.wave == 1]
        wanted = {
            (by_key[f"w2.{a.key}"], by_key[f"w2.{b.key}"]): pairs[a.pk, b.pk]
            for a in firsts
            for b in firsts
            if (a.pk, b.pk) in pairs
        }
        assert wanted.items() <= pairs.items()
        assert len(pairs) == 2 * len(wanted)


def test_wave_is_copied_as_the_first_stands_without_what_has_happened_or_was_agreed(
    programme: Programme,
) -> None:
    with entered(programme.client.reach):
        programme.change(programme.client, "write.tone", name="Tone of the new voice")
        goal = programme.activity("prepare.goal")
        report_progress(
            programme.client, goal, started_on=BEGINS, finished_on=BEGINS, remaining="", on=BEGINS, at=AT
        )
    programme.date()
    _with_baseline(programme)
    added(programme, programme.provider)
    with entered(programme.client.reach):
        assert programme.activity("w2.write.tone").name == "Tone of the new voice"
        copy = programme.activity("w2.prepare.goal")
        assert (copy.started_on, copy.finished_on, copy.baseline_ends_at, copy.version) == (
            None,
            None,
            None,
            1,
        )


def test_what_is_internal_to_a_side_is_not_copied(programme: Programme) -> None:
    with entered(programme.client.reach):
        secret = programme.internal(programme.client, "council", "Consult", lead="client", likely="20d")
        programme.link(programme.client, secret, programme.activity("prepare.goal"))
    added(programme, programme.provider)
    with entered(programme.client.reach):
        assert Activity.objects.filter(name="Consult").count() == 1
        assert not Link.objects.filter(before_id=secret.pk, after_id=programme.activity("w2.prepare.goal").pk)


def test_steps_that_are_not_repeated_are_waited_for_where_the_first_wave_does(programme: Programme) -> None:
    with entered(programme.client.reach):
        add_wave(programme.client, programme.plan(), values=VALUES, steps=["knowledge"], percent=100, at=AT)
        copied = Activity.objects.filter(wave=2)
        assert {one.step_key for one in copied} == {"knowledge"}
        ids = set(copied.values_list("pk", flat=True))
        outside = Link.objects.filter(after_id__in=ids).exclude(before_id__in=ids)
        befores = Activity.objects.filter(pk__in=outside.values_list("before_id", flat=True))
        assert befores
        assert {one.wave for one in befores} == {1}


def test_copies_take_their_share_of_the_durations(programme: Programme) -> None:
    added(programme, percent=80)
    with entered(programme.client.reach):
        assert (
            programme.activity("train.product").likely,
            programme.activity("w2.train.product").likely,
        ) == (
            "4d",
            "3.2d",
        )


@given(tenths=st.integers(0, 900), percent=st.integers(10, 300))
def test_share_of_a_duration_is_the_nearest_tenth_of_a_day_and_never_nothing_of_something(
    tenths: int, percent: int
) -> None:
    found = duration_of(stretched(f"{tenths / 10}d", percent)).amount
    assert found % 100_000 == 0
    assert (found == 0) == (tenths == 0)
    exact = tenths * 1000 * percent  # in millionths of a day
    assert abs(found - exact) <= 50_000 or found == 100_000


def test_hours_are_shared_by_the_minute() -> None:
    assert stretched("5h", 33) == "1h 39m"


def test_more_critical_wave_before_a_less_critical_one_is_warned_of(programme: Programme) -> None:
    added(programme, criticality=3)
    with entered(programme.client.reach):
        assert risky_orders(waves_of(programme.plan())) == ()
        wave = add_wave(
            programme.client, programme.plan(), values=VALUES | {"name": "Third", "criticality": 1}, steps=["knowledge"],
            percent=100, at=AT,
        )  # fmt: skip
        warned = risky_orders(waves_of(programme.plan()))
        assert {(one.first.number, one.later.number) for one in warned} == {(1, 3), (2, 3)}
        assert wave.number == 3
        assert "go first" in warned[0].said


def test_start_of_a_wave_moves_all_of_it_while_nothing_has_begun(programme: Programme) -> None:
    wave = added(programme)
    with entered(programme.client.reach):
        before = programme.dates("w2.golive.ready").ends_at
        amend_wave(programme.client, wave, changes={"starts_on": STARTS + timedelta(days=14)}, at=AT)
    programme.date()
    with entered(programme.client.reach):
        assert (programme.dates("w2.golive.ready").ends_at - before).days in (13, 14, 15)
        with pytest.raises(Conflict):
            amend_wave(programme.client, wave, changes={"name": "Other"}, at=AT, as_seen="1")
        with pytest.raises(NothingChanges):
            amend_wave(programme.client, wave, changes={"name": "Kraków"}, at=AT)
        with pytest.raises(ActivityRefused, match="first wave begins with the plan"):
            amend_wave(programme.client, Wave.objects.get(number=1), changes={"starts_on": STARTS}, at=AT)
        with pytest.raises(ActivityRefused, match="not something"):
            amend_wave(programme.client, wave, changes={"number": 7}, at=AT)


def test_first_wave_begins_where_the_plan_begins(programme: Programme) -> None:
    added(programme)
    with entered(programme.client.reach):
        amend_plan(programme.client, programme.plan(), changes={"starts_on": date(2026, 6, 1)}, at=AT)
        assert Wave.objects.get(number=1).starts_on == date(2026, 6, 1)


def test_wave_in_which_something_has_begun_neither_moves_nor_goes(programme: Programme) -> None:
    wave = added(programme)
    with entered(programme.client.reach):
        goal = programme.activity("w2.prepare.goal")
        report_progress(
            programme.client, goal, started_on=BEGINS, finished_on=None, remaining="", on=BEGINS, at=AT
        )
        with pytest.raises(WaveBegun):
            amend_wave(programme.client, wave, changes={"starts_on": date(2027, 1, 4)}, at=AT)
        with pytest.raises(WaveBegun):
            remove_wave(programme.client, wave, at=AT)
        amend_wave(programme.client, wave, changes={"name": "Kraków, German"}, at=AT)
        assert Wave.objects.get(number=2).name == "Kraków, German"


def test_dates_that_a_baseline_holds_are_not_moved_by_one_side(programme: Programme) -> None:
    wave = added(programme)
    _with_baseline(programme)
    with entered(programme.client.reach), pytest.raises(NeedsAcceptance):
        remove_wave(programme.client, wave, at=AT)


def test_wave_with_a_change_that_waits_for_an_answer_stays(programme: Programme) -> None:
    wave = added(programme)
    with entered(programme.provider.reach):
        programme.propose(programme.provider, "w2.prepare.goal", likely="2d", high="9d")
    with entered(programme.client.reach), pytest.raises(NeedsAcceptance, match="waits for an answer"):
        remove_wave(programme.client, wave, at=AT)


def test_wave_that_is_taken_out_leaves_room_for_another(programme: Programme) -> None:
    wave = added(programme)
    with entered(programme.client.reach):
        remove_wave(programme.client, wave, at=AT)
        assert not Wave.objects.exists()
        assert not Activity.objects.filter(wave=2, removed_at__isnull=True).exists()
        assert Activity.objects.filter(wave=2).exists()
    assert added(programme, name="Again").number == wave.number
    with entered(programme.client.reach), pytest.raises(ActivityRefused):
        remove_wave(programme.client, Wave.objects.get(number=1), at=AT)


@pytest.mark.parametrize(
    ("values", "percent", "steps", "field"),
    [
        ({"name": " "}, 100, ["knowledge"], "name"),
        ({"criticality": 4}, 100, ["knowledge"], "criticality"),
        ({"starts_on": date(1900, 1, 1)}, 100, ["knowledge"], "starts_on"),
        ({"carries": "x" * 401}, 100, ["knowledge"], "carries"),
        ({}, 9, ["knowledge"], "percent"),
        ({}, 100, ["nowhere"], "steps"),
        ({}, 100, [], "steps"),
        ({}, 100, ["realignment"], "steps"),
    ],
)
def test_wave_that_cannot_be_planned_is_refused_by_its_field_and_changes_nothing(
    programme: Programme, values: dict[str, Any], percent: int, steps: list[str], field: str
) -> None:
    with entered(programme.client.reach):
        version = programme.plan().version
        with pytest.raises(ActivityRefused) as refused:
            add_wave(
                programme.client,
                programme.plan(),
                values=VALUES | values,
                steps=steps,
                percent=percent,
                at=AT,
            )
        assert [name for name, _ in refused.value.fields] == [field]
        assert (Wave.objects.count(), programme.plan().version) == (0, version)


def test_plan_has_room_for_so_many_waves(programme: Programme) -> None:
    with entered(programme.client.reach):
        plan = programme.plan()
        Wave.objects.bulk_create(
            Wave(space_id=plan.space_id, plan=plan, number=number, name="W", starts_on=STARTS)
            for number in range(1, MOST_WAVES + 1)
        )
        with pytest.raises(TooManyWaves):
            add_wave(programme.client, plan, values=VALUES, steps=["knowledge"], percent=100, at=AT)


def test_reader_adds_no_wave(programme: Programme) -> None:
    with pytest.raises(NotPermitted):
        added(programme, programme.cast.actor(programme.cast.reader))


def test_wave_that_runs_is_the_first_with_something_left_to_do(programme: Programme) -> None:
    added(programme)
    with entered(programme.client.reach):
        waves = waves_of(programme.plan())
        assert running_wave(rows_of(programme.plan()), waves) == 1
        Activity.objects.filter(wave=1).update(started_on=BEGINS, finished_on=BEGINS)
        assert running_wave(rows_of(programme.plan()), waves) == 2
        Activity.objects.update(started_on=BEGINS, finished_on=BEGINS)
        assert running_wave(rows_of(programme.plan()), waves) == 2
        assert running_wave(rows_of(programme.plan()), ()) == 1


def test_standard_plan_repeats_its_milestones_too() -> None:
    programme = programme_of("standard")
    added(programme)
    with entered(programme.client.reach):
        plan: Plan = programme.plan()
        assert Activity.objects.filter(plan=plan, wave=2, kind="milestone").count() == (
            Activity.objects.filter(plan=plan, wave=1, kind="milestone").count()
        )


def _with_baseline(programme: Programme) -> None:
    with entered(programme.client.reach):
        propose_baseline(programme.client, programme.plan(), at=AT)
    with entered(programme.provider.reach):
        agree_baseline(programme.provider, programme.plan(), typed="1", at=AT)


def test_a_wave_at_a_site_runs_the_work_of_its_side_on_the_days_of_the_site(programme: Programme) -> None:
    krakow = {"zone": "Europe/Warsaw", "hours": {"mon-fri": ["09:00-17:00"]}, "holidays": {"country": "PL"}}
    with entered(programme.provider.reach):
        plan = programme.plan()
        amend_plan(programme.provider, plan, changes={"sites": {"provider": {"Kraków": krakow}}}, at=AT)
    with entered(programme.client.reach):
        plan = programme.plan()
        with pytest.raises(ActivityRefused, match="no side has this site"):
            add_wave(
                programme.client, plan, values=VALUES, steps=["knowledge"], percent=100, site="Łódź", at=AT
            )
        wave = add_wave(
            programme.client, plan, values=VALUES, steps=["knowledge"], percent=100, site="Kraków", at=AT
        )
        sites = {(one.lead, one.site) for one in Activity.objects.filter(plan=plan, wave=wave.number)}
    assert ("provider", "Kraków") in sites
    assert ("client", "Kraków") not in sites
    assert ("provider", "") not in sites
