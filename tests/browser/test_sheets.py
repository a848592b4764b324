"""Rows copied from a spreadsheet, pasted into the plan, looked at, saved, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from playwright.sync_api import expect
from tests.browser.desk import CLIENT, Planner
from tests.transition.programme import a_programme

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.django_db(transaction=True)
ROWS = "Check the line\tTrain\tclient\t2,5 days\nCheck it again\tTrain\tclient\t16h\tCheck the line\nBad\tTrain\tclient\tlong\n"


@pytest.fixture
def planner(opened: Callable[..., Page], live_server: LiveServer) -> Planner:
    """The client before the page that takes rows."""
    cache.clear()  # the counters of tries
    one = Planner(opened(), live_server.url, a_programme())
    one.signs_in(CLIENT)
    one.goes("transition:sheet")
    return one


def test_pasted_rows_are_previewed_saved_and_taken_back(planner: Planner) -> None:
    page = planner.page
    page.get_by_label("Rows, as copied from the spreadsheet").fill(ROWS)
    page.get_by_role("button", name="See what comes of it").click()
    expect(page.get_by_text("2 new, 1 refused")).to_be_visible()
    expect(page.get_by_text("Likely: write a duration as")).to_be_visible()
    with page.expect_download() as sent:
        page.get_by_role("button", name="The refused rows as a file").click()
    assert sent.value.suggested_filename.endswith(".csv")
    page.get_by_role("button", name="Save 2 rows").click()
    expect(page.get_by_role("link", name="Check it again")).to_have_count(1)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name="Check it again")).to_have_count(0)


@pytest.mark.parametrize("width", [360, 1280])
def test_preview_fits_a_telephone_and_a_desk(planner: Planner, width: int) -> None:
    page = planner.page
    page.set_viewport_size({"width": width, "height": 900})
    for _ in range(2):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if page.get_by_label("Rows, as copied from the spreadsheet").count():
            page.get_by_label("Rows, as copied from the spreadsheet").fill(ROWS)
            page.get_by_role("button", name="See what comes of it").click()
