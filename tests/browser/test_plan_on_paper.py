"""The plan on paper: one page wide, the head on every page, light whatever the screen is, and all of it."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from pypdf import PdfReader
from tests.browser.desk import CLIENT, Planner
from tests.browser.test_print import PAST_THE_EDGE
from tests.transition.programme import programme_of

from handfast.foundation.scope import entered
from handfast.transition.queries.plans import rows_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.django_db(transaction=True)
MILLIMETRE = 72 / 25.4


@pytest.mark.parametrize(("paper", "width", "height"), [("a4", 297, 210), ("a3", 420, 297)])
def test_plan_is_one_page_wide_and_every_page_has_its_head(
    paper: str, width: int, height: int, opened: Callable[..., Page], live_server: LiveServer
) -> None:
    cache.clear()  # the counters of tries
    programme = programme_of("standard")
    with entered(programme.client.reach):
        names = [one.name for one in rows_of(programme.plan()).activities]
    client = Planner(opened(color_scheme="dark"), live_server.url, programme)
    client.signs_in(CLIENT)
    client.page.goto(f"{client.url('transition:paper')}?paper={paper}")
    pages = PdfReader(io.BytesIO(client.page.pdf(prefer_css_page_size=True, print_background=True))).pages
    texts = [" ".join(one.extract_text().split()) for one in pages]
    assert {
        (round(one.mediabox.width / MILLIMETRE), round(one.mediabox.height / MILLIMETRE)) for one in pages
    } == {(width, height)}
    assert len(pages) > 1
    assert all("Activity Starts Ends Float" in one for one in texts)
    assert all(f"page {number} of {len(pages)}" in one for number, one in enumerate(texts, start=1))
    whole = "".join("".join(texts).split())
    assert [one for one in names if "".join(one.split()) not in whole] == []
    client.page.set_viewport_size({"width": 1047, "height": 700})
    client.page.emulate_media(media="print")
    assert client.page.evaluate(PAST_THE_EDGE) == []
    assert client.page.evaluate("getComputedStyle(document.body).getPropertyValue('--hf-surface')") == "#fff"
