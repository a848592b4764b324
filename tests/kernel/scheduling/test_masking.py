"""What is internal to one side is told to the other without name, id, step, site or length, wherever it is told."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from tests.kernel.scheduling.plans import MONDAY_US, calendar, days, plan_of, with_activity, work

from handfast.kernel.scheduling.body import schedule_body
from handfast.kernel.scheduling.masking import mask_of
from handfast.kernel.scheduling.plan import Need, Step
from handfast.kernel.scheduling.schedule import schedule

if TYPE_CHECKING:
    from handfast.kernel.scheduling.plan import Plan, Side

CANARY = "canary-"


def secretive() -> Plan:
    """Each side has an internal activity that drives a shared one, and misses a deadline; all it says sings."""
    needs = {side: (Need(side, f"{CANARY}{side}-role", 100),) for side in ("client", "provider")}  # type: dict[Any, tuple[Need, ...]]
    plan = plan_of(
        work(f"{CANARY}client.budget", days(5), needs=needs["client"], internal_to="client",
             step=f"{CANARY}client-step", deadline_us=MONDAY_US + 1),
        work(f"{CANARY}provider.bench", days(9), f"{CANARY}client.budget", lead="provider",
             needs=needs["provider"], internal_to="provider", step=f"{CANARY}provider-step"),
        work("kickoff", days(1), f"{CANARY}provider.bench", f"{CANARY}client.budget", lead="joint", deadline_us=MONDAY_US),
        work("signing", days(1), f"{CANARY}client.budget"),
        steps=(Step(f"{CANARY}client-step", "Budget", "client"), Step(f"{CANARY}provider-step", "Bench", "provider")),
    )  # fmt: skip
    client = replace(
        plan.parties[0],
        sites={"Hall": calendar({"zone": "Pacific/Apia", "hours": {"mon-fri": ["09:00-17:00"]}})},
    )
    plan = replace(plan, parties=(client, plan.parties[1]))
    return with_activity(plan, f"{CANARY}client.budget", site="Hall")


def body_for(side: Side | None) -> dict[str, Any]:
    return schedule_body(schedule(secretive()), seen_by=side)


@pytest.mark.parametrize(("side", "other"), [("client", "provider"), ("provider", "client")])
def test_body_for_one_side_never_names_what_is_internal_to_the_other(side: Side, other: Side) -> None:
    text = json.dumps(body_for(side))
    assert f"{CANARY}{other}" not in text.lower()
    assert f"{CANARY}{side}" in text.lower()
    assert f"an internal activity of the {other}" in text


def test_site_of_a_hidden_activity_cannot_be_told_from_its_local_times() -> None:
    assert "+13:00" in json.dumps(body_for("client"))
    assert "+13:00" not in json.dumps(body_for("provider"))


def test_hidden_activity_keeps_its_dates_and_its_place_in_every_chain() -> None:
    whole, seen = body_for(None), body_for("provider")
    hidden = seen["activities"][0]
    assert (hidden["id"], hidden["starts"]) == ("client-internal-1", whole["activities"][0]["starts"])
    assert (hidden["why"], hidden["step"], hidden["length_us"]) == (None, None, None)
    assert seen["chain"] == ["client-internal-1", f"{CANARY}provider.bench", "kickoff"]
    assert [missed["id"] for missed in seen["missed"]] == ["client-internal-1", "kickoff"]


def test_keys_of_a_hidden_activity_are_those_of_any_other() -> None:
    hidden, told, *_ = body_for("provider")["activities"]
    assert list(hidden) == list(told)


def test_why_of_a_shared_activity_says_that_it_waits_for_an_internal_one() -> None:
    signing = body_for("provider")["activities"][3]
    assert signing["why"].startswith("Waits until an internal activity of the client is finished")
    assert signing["bound"]["activity"] == "client-internal-1"


def test_demand_counts_no_role_of_what_is_hidden() -> None:
    assert {one["side"] for one in body_for("provider")["demand"]} == {"provider"}
    assert {one["side"] for one in body_for(None)["demand"]} == {"client", "provider"}


def test_stand_in_never_takes_an_id_that_somebody_has() -> None:
    plan = plan_of(work("client-internal-1", days(1)), work("x", days(1), internal_to="client"))
    assert mask_of(plan, "provider").id_of("x") == "client-internal-2"


def test_what_both_read_names_nothing_internal_to_either() -> None:
    text = json.dumps(schedule_body(schedule(secretive()), seen_by="shared")).lower()
    assert CANARY not in text


def test_whoever_may_read_everything_reads_every_name() -> None:
    plan = secretive()
    mask = mask_of(plan, None)
    assert [mask.name_of(one) for one in plan.activities] == [one.name for one in plan.activities]
    assert not any(mask.hides(one.id) for one in plan.activities)
