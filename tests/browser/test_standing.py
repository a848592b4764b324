"""The pages of who does what, how late and what next keep the rules of WCAG, light and dark, on a desk and a phone."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.urls import reverse
from tests.browser.desk import CLIENT, Planner
from tests.browser.test_open_to_all import faults_of
from tests.records.deal import work
from tests.transition.programme import AT, Programme, programme_of

from handfast.foundation.scope import entered
from handfast.transition.actions import (
    add_wave,
    agree_baseline,
    amend_plan,
    override_rag,
    propose_baseline,
    report_progress,
)
from handfast.transition.models import Activity, Step, WeeklyStatus

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.django_db(transaction=True)
LATE = date(2026, 5, 20)
KRAKOW = {"zone": "Europe/Warsaw", "hours": {"mon-fri": ["09:00-17:00"]}, "holidays": {"country": "PL"}}


def _late(programme: Programme) -> dict[str, dict[str, object]]:
    """A baseline, a late start, a colour that somebody says, and a week that is frozen; what the pages are called."""
    with entered(programme.provider.reach):
        amend_plan(
            programme.provider, programme.plan(), changes={"sites": {"provider": {"Kraków": KRAKOW}}}, at=AT
        )
    programme.date()
    with entered(programme.provider.reach):
        propose_baseline(programme.provider, programme.plan(), at=AT)
    with entered(programme.client.reach):
        agree_baseline(programme.client, programme.plan(), typed="1", at=AT)
        first = Activity.objects.filter(lead="client", kind="work").order_by("baseline_starts_at").first()
        assert first is not None
        report_progress(
            programme.client, first, started_on=LATE, finished_on=None, remaining="", on=LATE, at=AT
        )  # fmt: skip
    programme.date()
    with entered(programme.client.reach):
        step = Step.objects.get(key=first.step_key)
        now = datetime.now(UTC)
        override_rag(
            programme.client, step, wave=1, rag="amber", reason="Two trainers are ill", path_to_green="Two more",
            until_on=now.date() + timedelta(days=3), at=now,
        )  # fmt: skip
    work(datetime(2026, 5, 22, 23, 59, tzinfo=UTC))
    with entered(programme.client.reach):
        week = WeeklyStatus.objects.get()
        plan = programme.plan()
        values = {"name": "Kraków", "criticality": 2, "starts_on": date(2026, 9, 7)}
        wave = add_wave(
            programme.client, plan, values=values, steps=["knowledge"], percent=100, site="Kraków", at=now
        )
    programme.date()
    return {
        "journeys:overview": {},
        "transition:plan": {},
        "transition:waves": {},
        "transition:wave_add": {},
        "transition:wave": {"wave": wave.pk},
        "transition:frame": {},
        "transition:step": {"step": step.pk},
        "transition:status": {},
        "transition:override": {"step": step.pk},
        "transition:weeks": {},
        "transition:week": {"week": week.pk},
        "transition:demand": {},
        "transition:outlook": {},
        "transition:year": {},
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_of_the_standing_shuts_anybody_out(
    scheme: str, opened: Callable[..., Page], live_server: LiveServer
) -> None:
    cache.clear()  # the counters of tries
    programme = programme_of("standard")
    pages = _late(programme)
    # axe comes in from outside, which the policy of the pages refuses.
    client = Planner(opened(color_scheme=scheme, bypass_csp=True), live_server.url, programme)
    client.signs_in(CLIENT)
    client.page.goto(f"{live_server.url}{reverse('transition:work')}")
    assert client.page.get_by_role("button", name="Finished today").count()
    found = faults_of(client.page, "transition:work")
    for name, words in pages.items():
        client.goes(name, **words)
        found += faults_of(client.page, name)
    client.page.set_viewport_size({"width": 1440, "height": 900})
    client.goes("transition:plan")
    client.page.locator(".hf-tick").first.check()
    client.page.get_by_role("button", name="Change together").click()
    client.page.wait_for_url("**/together/")
    found += faults_of(client.page, "many changed together")
    assert not found, "\n".join(found)
