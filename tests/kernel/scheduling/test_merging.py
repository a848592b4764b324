"""A provider's plan beside ours: phases find their steps, activities each other, and what is lacking is ready to add."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.kernel.scheduling.plans import OFFICE, calendar, days, plan_of, work

from handfast.kernel.scheduling import merging
from handfast.kernel.scheduling.merging import Merge, Pair, StepMerge, merged, suggested_steps
from handfast.kernel.scheduling.plan import Actual, Step
from handfast.kernel.scheduling.refusals import PlanRefused
from handfast.kernel.scheduling.schedule import schedule

if TYPE_CHECKING:
    from handfast.kernel.scheduling.plan import Activity, Plan

STEPS = (Step("hiring", "Hiring", "provider"), Step("knowledge", "Knowledge transfer", "provider"))
PHASES = (
    Step("t1", "Rollout / Knowledge Transfers", "provider"),
    Step("t2", "Hiring", "provider"),
    Step("t3", "Invoices", "provider"),
)
MAPPING = {"t1": "knowledge", "t2": "hiring"}


def named(id_: str, name: str, step: str, *after: str, **more: Any) -> Activity:
    return replace(work(id_, days(1), *after, lead="provider", step=step), name=name, **more)


def own_plan() -> Plan:
    return plan_of(
        named("hire", "Hire the team", "hiring"),
        named("record", "Record procedures", "knowledge", "hire"),
        named("shadow", "Shadowing", "knowledge", "record"),
        named("pay", "Agree pay", "hiring", internal_to="provider"),
        steps=STEPS,
    )


def their_plan(*more: Activity) -> Plan:
    return plan_of(
        named("t10", "hire the  TEAM", "t2"),
        named("t11", "Recording procedures", "t1", "t10"),
        named("hire", "Write test cases", "t1", "t11", "t12"),
        named("t12", "Send invoices", "t3"),
        *more,
        steps=PHASES,
    )


def merge() -> Merge:
    return merged(own_plan(), their_plan(), MAPPING)


def test_phases_are_suggested_the_step_with_the_nearest_name() -> None:
    assert suggested_steps(own_plan(), their_plan()) == {"t1": "knowledge", "t2": "hiring"}


def test_each_step_shows_what_both_have_and_what_either_lacks() -> None:
    """Capitals and spaces do not keep names apart; what is internal to a side is not compared."""
    assert merge().steps == (
        StepMerge("hiring", (Pair("hire", "t10", is_same_name=True),), (), ()),
        StepMerge("knowledge", (Pair("record", "t11", is_same_name=False),), ("shadow",), ("hire",)),
    )


def test_phase_that_nobody_mapped_is_shown_with_its_activities() -> None:
    (invoices,) = merge().unmapped
    assert (invoices.phase, invoices.activities, invoices.suggested) == ("t3", ("t12",), None)
    (hiring, _) = merged(own_plan(), their_plan(), {"t1": "knowledge"}).unmapped
    assert hiring.suggested == "hiring"


def test_additions_stand_in_our_plan_under_our_ids_with_links_to_our_activities() -> None:
    (added,) = merge().additions
    assert (added.id, added.step, [link.other for link in added.after]) == ("hire.2", "knowledge", ["record"])
    assert merge().remarks == ("hire waits for t12, which is not taken over: left out",)
    own = own_plan()
    found = schedule(replace(own, activities=(*own.activities, *merge().additions)))
    assert found.by_id["hire.2"].starts_us == found.by_id["shadow"].starts_us


def test_site_and_progress_that_our_plan_cannot_hold_are_left_out_and_said() -> None:
    begun = named("t20", "Train at night", "t1", site="Nights", actual=Actual(0))
    theirs = their_plan()
    sites = {"Nights": calendar(OFFICE)}
    parties = (theirs.parties[0], replace(theirs.parties[1], sites=sites))
    theirs = replace(theirs, activities=(*theirs.activities, begun), parties=parties, as_of_us=10)
    found = merged(own_plan(), theirs, MAPPING)
    added = found.additions[-1]
    assert (added.id, added.site, added.actual) == ("t20", "", Actual())
    assert found.remarks[1:] == (
        "t20: our plan has no site 'Nights': it works on its side's calendar",
        "t20: what has happened to it is not taken over",
    )


def test_activities_under_no_phase_are_counted_and_not_compared() -> None:
    found = merged(own_plan(), their_plan(named("t9", "Loose", "")), MAPPING)
    assert found.remarks[-1] == "1 of their activities stand under no phase and are not compared"


@pytest.mark.parametrize(("mapping", "said"), [
    ({"t9": "hiring"}, "their plan has no phase 't9'; it has t1, t2, t3"),
    ({"t1": "hire"}, "the mapping of 't1': there is no step 'hire'; there are hiring, knowledge"),
])  # fmt: skip
def test_mapping_to_what_is_not_there_is_refused(mapping: dict[str, str], said: str) -> None:
    with pytest.raises(PlanRefused, match=said):
        merged(own_plan(), their_plan(), mapping)


def test_in_a_very_large_step_only_the_same_name_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(merging, "MOST_PAIRS", 1)
    knowledge = merge().steps[1]
    assert (knowledge.pairs, knowledge.only_own) == ((), ("record", "shadow"))


NAMES = st.lists(st.sampled_from(["Train", "Trains", "Write", "Write it", "Test", "Go"]), max_size=6)


@given(NAMES, NAMES)
def test_every_activity_of_both_is_paired_once_or_lacking_in_the_other(
    ours: list[str], others: list[str]
) -> None:
    own = plan_of(*[named(f"a{n}", name, "hiring") for n, name in enumerate(ours)], steps=STEPS)
    theirs = plan_of(*[named(f"t1{n}", name, "t2") for n, name in enumerate(others)], steps=PHASES)
    found = merged(own, theirs, MAPPING)
    step = found.steps[0]
    assert sorted([*(pair.own for pair in step.pairs), *step.only_own]) == sorted(own.places)
    assert sorted([*(pair.theirs for pair in step.pairs), *step.only_theirs]) == sorted(theirs.places)
    assert [one.id for one in found.additions] == list(step.only_theirs)
    assert sum(pair.is_same_name for pair in step.pairs) == sum(
        min(ours.count(n), others.count(n)) for n in set(ours)
    )


@given(NAMES)
def test_plan_beside_itself_lacks_nothing(names: list[str]) -> None:
    own = plan_of(*[named(f"a{n}", name, "hiring") for n, name in enumerate(names)], steps=STEPS)
    found = merged(own, own, {"hiring": "hiring", "knowledge": "knowledge"})
    assert (found.additions, found.unmapped, found.remarks) == ((), (), ())
    assert all(not step.only_own for step in found.steps)
