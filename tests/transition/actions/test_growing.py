"""A plan grows to the next larger size: nothing that somebody entered is typed again, and both sides agree to it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.contract.promises import agreed
from tests.transition.grown import grow, outcome, worked_out
from tests.transition.programme import AT, BEGINS, CALENDARS, Programme, programme_of

from handfast.foundation.scope import entered
from handfast.transition.actions import (
    add_wave,
    agree_baseline,
    propose_baseline,
    report_progress,
)
from handfast.transition.models import Activity, Link, Plan, Step
from handfast.transition.queries.grown import grown_effect, grown_of
from handfast.transition.reading.growths import growth_from
from handfast.transition.refusals import (
    NothingLarger,
)

pytestmark = pytest.mark.django_db
SECRET = "Settle the severance of the night shift"  # noqa: S105 - what must not cross


@pytest.mark.parametrize(("small", "large"), [("light", "standard"), ("standard", "complex")])
def test_plan_that_nobody_touched_ends_where_one_of_the_larger_size_ends(small: str, large: str) -> None:
    with transaction.atomic():
        other = programme_of(large)
        with entered(other.client.reach):
            made = {one.key: one for one in Activity.objects.all()}
            live = other.dates("go_live.full").ends_at
            steps = list(Step.objects.values_list("key", "name", "number"))
        transaction.set_rollback(True)
    programme = programme_of(small)
    grow(programme)
    with entered(programme.client.reach):
        grown = {one.key: one for one in Activity.objects.filter(removed_at__isnull=True)}
        assert programme.plan().size == programme.plan().engagement.size == large
        assert programme.dates("go_live.full").ends_at == live
        assert list(Step.objects.values_list("key", "name", "number")) == steps
    assert grown.keys() - made.keys() == set(growth_from(small).kept)
    same = ("name", "kind", "lead", "low", "likely", "high", "needs", "step_key")
    other_values = [
        (key, name)
        for key, one in made.items()
        for name in same
        if getattr(one, name) != getattr(grown[key], name)
    ]
    assert other_values == []


def test_light_plan_grows_twice_and_loses_nothing(programme: Programme) -> None:
    with entered(programme.client.reach):
        programme.change(programme.client, "write.tone", name="Tone of the new voice")
        ids = set(Activity.objects.values_list("pk", flat=True))
    grow(programme)
    grow(programme)
    with entered(programme.client.reach):
        assert programme.plan().size == "complex"
        assert ids <= set(Activity.objects.filter(removed_at__isnull=True).values_list("pk", flat=True))
        assert programme.activity("write.tone").name == "Tone of the new voice"
        with pytest.raises(NothingLarger):
            grown_of(programme.plan(), AT)


VALUES: dict[str, st.SearchStrategy[Any]] = {
    "name": st.sampled_from(["Say it otherwise", "Another name"]),
    "lead": st.sampled_from(["client", "provider", "joint", "either"]),
    "lengths": st.sampled_from([("1d", "3d", "9d"), ("2d", "2d", "2d"), ("8h", "16h", "24h")]),
    "needs": st.just([{"role": "tester", "side": "client", "number": 2}]),
    "not_before_on": st.just(date(2026, 6, 1)),
    "deadline_on": st.just(date(2026, 12, 1)),
    "fixed_on": st.just(date(2026, 7, 1)),
    "owner": st.just(True),
    "started": st.just(True),
    "finished": st.just(True),
    "agreed": st.just(True),
    "baseline": st.just(True),
}
KEYS = sorted({*growth_from("light").becomes, *growth_from("light").kept})


def _entered(values: dict[str, Any], programme: Programme) -> dict[str, Any]:
    found = {name: one for name, one in values.items() if name in {f.name for f in Activity._meta.fields}}
    if "agreed" in values:
        found["agreed"] = agreed(programme.cast)
    if "lengths" in values:
        found |= dict(zip(("low", "likely", "high"), values["lengths"], strict=True))
    if "owner" in values:
        found["owner_id"] = programme.cast.owner.pk
    if {"started", "finished"} & values.keys():
        found["started_on"] = BEGINS
    if "finished" in values:
        found["finished_on"] = BEGINS
    if "baseline" in values:
        found["baseline_ends_at"] = AT
    return found


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    data=st.dictionaries(
        st.sampled_from(KEYS),
        st.fixed_dictionaries({}, optional=VALUES).filter(bool),
        min_size=1,
        max_size=8,
    )
)
def test_every_field_that_somebody_changed_is_the_same_after_the_growth(
    programme: Programme, data: dict[str, dict[str, Any]]
) -> None:
    with transaction.atomic():
        given: dict[Any, dict[str, Any]] = {}
        with entered(programme.client.reach):
            Plan.objects.update(as_of_on=BEGINS)
            for key, values in data.items():
                row = programme.activity(key)
                sent = _entered(values, programme)
                given[row.pk] = {name: one for name, one in sent.items() if getattr(row, name) != one}
                Activity.objects.filter(pk=row.pk).update(**sent)
        grow(programme)
        with entered(programme.client.reach):
            rows = {one.pk: one for one in Activity.objects.filter(removed_at__isnull=True)}
            for pk, values in given.items():
                assert {name: getattr(rows[pk], name) for name in values} == values
            assert not Activity.objects.filter(removed_at__isnull=False).exists()
        transaction.set_rollback(True)


def test_durations_stay_together_and_an_owner_keeps_the_side_that_leads(programme: Programme) -> None:
    with entered(programme.client.reach):
        Activity.objects.filter(key="train.product").update(likely="5d", owner_id=programme.cast.owner.pk)
    assert outcome(programme, "train.product") == ("becomes", "durations, owner: as entered")
    grow(programme)
    with entered(programme.client.reach):
        one = programme.activity("knowledge.classroom")
        assert (one.low, one.likely, one.high, one.lead) == ("3d", "5d", "6d", "client")
        assert one.name.startswith("Class training")


def test_what_is_done_stays_done_and_stands_for_all_that_it_becomes(programme: Programme) -> None:
    with entered(programme.client.reach):
        for key in ("prepare.goal", "prepare.contact", "prepare.tasks"):
            report_progress(
                programme.client, programme.activity(key), started_on=BEGINS, finished_on=BEGINS, remaining="",
                on=BEGINS, at=AT,
            )  # fmt: skip
    assert outcome(programme, "prepare.tasks") == ("stays", "it is done")
    grow(programme)
    with entered(programme.client.reach):
        done = programme.activity("discovery.collect")
        assert (done.name[:20], done.finished_on) == ("List contact reasons", BEGINS)
        assert not Activity.objects.filter(key__in=["discovery.request", "discovery.inventory"]).exists()
        waits = Link.objects.filter(after_id=programme.activity("discovery.shadow").pk)
        assert done.pk in {one.before_id for one in waits}  # it asked for what is done
        assert not Link.objects.filter(after_id=done.pk).exclude(
            before_id=programme.activity("launch.contract_pack").pk
        )


def test_what_has_begun_keeps_everything_and_waits_for_nothing_new(programme: Programme) -> None:
    with entered(programme.client.reach):
        report_progress(
            programme.client, programme.activity("prepare.tasks"), started_on=BEGINS, finished_on=None,
            remaining="1d", on=BEGINS, at=AT,
        )  # fmt: skip
        before = set(Link.objects.filter(after_id=programme.activity("prepare.tasks").pk))
    assert outcome(programme, "prepare.tasks") == ("stays", "it has begun")
    grow(programme)
    with entered(programme.client.reach):
        one = programme.activity("discovery.collect")
        assert (one.remaining, one.likely, one.started_on) == ("1d", "2d", BEGINS)
        assert set(Link.objects.filter(after_id=one.pk)) == before
        assert programme.activity("discovery.inventory").started_on is None


def test_nothing_new_is_dated_before_what_stands(programme: Programme) -> None:
    late = AT + timedelta(days=60)
    with entered(programme.client.reach):
        contact = programme.activity("prepare.contact")
        report_progress(
            programme.client, contact, started_on=BEGINS, finished_on=BEGINS, remaining="", on=BEGINS, at=AT
        )
        grown = grown_of(programme.plan(), late)
        first = {one.key: one.not_before_on for one in grown.added if one.not_before_on is not None}
        # They wait for what is done only; all the others wait for what is still to be done.
        assert first == dict.fromkeys(("launch.team", "launch.workspace", "workshop.prepare"), late.date())


def test_change_that_waits_and_what_the_contract_fixes_keep_their_values(programme: Programme) -> None:
    with entered(programme.provider.reach):
        change = programme.propose(programme.provider, "prepare.goal", likely="2d", high="4d")
    kept = agreed(programme.cast)
    with entered(programme.client.reach):
        Activity.objects.filter(key="golive.full").update(agreed=kept)
    assert outcome(programme, "prepare.goal") == ("stays", "a change of it waits for an answer")
    assert outcome(programme, "golive.full") == ("stays", "the contract fixes it")
    grow(programme)
    with entered(programme.client.reach):
        assert programme.activity("launch.contract_pack").likely == "1d"
        assert programme.activity("go_live.full").name == "All volume"
        programme.accept(programme.client, change)
        assert programme.activity("launch.contract_pack").likely == "2d"


def test_links_that_people_made_stay_and_those_they_took_out_do_not_come_back(programme: Programme) -> None:
    with entered(programme.client.reach):
        made = programme.activity("prepare.calendar"), programme.activity("write.tone")
        programme.link(programme.client, *made)
        parted = Link.objects.get(
            before_id=programme.activity("golive.soft").pk, after_id=programme.activity("golive.most").pk
        )
        Link.objects.filter(pk=parted.pk).delete()
    grow(programme)
    with entered(programme.client.reach):
        ends = set(Link.objects.values_list("before_id", "after_id"))
        assert (made[0].pk, made[1].pk) in ends
        assert (parted.before_id, parted.after_id) not in ends


def test_link_that_would_close_a_ring_with_what_people_linked_is_left_out_and_said(
    programme: Programme,
) -> None:
    with entered(programme.client.reach):
        before, after = programme.activity("train.practice"), programme.activity("prepare.contact")
        rows = Link.objects.filter(before_id=after.pk)
        rows.delete()
        Link.objects.create(
            space_id=before.space_id, plan_id=programme.plan_id, before_id=before.pk, after_id=after.pk
        )
    grown = worked_out(programme)
    assert grown.left_apart
    grow(programme)
    with entered(programme.client.reach):
        assert Link.objects.filter(before_id=before.pk, after_id=after.pk).exists()
        assert programme.dates("launch.leads").starts_at >= programme.dates("knowledge.playback").ends_at


def test_work_that_was_taken_out_does_not_come_back(programme: Programme) -> None:
    with entered(programme.client.reach):
        Activity.objects.filter(key__in=["write.tone", "setup.desk"]).update(removed_at=AT)
    grown = worked_out(programme)
    assert {one.shown.key for one in grown.of("left out")} == {
        "infrastructure.floor", "infrastructure.network", "infrastructure.telephony"
    }  # fmt: skip
    grow(programme)
    with entered(programme.client.reach):
        assert not Activity.objects.filter(key="infrastructure.network").exists()
        test = programme.activity("infrastructure.test")
        design = programme.activity("infrastructure.design")
        assert Link.objects.filter(before_id=design.pk, after_id=test.pk).exists()  # what they would wait for


def test_internal_business_of_both_sides_stays_where_it_is_and_no_preview_shows_it(
    programme: Programme,
) -> None:
    for actor, side in ((programme.client, "client"), (programme.provider, "provider")):
        with entered(actor.reach):
            key = "prepare.goal" if side == "client" else "people.team"
            secret = programme.internal(actor, f"own.{side}", f"{SECRET} {side}", lead=side, likely="9d")
            programme.link(actor, secret, programme.activity(key))
    programme.date()
    for actor in (programme.client, programme.provider):
        with entered(actor.reach):
            plan = programme.plan()
            grown = grown_of(plan, AT)
            assert not [one for one in grown.lines if SECRET in one.shown.name]
            effect, _ = grown_effect(plan, grown)
            assert SECRET not in " ".join(one.name for one in effect.moves)
    growth = grow(programme)
    assert SECRET not in f"{growth.counts}{growth.moves}{growth.reason}"
    for actor, side, key in (
        (programme.client, "client", "launch.contract_pack"),
        (programme.provider, "provider", "hiring.source"),
    ):
        with entered(actor.reach):
            own = Activity.objects.get(key=f"own.{side}")
            assert own.space_id != programme.plan().space_id
            assert Link.objects.filter(before_id=own.pk, after_id=programme.activity(key).pk).exists()
            assert own.name == f"{SECRET} {side}"
            assert programme.dates(key).starts_at > programme.plan().made_at


def test_each_wave_grows_in_its_own_steps_and_as_fast_as_it_is(programme: Programme) -> None:
    with entered(programme.client.reach):
        values = {"name": "Kraków", "criticality": 2, "starts_on": date(2026, 9, 7)}
        steps = ["knowledge", "go_live", "stabilisation"]
        add_wave(programme.client, programme.plan(), values=values, steps=steps, percent=50, at=AT)
    programme.date()
    grow(programme)
    with entered(programme.client.reach):
        second = {one.key: one for one in Activity.objects.filter(wave=2)}
        assert {one.step_key for one in second.values()} == set(steps)
        assert (second["w2.knowledge.classroom"].likely, second["w2.go_live.full"].likely) == ("5d", "1.5d")
        assert second["w2.knowledge.plan"].not_before_on == date(2026, 9, 7)  # new, and first in its wave
        waits = Link.objects.filter(after_id=second["w2.knowledge.classroom"].pk)
        before = {Activity.objects.get(pk=one.before_id).key for one in waits}
        assert {"w2.knowledge.trainers", "hiring.start", "design.sign_off"} <= before
        assert programme.dates("w2.go_live.full").starts_at.date() > date(2026, 9, 7)


def test_what_a_wave_at_a_site_is_given_runs_at_the_site_too(programme: Programme) -> None:
    with entered(programme.client.reach):
        Plan.objects.update(sites={"provider": {"Kraków": CALENDARS["provider"]}})
        values = {"name": "Kraków", "criticality": 2, "starts_on": date(2026, 9, 7)}
        steps = ["knowledge", "go_live"]
        add_wave(
            programme.client, programme.plan(), values=values, steps=steps, percent=100, site="Kraków", at=AT
        )
    programme.date()
    grow(programme)
    with entered(programme.client.reach):
        second = {one.key: one for one in Activity.objects.filter(wave=2)}
        assert second["w2.knowledge.trainers"].site == second["w2.knowledge.classroom"].site == "Kraków"
        assert (second["w2.go_live.switch"].lead, second["w2.go_live.switch"].site) == ("client", "")
        assert not Activity.objects.filter(wave=1).exclude(site="").exists()


def test_baseline_stays_as_history_and_new_activities_have_none(programme: Programme) -> None:
    with entered(programme.client.reach):
        propose_baseline(programme.client, programme.plan(), at=AT)
    with entered(programme.provider.reach):
        agree_baseline(programme.provider, programme.plan(), typed="1", at=AT)
    with entered(programme.client.reach):
        was = dict(Activity.objects.values_list("pk", "baseline_ends_at"))
    grow(programme)
    with entered(programme.client.reach):
        now = dict(Activity.objects.values_list("pk", "baseline_ends_at"))
        assert {pk: now[pk] for pk in was} == was
        assert all(one is None for pk, one in now.items() if pk not in was)
        assert programme.plan().baseline_number == 1


def test_words_that_somebody_gave_a_step_stay(programme: Programme) -> None:
    with entered(programme.client.reach):
        Step.objects.filter(key="launch").update(description="Ours", deliverables=["Our list"])
    grow(programme)
    with entered(programme.client.reach):
        step = Step.objects.get(key="launch")
        assert (step.description, step.deliverables) == ("Ours", ["Our list"])
        assert step.client_actions
