"""The keys of a register: only those that work are named, and the focus goes along with the row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from playwright.sync_api import expect
from tests.browser.desk import CLIENT, Visitor, an_empty_desk

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer
    from tests.operate.month import Month

pytestmark = pytest.mark.django_db(transaction=True)
HERE = "document.activeElement.closest('tr').rowIndex"


@pytest.fixture
def month() -> Month:
    cache.clear()  # the counters of tries
    return an_empty_desk()


def test_keys_that_do_nothing_in_a_list_are_not_named_and_the_focus_follows(
    month: Month, opened: Callable[..., Page], live_server: LiveServer
) -> None:
    client = Visitor(opened(), live_server.url, month)
    client.signs_in(CLIENT)
    client.goes("engagement:people")
    page = client.page
    expect(page.locator(".hf-keys")).to_be_visible()
    named = [one.inner_text() for one in page.locator(".hf-keys kbd").all() if one.is_visible()]
    assert named == ["J", "K"]
    page.keyboard.press("j")
    assert page.evaluate(HERE) == 1
    page.keyboard.press("j")
    assert page.evaluate(HERE) == 2
    page.keyboard.press("k")
    assert page.evaluate(HERE) == 1
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")
    page.keyboard.press("?")
    switch = page.get_by_label("Keys of one letter do something")
    expect(switch).to_be_checked()
    switch.uncheck()
    page.keyboard.press("Escape")
    client.goes("engagement:people")
    expect(page.locator(".hf-keys")).to_be_hidden()
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement === document.body")
    page.keyboard.press("?")
    expect(switch).to_be_hidden()
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox")).to_be_focused()


def test_no_key_is_named_where_no_script_runs(
    month: Month, opened: Callable[..., Page], live_server: LiveServer
) -> None:
    client = Visitor(opened(java_script_enabled=False), live_server.url, month)
    client.signs_in(CLIENT)
    client.goes("engagement:people")
    expect(client.page.locator(".hf-keys")).to_be_hidden()
