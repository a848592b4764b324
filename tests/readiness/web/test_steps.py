"""The pages of the steps: what each must prove, its work, and its registers; the same number of questions for many entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.cast import make_cast
from tests.readiness.gated import AT, Gated
from tests.readiness.web.test_pages import browser, delivery, owner, told, url

from handfast.engagement.models import Engagement
from handfast.foundation.scope import entered
from handfast.governance.registers import REGISTERS
from handfast.journeys.stages import _led_by

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db


def asked(client: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as questions:
        assert client.get(page).status_code == 200
    return len(questions)


def test_every_step_stands_there_with_its_registers(gated: Gated) -> None:
    gated.entry("checks", due_on=AT.date().replace(year=2020))
    page = told(owner(gated).get(url(gated, "steps")))
    assert "15 steps" in page
    assert "Infrastructure set-up" in page
    assert "1 late" in page
    for register in (one for one in REGISTERS.values() if one.step):
        assert reverse("governance:entries", args=[gated.engagement.pk, register.key]) in page


def test_step_shows_its_criteria_its_registers_and_what_each_side_does(gated: Gated) -> None:
    client = owner(gated)
    page = told(client.get(url(gated, "step", "infrastructure")))
    for said in (
        "Blocking technical checks green",
        "Technical checks",
        "Access matrix",
        "Build the work environment",
        "Next: Knowledge transfer",
        "Before: Hiring",
    ):
        assert said in page
    assert client.get(url(gated, "step", "nonsense")).status_code == 404
    assert browser(gated.programme.cast.stranger).get(url(gated, "step", "launch")).status_code == 404


def test_what_the_client_keeps_for_itself_is_not_among_the_provider_s(gated: Gated) -> None:
    gated.entry("realignment", is_internal=True)
    assert "Realignment" in told(owner(gated).get(url(gated, "step", "realignment")))
    theirs = told(delivery(gated).get(url(gated, "step", "realignment")))
    assert "register of its own" in theirs
    row = next(
        one
        for one in delivery(gated).get(f"/api/readiness/engagements/{gated.engagement.pk}/steps").json()
        if one["key"] == "realignment"
    )
    assert row["registers"] == []


def test_without_a_plan_the_usual_steps_stand_there() -> None:
    cast = make_cast()
    page = told(browser(cast.owner).get(reverse("readiness:steps", args=[cast.engagement.pk])))
    assert "Stabilisation" in page
    assert "0 of 0 criteria hold in 15 steps" in page


def test_light_deal_has_its_lists_alone() -> None:
    cast = make_cast()
    with entered(cast.actor(cast.owner).reach):
        Engagement.objects.filter(pk=cast.engagement.pk).update(size="light")
    page = told(browser(cast.owner).get(reverse("readiness:steps", args=[cast.engagement.pk])))
    assert "Ten-case check" in page
    assert "Control matrix" not in page


def test_questions_do_not_grow_with_entries(gated: Gated) -> None:
    client = owner(gated)
    gated.entry("checks", title="Row 0")
    client.get(url(gated, "steps"))
    few = asked(client, url(gated, "steps")), asked(client, url(gated, "step", "infrastructure"))
    for number in range(1, 30):
        gated.entry("checks", title=f"Row {number}")
    assert (asked(client, url(gated, "steps")), asked(client, url(gated, "step", "infrastructure"))) == few


def test_export_has_a_row_for_each_register_of_each_step(gated: Gated) -> None:
    answer = owner(gated).get(url(gated, "steps_export", "csv"))
    rows = b"".join(answer).decode().splitlines()  # type: ignore[arg-type]  # a file comes in parts
    assert rows[0].endswith("Register,Entries,Open,Late")
    assert sum("Infrastructure set-up" in one for one in rows) == 3


def test_rail_leads_from_a_register_of_a_step_to_the_steps(gated: Gated) -> None:
    here = reverse("governance:entries", args=[gated.engagement.pk, "checks"])
    assert _led_by(gated.engagement, here) == url(gated, "steps")
    issues = reverse("governance:entries", args=[gated.engagement.pk, "issues"])
    assert _led_by(gated.engagement, issues) == issues
