"""A browser that runs no script signs in, reads a month down to one record, disputes a line and brings a file in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from playwright.sync_api import expect
from tests.browser.desk import CLIENT, LATE_MARCH, LEVEL, Visitor, an_empty_desk, worked
from tests.operate.month import ROWS, Month

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def month() -> Month:
    cache.clear()  # the counters of tries
    made = an_empty_desk()
    made.send(ROWS)
    made.issued()
    return made


def test_month_is_read_and_disputed_without_any_script(
    month: Month, opened: Callable[..., Page], live_server: LiveServer
) -> None:
    client = Visitor(opened(java_script_enabled=False), live_server.url, month)
    page = client.page
    client.signs_in(CLIENT)
    client.sees_march()
    page.locator("table.hf-statement .hf-level-measured a").click()
    expect(page.get_by_role("heading", name="First response")).to_be_visible()
    page.get_by_role("link", name="L-2").click()
    expect(page).to_have_title(re.compile("^L-2, First response"))
    expect(page.locator("svg[role=img]").first).to_be_visible()
    page.get_by_role("link", name=re.compile("^First response, ")).click()
    page.get_by_role("link", name="Dispute a line…").click()
    page.get_by_label("Line").select_option(LEVEL)
    page.get_by_label("Why").fill("It was answered in time.")
    page.get_by_role("button", name="Dispute the line").click()
    expect(page.locator(".hf-head")).to_contain_text("disputed by Lumen")
    expect(page.get_by_text("It was answered in time.")).to_be_visible()


def test_file_is_brought_in_without_any_script(
    month: Month, opened: Callable[..., Page], live_server: LiveServer
) -> None:
    client = Visitor(opened(java_script_enabled=False), live_server.url, month)
    page = client.page
    client.signs_in(CLIENT)
    client.goes("records:send")
    page.get_by_label("File", exact=True).set_input_files(
        {"name": "late.csv", "mimeType": "text/csv", "buffer": LATE_MARCH}
    )
    page.get_by_role("button", name="Import").click()
    worked()
    page.reload()
    expect(page.get_by_role("heading", name="Report")).to_be_visible()
