"""Two people in two browsers bring a month from a file to one number that both agreed to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import expect
from tests.browser.desk import CLIENT, LATE_MARCH, MARCH, PROVIDER, Visitor, an_empty_desk
from tests.factories.cast import PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.django_db(transaction=True)
REASON = "L-2 was answered within the hour; a late export shows it."
DIGEST = re.compile(r"^([0-9a-f]{8} ){7}[0-9a-f]{8}$")


@pytest.fixture
def sides(opened: Callable[..., Page], live_server: LiveServer) -> tuple[Visitor, Visitor]:
    """The client and the provider, each signed in by the page."""
    cache.clear()  # the counters of tries
    month = an_empty_desk()
    client, provider = (Visitor(opened(), live_server.url, month) for _ in range(2))
    client.signs_in(CLIENT)
    provider.signs_in(PROVIDER)
    return client, provider


def digest_on(visitor: Visitor) -> str:
    return visitor.page.locator(".hf-signature--digest .hf-mono").inner_text()


def test_file_becomes_a_month_that_both_sides_agreed_to(sides: tuple[Visitor, Visitor]) -> None:
    client, provider = sides
    client.sends(MARCH, "march.csv")
    expect(client.page.get_by_role("heading", name="Report")).to_be_visible()
    provider.computes_and_issues()

    client.sees_march()
    expect(client.page.locator(".hf-head")).to_contain_text("waits for Lumen")
    first = digest_on(client)
    client.page.get_by_role("link", name="Dispute a line…").click()
    client.page.get_by_label("Why").fill(REASON)
    client.page.get_by_role("button", name="Dispute the line").click()
    provider.sees_march()
    expect(provider.page.locator(".hf-head")).to_contain_text("disputed by Lumen")
    expect(provider.page.get_by_text(REASON)).to_be_visible()

    client.sends(LATE_MARCH, "late.csv")
    provider.computes_and_issues()
    expect(provider.page.locator(".hf-head")).to_contain_text("Revision 2, waits for Lumen")

    client.sees_march()
    second = digest_on(client)
    assert DIGEST.match(second)
    assert second != first
    client.page.get_by_role("link", name="Agree and sign…").click()
    amount = client.page.get_by_text(re.compile("^Type .* to confirm$")).inner_text().split()[1]
    client.page.get_by_label("to confirm").fill(amount)
    client.page.get_by_role("button", name="Sign", exact=True).click()
    client.page.get_by_text("is agreed and frozen").wait_for()
    provider.sees_march()
    for one in sides:
        expect(one.page.locator(".hf-head")).to_contain_text("agreed by both")
        assert digest_on(one) == second


def test_figure_opens_down_to_a_second_and_gives_the_focus_back(sides: tuple[Visitor, Visitor]) -> None:
    client, provider = sides
    client.sends(MARCH, "march.csv")
    provider.computes_and_issues()
    page = provider.page
    before = page.url
    figure = page.locator("table.hf-statement .hf-level-measured a")
    figure.click()
    drawer = page.locator("dialog[open]")
    expect(drawer.get_by_role("heading", name="First response")).to_be_focused()
    drawer.get_by_role("link", name="L-2").click()
    expect(drawer.get_by_role("heading", name="L-2")).to_be_focused()
    expect(drawer.locator("svg[role=img]").first).to_be_visible()
    expect(drawer).to_contain_text("6:00:01")
    assert page.url.endswith("/records/L-2/")
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    expect(figure).to_be_focused()
    assert page.url == before


def test_month_is_agreed_to_by_the_keyboard_alone(
    sides: tuple[Visitor, Visitor], opened: Callable[..., Page]
) -> None:
    sender, provider = sides
    sender.sends(MARCH, "march.csv")
    provider.computes_and_issues()
    page = opened()
    sender.page = page
    page.goto(
        f"{sender.base}{reverse('account_login')}?next={sender.url('operate:statement', period='2026-03').removeprefix(sender.base)}"
    )
    sender.tabs_to("#id_login")
    page.keyboard.type(CLIENT)
    sender.tabs_to("#id_password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/accounts/" not in url)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "hf-skip"
    page.keyboard.press("Enter")
    sender.tabs_to("a[href$='/agree/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/agree/")
    amount = page.get_by_text(re.compile("^Type .* to confirm$")).inner_text().split()[1]
    sender.tabs_to("#typed")
    page.keyboard.type(amount)
    page.keyboard.press("Enter")
    expect(page.get_by_text("is agreed and frozen")).to_be_visible()
