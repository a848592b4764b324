"""`handfast plan` says when a plan ends and why, draws it within the terminal, and keeps each side's own business."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from handfast.cli.app import app
from handfast.cli.plan_story import bars
from handfast.kernel.scheduling.body import schedule_body
from handfast.kernel.scheduling.reading import read_plan
from handfast.kernel.scheduling.refusals import PlanHasCycle
from handfast.kernel.scheduling.schedule import Schedule, schedule

EXAMPLE = Path(__file__).parents[2] / "examples" / "transition.yaml"


def run(*arguments: str) -> str:
    found = CliRunner().invoke(app, ["plan", *arguments], catch_exceptions=False)
    assert found.exit_code == 0
    return found.stdout


@pytest.fixture(scope="module")
def dated() -> Schedule:
    return schedule(read_plan(EXAMPLE.read_text("utf-8"), name="transition.yaml"))


def test_answer_opens_with_the_end_and_says_why_of_what_drives_it() -> None:
    said = run(str(EXAMPLE))
    assert "Ends Fri 31 July 2026; 23 of 97 activities drive it" in said
    assert "stabilisation.daily: Waits until “Full volume reached” is finished" in said
    assert "it stands still on Canada Day (Wed 1 Jul 2026, Lumen)" in said
    assert "change.plan: Waits" not in said
    assert "■ short in the weeks of 2026-05-04" in said


def test_every_reason_is_said_when_it_is_asked_for() -> None:
    assert "change.plan: Waits until" in run(str(EXAMPLE), "--why")


def test_schedule_is_written_as_json_with_both_sides_local_times(tmp_path: Path) -> None:
    run(str(EXAMPLE), "--out", str(tmp_path / "schedule.json"))
    body = json.loads((tmp_path / "schedule.json").read_text("utf-8"))
    end = next(one for one in body["activities"] if one["id"] == "gate.exit")
    assert (body["ends"], end["ends"]) == ("2026-07-31T16:00:00Z", "2026-07-31T16:00:00Z")
    assert end["local"]["client"]["ends"] == "2026-07-31T12:00:00-04:00"
    assert end["local"]["provider"]["ends"] == "2026-07-31T18:00:00+02:00"


@pytest.mark.parametrize(("side", "other", "canary"), [
    ("client", "provider", "Reserve trainers"), ("provider", "client", "transition budget"),
])  # fmt: skip
def test_answer_for_one_side_hides_what_is_internal_to_the_other(
    side: str, other: str, canary: str, tmp_path: Path
) -> None:
    out = tmp_path / "schedule.json"
    said = run(str(EXAMPLE), "--for", side, "--why", "--simulate", "50", "--out", str(out))
    told = said + out.read_text("utf-8")
    internal = {"client": "client.budget", "provider": "provider.bench"}
    assert canary not in told
    assert internal[other] not in told
    assert internal[side] in told
    assert f"an internal activity of the {other}" in told


def test_simulation_says_even_odds_beside_the_likely_date(tmp_path: Path) -> None:
    out = tmp_path / "schedule.json"
    said = run(str(EXAMPLE), "--simulate", "200", "--seed", "1", "--out", str(out))
    assert "200 runs, seed 1" in said
    assert "Even odds by" in said
    simulated = json.loads(out.read_text("utf-8"))["simulated"]
    assert (simulated["runs"], simulated["seed"]) == (200, 1)
    assert simulated["dates"][0]["likely"] == "2026-07-31T16:00:00Z"
    assert simulated["dates"][0]["p50"] > simulated["dates"][0]["likely"]


@pytest.mark.parametrize("width", [40, 80, 200])
def test_bars_fit_the_terminal_and_end_where_the_plan_ends(width: int, dated: Schedule) -> None:
    drawn = bars(schedule_body(dated), dated, width)
    assert len(drawn) == 1 + len(dated.dated)
    assert max(map(len, drawn)) == width
    assert drawn[0].startswith(" ")
    assert all(line.strip() for line in drawn)


def small(**activity: Any) -> str:
    calendar = {"zone": "UTC", "hours": {"mon-fri": ["09:00-17:00"]}}
    parties = {side: {"name": side, "calendar": calendar} for side in ("client", "provider")}
    one = {"id": "a", "name": "A", "lead": "client", "duration": "3d"} | activity
    two = {"id": "b", "name": "B", "lead": "client", "duration": "1d", "after": ["a"]}
    plan = {
        "name": "Small",
        "zone": "UTC",
        "starts": "2026-03-02",
        "parties": parties,
        "activities": [one, two],
    }
    return json.dumps(plan)


def test_missed_deadline_is_told_with_the_chain_that_drives_past_it(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text(small(deadline="2026-03-03"), "utf-8")
    said = run(str(tmp_path / "plan.json"))
    assert "1 date is missed" in said
    assert (
        "a: the deadline Wed 4 March 2026, 00:00 cannot be kept: Wed 4 March 2026, 17:00. Driven by a."
        in said
    )


def test_levelled_plan_says_how_far_it_may_be_from_the_best(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text(small(), "utf-8")
    said = run(str(tmp_path / "plan.json"), "--level", "--seconds", "5", "--workers", "1")
    assert "Levelled: optimal; no plan with these people ends before 2026-03-05T17:00:00Z; gap 0.0%." in said


def test_plan_that_waits_for_itself_is_refused_with_its_ring(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text(small(after=["b"]), "utf-8")
    with pytest.raises(PlanHasCycle, match="a waits for b waits for a") as caught:
        run(str(tmp_path / "plan.json"))
    assert caught.value.code == "plan-has-cycle"
