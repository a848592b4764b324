"""In a real browser, under the policy of the house, nothing that was written into a field ever runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.urls import reverse
from tests.architecture.policy import PAGES
from tests.architecture.routes import pages
from tests.hostile.markup import words_in
from tests.hostile.payloads import OPENERS, VECTORS
from tests.hostile.poisoning import SIDES, a_poisoned_deal

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Dialog, Page
    from pytest_django.live_server_helper import LiveServer
    from tests.hostile.poisoning import Poisoned

pytestmark = pytest.mark.django_db(transaction=True)
COOKIE = "handfast-session"
# Downloads and what leads away are asked elsewhere.
UNSHOWN = (
    "_export",
    "yaml",
    "json",
    "body",
    "workbook",
    "bundle",
    "slide",
    "home",
    "join",
    "feed",
    "progress",
    "download",
    "snapshot",
)


def texts() -> list[str]:
    """Each vector once, each time behind another way out of where it stands."""
    return [f"{OPENERS[number % len(OPENERS)]}{one}" for number, one in enumerate(VECTORS)]


def opened_by(side: str, deal: Poisoned, page: Page, base: str) -> None:
    page.context.add_cookies([{"name": COOKIE, "value": deal.sessions[side], "url": base}])


def is_shown(name: str) -> bool:
    """Whether it is a page of the house that a browser shows."""
    return "GET" in PAGES.get(name, {}) and ":" in name and not name.endswith(UNSHOWN)


def addresses(deal: Poisoned, side: str) -> list[str]:
    values = deal.values(side)
    shown = [one for one in pages() if is_shown(one.name)]
    return [reverse(one.name, kwargs={key: values[key] for key in one.keys}) for one in shown]


def test_nothing_that_was_written_runs_in_a_browser(
    opened: Callable[..., Page], live_server: LiveServer, faults: list[str]
) -> None:
    cache.clear()
    deal = a_poisoned_deal()
    deal.leave(texts())

    def dismissed(dialog: Dialog) -> None:
        faults.append(f"a dialog: {dialog.message}")
        dialog.dismiss()

    hits, statuses, seen = [], [], ""
    for side in SIDES:
        page = opened()
        page.on("dialog", dismissed)
        opened_by(side, deal, page, live_server.url)
        for address in addresses(deal, side):
            answer = page.goto(f"{live_server.url}{address}")
            assert answer is not None
            assert "/accounts/login/" not in page.url
            statuses.append(answer.status)
            if (
                answer.status >= 400
            ):  # a page that this side may not open complains in the console of its status
                faults[:] = [one for one in faults if "Failed to load resource" not in one]
            if page.evaluate("window.__hit"):
                hits.append(address)
            seen += words_in(page.content())
    assert not hits
    assert statuses.count(200) > len(statuses) // 2
    assert any(text.strip()[:40] in seen for text in texts()), "no payload is shown anywhere"
