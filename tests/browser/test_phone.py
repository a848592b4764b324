"""At 390 pixels a month is signed from a bar that stays, a record leads with what counts and why, and figures stand in a column."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from playwright.sync_api import expect
from tests.browser.desk import CLIENT, LEVEL, Visitor, an_empty_desk
from tests.operate.month import ROWS, Month

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Locator, Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def client(opened: Callable[..., Page], live_server: LiveServer) -> Visitor:
    cache.clear()  # the counters of tries
    month: Month = an_empty_desk()
    month.send(ROWS)
    month.issued()
    visitor = Visitor(opened(viewport=PHONE), live_server.url, month)
    visitor.signs_in(CLIENT)
    return visitor


def top(one: Locator) -> float:
    box = one.bounding_box()
    assert box
    return box["y"]


def right(one: Locator) -> float:
    box = one.bounding_box()
    assert box
    return box["x"] + box["width"]


def test_signing_bar_stands_at_the_bottom_with_the_other_signature_and_leads_to_signing(
    client: Visitor,
) -> None:
    client.sees_march()
    bar = client.page.get_by_role("group", name="Sign")
    for _ in range(2):  # before the page is scrolled, and after
        box = bar.bounding_box()
        assert box
        assert round(box["y"] + box["height"]) == PHONE["height"]
        client.page.mouse.wheel(0, 400)
        client.page.wait_for_timeout(100)
    expect(bar).to_contain_text("Danube Care")
    expect(bar).to_contain_text("signed")
    (sign,) = client.page.get_by_role("link", name="Agree and sign…").all()
    sign.click()
    expect(client.page.get_by_role("heading", name="Agree and sign")).to_be_visible()


def test_total_and_levels_come_before_signatures_and_those_before_the_other_forms(client: Visitor) -> None:
    client.sees_march()
    page = client.page
    levels = top(page.get_by_role("heading", name=re.compile("^Levels")))
    signatures = top(page.get_by_role("region", name="Signatures"))
    assert levels < signatures < top(page.get_by_role("link", name="JSON").last)
    expect(page.get_by_role("link", name="JSON")).to_have_count(1)


def test_record_leads_with_what_counts_and_why_and_its_picture_says_that_it_goes_on(client: Visitor) -> None:
    client.goes("operate:level", made=made(client), level=LEVEL)
    page = client.page
    page.get_by_role("link", name="L-2").click()
    segments, picture = page.locator(".hf-segments"), page.locator(".hf-tl-scroll")
    segments.wait_for()
    assert top(segments) < top(picture)
    for one in page.locator(".hf-segment-why").all() + page.locator(".hf-segments tbody .hf-num").all():
        assert right(one) <= PHONE["width"]
    expect(page.get_by_text("The picture goes on to the side.")).to_be_visible()
    assert picture.evaluate("one => one.scrollWidth > one.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_figures_of_the_overview_stand_in_one_column(client: Visitor) -> None:
    client.goes("journeys:overview")
    figures = client.page.locator(".hf-glance td:nth-child(3)").all()
    assert figures
    assert len({round(right(one)) for one in figures}) == 1
    for one in figures:
        assert right(one) < PHONE["width"] - 100


def made(client: Visitor) -> str:
    """The id of the month, as its own page links to it."""
    client.sees_march()
    link = client.page.locator(".hf-phone-value a").first.get_attribute("href")
    assert link
    return link.split("/statements/")[1].partition("/")[0]
