"""The provider brings its own plan in before a browser: read, mapped, compared and taken over, at both widths and themes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from tests.browser.desk import PROVIDER, Planner
from tests.browser.test_open_to_all import faults_of
from tests.transition.programme import a_programme

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.django_db(transaction=True)
THEIRS = b"""ID,Activity,Phase,Duration,Start,Predecessors
1,Order headsets,Hiring of people,4d,2026-05-04,
2,Badge photos,Hiring of people,1d,,1
3,Invoice the first month,Finance,1d,,2
"""


def test_own_plan_is_brought_in_by_hand_and_every_page_of_it_is_open_to_all(
    opened: Callable[..., Page], live_server: LiveServer
) -> None:
    cache.clear()  # the counters of tries
    programme = a_programme()
    # axe comes in from outside, which the policy of the pages refuses.
    planner = Planner(opened(bypass_csp=True), live_server.url, programme)
    planner.signs_in(PROVIDER)
    page = planner.page
    planner.goes("transition:plan")
    page.get_by_text("Export", exact=True).click()
    assert faults_of(page, "the open menu") == []
    page.set_viewport_size({"width": 1440, "height": 1000})
    page.get_by_role("link", name="Bring a plan in…").click()
    assert faults_of(page, "offers") == []
    page.locator("#file").set_input_files({"name": "ours.csv", "mimeType": "text/csv", "buffer": THEIRS})
    page.get_by_role("button", name="Read it").click()
    page.get_by_text("Say first which step").wait_for()
    page.get_by_label("The step of Hiring of people").select_option(label="Hiring")
    page.get_by_label("The step of Finance").select_option(label="left out")
    page.get_by_role("button", name="Map the phases").click()
    page.get_by_text("The plan lacks").first.wait_for()
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]  # one of the two
        assert faults_of(page, f"offer, {theme}") == []
    page.get_by_label("Order headsets").check()
    page.get_by_role("button", name="Take it over").click()
    page.get_by_text("1 activity is in the plan").wait_for()
    planner.goes("transition:offers")
    assert faults_of(page, "offers with a version") == []
