"""A plan is read as written, in YAML and in JSON, and every fault names its place and what to do."""

from __future__ import annotations

import json
from copy import deepcopy
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from tests.kernel.scheduling.plans import HOUR_US

from handfast.kernel.document import DocumentRefused
from handfast.kernel.quantity import iso_of
from handfast.kernel.scheduling.plan import MOST_ACTIVITIES, Duration, Link, Need, Plan
from handfast.kernel.scheduling.reading import read_plan
from handfast.kernel.scheduling.refusals import PlanRefused, PlanTooLarge

if TYPE_CHECKING:
    from handfast.kernel.refusal import Refusal

TEXT = """\
name: Support moves
zone: America/Toronto
starts: 2026-04-20
as_of: 2026-05-04T12:00:00Z
parties:
  client:
    name: Lumen
    calendar: {zone: America/Toronto, hours: {mon-fri: ["09:00-17:00"]}}
    roles: {process expert: 2}
  provider:
    name: Danube Care
    calendar: {zone: Europe/Belgrade, hours: {mon-fri: ["08:00-16:00"]}}
    sites:
      Kraków: {zone: Europe/Warsaw, hours: {mon-fri: ["08:00-16:00"]}}
    roles: {trainer: 3}
steps:
  - {key: launch, name: Launch, lead: client}
freezes:
  - {name: Peak, from: 2026-11-20, to: 2026-12-01, share: 50 %, leads: [client]}
activities:
  - id: launch.mandate
    name: Mandate
    step: launch
    lead: client
    duration: 1.5d
    needs: {process expert: 0.5}
    actual: {started: 2026-04-20, finished: 2026-04-21}
  - id: launch.team
    name: Team
    lead: joint
    duration: {low: 1d, likely: 2d, high: 4d}
    after: [launch.mandate, {activity: launch.mandate, link: SS, lag: -1d, on: provider}]
    needs: {trainer: 1, client: {process expert: 2}}
    deadline: 2026-05-08
  - id: launch.room
    name: Room
    lead: provider
    site: Kraków
    duration: 1h 30m
    not_before: 2026-05-04
    fixed: 2026-05-05T08:00:00+02:00
    internal: provider
  - id: launch.go
    name: Go
    lead: joint
    gate: true
    after: launch.team
    repeat: {chance: 1/3, takes: 5d, most: 2}
    baseline: {starts: 2026-05-08, ends: 2026-05-08}
risks:
  - {id: late, name: Late, chance: 20 %, delay: {low: 1d, likely: 2d, high: 9d}, activities: [launch.team]}
"""


def plan_in(text: str) -> Plan:
    return read_plan(text, name="plan.yaml")


def plain() -> dict[str, Any]:
    """A small plan as JSON, to be spoilt."""
    calendar = {"zone": "UTC", "hours": {"mon-fri": ["09:00-17:00"]}}
    return {
        "name": "Small",
        "zone": "UTC",
        "starts": "2026-04-20",
        "parties": {side: {"name": side, "calendar": calendar} for side in ("client", "provider")},
        "activities": [{"id": "a", "name": "A", "lead": "client", "duration": "1d"}],
    }


def refused(text: str, kind: type[Refusal] = DocumentRefused) -> str:
    with pytest.raises(kind) as caught:
        read_plan(text, name="plan.yaml")
    return str(caught.value)


