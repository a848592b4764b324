"""A month on paper: every page says whose it is and which, heads repeat, and nothing is cut at the right."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from pypdf import PdfReader
from tests.browser.desk import CLIENT, PROVIDER, Visitor
from tests.operate.month import POOL, Month, a_month
from tests.operate.queries.test_revising import LATE, MORE, OUTAGE, REVOKED, WORLD, accepted, after, proposed

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.django_db(transaction=True)
LEVELS = 30
ADJUSTMENTS = 24
LEVEL = "  first_response: {name: First response, service: tickets, measure: first_response, "
# A4 less its margins of 14 mm, in pixels of 96 to the inch.
PAPER = {"width": 687, "height": 1000}
PAST_THE_EDGE = """() => [...document.querySelectorAll("main *:not(.hf-only-read)")].filter(one => {
    const box = one.getBoundingClientRect();
    return box.width && (box.right > innerWidth + 1 || (one.scrollWidth > one.clientWidth + 1
        && getComputedStyle(one).overflowX === "hidden"));
}).map(one => one.outerHTML.slice(0, 120))"""


def printed_world() -> Month:
    """A month of many levels with long names, and a revision with many causes: several pages of each."""
    more = [
        f"  level_{n}: {{name: A response to whoever asks number {n}, service: tickets, measure: first_response, expected: 92 %, minimum: 70 %}}"
        for n in range(LEVELS)
    ]
    month = a_month(WORLD.replace(POOL, "\n".join(more) + "\n" + POOL))
    month.send(MORE)
    month.issued()
    month.send(LATE, after(1))
    accepted(month, REVOKED, after(2))
    for place in range(ADJUSTMENTS):
        proposed(month, OUTAGE, after(3 + place))
    month.issued(at=after(60))
    return month


@pytest.fixture
def month() -> Month:
    cache.clear()  # the counters of tries
    return printed_world()


def printed(page: Page) -> list[str]:
    """The text of each page of paper."""
    reader = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    return [" ".join(one.extract_text().split()) for one in reader.pages]


def test_every_page_says_digest_revision_audience_and_its_number(
    month: Month, opened: Callable[..., Page], live_server: LiveServer
) -> None:
    client = Visitor(opened(color_scheme="dark"), live_server.url, month)
    client.signs_in(CLIENT)
    client.sees_march()
    digest = (
        client.page.locator(".hf-signature--digest .hf-mono").inner_text().replace(" ", "").replace("\n", "")
    )
    pages = printed(client.page)
    assert len(pages) > 2
    for number, text in enumerate(pages, start=1):
        assert f"page {number} of {len(pages)}" in text
        assert f"revision 2, SHA-256 {digest}" in text
        assert "Lumen and Danube Care" in text


def test_heads_repeat_on_every_page_of_a_table(
    month: Month, opened: Callable[..., Page], live_server: LiveServer
) -> None:
    client = Visitor(opened(), live_server.url, month)
    client.signs_in(CLIENT)
    client.sees_march()
    pages = printed(client.page)
    with_lines = [text for text in pages if "A response to whoever asks number" in text]
    with_causes = [text for text in pages if "proposed, time excluded" in text]
    assert min(len(with_lines), len(with_causes)) > 1
    assert all("Minimum Expected" in text for text in with_lines if "share within" in text)
    assert all("Cause Service level" in text for text in with_causes)


def test_nothing_is_cut_at_the_right_edge_of_the_paper(
    month: Month, opened: Callable[..., Page], live_server: LiveServer
) -> None:
    client = Visitor(opened(viewport=PAPER), live_server.url, month)
    client.signs_in(CLIENT)
    client.sees_march()
    client.page.emulate_media(media="print")
    assert client.page.evaluate(PAST_THE_EDGE) == []
    assert any("Credit to Lumen" in text and "Working Credit, CAD" in text for text in printed(client.page))


def test_draft_on_paper_says_who_alone_reads_it(
    month: Month, opened: Callable[..., Page], live_server: LiveServer
) -> None:
    month.send((("L-9", "2026-03-12T09:00:00", "created"),), after(70))
    month.drafted(month.provider, at=after(80))
    provider = Visitor(opened(), live_server.url, month)
    provider.signs_in(PROVIDER)
    provider.page.goto(provider.url("operate:statement", period="2026-03") + "?draft=1")
    for text in printed(provider.page):
        assert "Only Danube Care" in text
        assert "draft, SHA-256" in text