def test_plan_as_written_is_read() -> None:
    plan = plan_in(TEXT)
    mandate, team, room, go = plan.activities
    assert (plan.name, iso_of(plan.starts_us)) == ("Support moves", "2026-04-20T04:00:00Z")
    assert mandate.estimate.likely == Duration(1_500_000, "d")
    assert team.after[1] == Link("launch.mandate", "SS", Duration(-1_000_000, "d"), "provider")
    assert room.estimate.likely == Duration(HOUR_US * 3 // 2, "h")
    assert (go.kind, go.repeat and go.repeat.chance) == ("gate", Fraction(1, 3))
    assert (plan.freezes[0].share, plan.risks[0].chance) == (Fraction(1, 2), Fraction(1, 5))


def test_days_are_days_of_the_zone_of_whoever_leads() -> None:
    mandate, team, room, _ = plan_in(TEXT).activities
    assert room.not_before_us is not None
    assert iso_of(room.not_before_us) == "2026-05-03T22:00:00Z"
    assert team.deadline_us is not None
    assert iso_of(team.deadline_us) == "2026-05-09T04:00:00Z"
    assert mandate.actual.finished_us is not None
    assert iso_of(mandate.actual.finished_us) == "2026-04-22T04:00:00Z"


def test_role_without_a_side_is_the_leads_or_of_the_only_side_that_has_it() -> None:
    mandate, team, _, _ = plan_in(TEXT).activities
    assert mandate.needs == (Need("client", "process expert", 50),)
    assert team.needs == (Need("client", "process expert", 200), Need("provider", "trainer", 100))


def test_json_says_the_same_as_yaml() -> None:
    text = json.dumps(plain())
    assert plan_in(text) == plan_in("# YAML\n" + text)


def test_numbers_of_json_are_read_as_they_are_written() -> None:
    spoilt = json.dumps(plain()).replace('"duration": "1d"', '"duration": "1d", "needs": {"agent": 0.25}')
    assert plan_in(spoilt).activities[0].needs == (Need("client", "agent", 25),)


@pytest.mark.parametrize(
    ("line", "written", "said"),
    [
        (24, "    lead: nobody", "line 24: activities.0.lead: Input should be 'client'"),
        (25, "    duration: 3 weeks", "line 25: activities.0.duration: write a duration as 0.5d"),
        (25, "    duration: -1d", "line 25: activities.0.duration: write a duration"),
        (25, "    durration: 1d", "line 25: activities.0.durration: unknown key; did you mean 'duration'?"),
        (25, "    duration: {low: 2d, likely: 1d, high: 3d}", "low, likely and high in this order"),
        (25, "    duration: {low: 2h, likely: 1d, high: 3d}", "written in one unit"),
        (25, "    milestone: false", "write its duration, or milestone: true"),
        (25, "    duration: 1d\n    gate: true", "a gate lasts no time: leave its duration out"),
        (26, "    needs: {process expert: 0.333}", "at most two decimals"),
        (26, "    needs: {process expert: 0}", "write more than 0, or leave the role out"),
        (
            26,
            "    deadline: 8 May",
            "line 26: activities.0.deadline: write a day as 2012-04-30, or an instant",
        ),
        (21, "  - id: launch mandate", "line 21: activities.0.id: an id is letters, digits"),
        (4, "as_of: 2026-05-04", "line 4: as_of: write an instant with its offset"),
    ],
)
def test_fault_is_named_by_line_and_field(line: int, written: str, said: str) -> None:
    lines = TEXT.splitlines()
    lines[line - 1] = written
    assert said in refused("\n".join(lines) + "\n")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("after: launch.team", "after: launch.taem", ("line 47: activities.3.after.0: launch.go: there is no "
         "activity 'launch.taem'; did you mean 'launch.team'?")),
        ("    step: launch", "    step: lunch", "activities.0.step: launch.mandate: the step 'lunch' is not"),
        ("site: Kraków", "site: Krakow", "no party has the site 'Krakow'; did you mean 'Kraków'?"),
        ("id: launch.room", "id: launch.team", "activities.2: the activity 'launch.team' stands twice"),
        ("internal: provider", "internal: client", "activities.2: launch.room: internal to the client"),
        ("{trainer: 1, client", "{driver: 1, client", "activities.1.needs.driver: launch.team: whose 'driver'?"),
        ("client: {process expert: 2}", "clinet: {process expert: 2}", "'clinet' is no side"),
        ("chance: 1/3", "chance: 100 %", "activities.3: launch.go: the chance of a no"),
        ("to: 2026-12-01", "to: 2026-11-20", "freezes.0: the freeze 'Peak' ends on 2026-11-20"),
        ("activities: [launch.team]", "activities: [gone]", "risks.0.activities.0: the risk 'late': there is no"),
        ("as_of: 2026-05-04T12:00:00Z\n", "", "launch.mandate has started: say as of when"),
    ],
)  # fmt: skip
def test_plan_that_contradicts_itself_is_refused_with_its_place(old: str, new: str, said: str) -> None:
    assert TEXT.count(old) == 1
    found = refused(TEXT.replace(old, new), PlanRefused)
    assert found.startswith("plan.yaml, line ")
    assert said in found


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"lead": "client"', '"lead": "client", "lead": "joint"', "the key 'lead' stands twice"),
        ('"lead": "client"', '"lead": "nobody"', "plan.yaml: activities.0.lead: Input should be"),
        ('"lead": "client"', '"lead": NaN', "NaN is no number"),
        ('"lead": "client"', '"lead" "client"', "line 1: Expecting"),
        ('"lead": "client"', '"lead": "client", "after": [{"activity": "a.1", "lag": "x"}]', "activities.0.after.0.lag"),
    ],
)  # fmt: skip
def test_fault_in_json_is_named_by_its_path(old: str, new: str, said: str) -> None:
    text = json.dumps(plain())
    assert text.count(old) == 1
    assert said in refused(text.replace(old, new))


def test_json_nested_too_deeply_is_refused() -> None:
    assert "nested deeper" in refused('{"a":' * 100_000)


@pytest.mark.parametrize("text", ["- a\n- b\n", "only words\n"])
def test_text_that_is_no_mapping_is_no_plan(text: str) -> None:
    assert "a plan is keys with values" in refused(text)


def test_one_activity_too_many_is_refused_by_number() -> None:
    many = plain()
    many["activities"] = [{}] * (MOST_ACTIVITIES + 1)
    with pytest.raises(PlanTooLarge, match=r"plan.json: 100,001 activities: at most 100,000") as caught:
        read_plan(json.dumps(many), name="plan.json")
    assert caught.value.code == "plan-too-large"


def test_activity_that_waits_for_itself_is_refused() -> None:
    spoilt = deepcopy(plain())
    spoilt["activities"][0]["after"] = ["a"]
    assert "a waits for itself" in refused(json.dumps(spoilt), PlanRefused)
