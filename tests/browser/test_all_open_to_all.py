"""Every page of the house, filled with all that there is, keeps the rules of WCAG that a machine can judge, and fits a phone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from tests.architecture.routes import pages
from tests.browser.test_open_to_all import faults_of
from tests.browser.test_payloads import COOKIE, is_shown
from tests.hostile.poisoning import a_poisoned_deal

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.django_db(transaction=True)
CLIENT = "client"
OK = 200
# What every run opens; the long runs open all that there is.
IN_EVERY_RUN = (
    "contract:milestones", "contract:summary", "contract:summary_sheet", "engagement:person_access", "evidence:document",
    "evidence:document_compare", "evidence:document_edit", "evidence:documents", "evidence:passage",
    "evidence:signature", "evidence:to_sign", "governance:entries", "governance:entry", "governance:take_in",
    "journeys:bring_in", "journeys:channels", "journeys:health", "journeys:people_several", "journeys:populations", "journeys:portfolio",
    "learning:certification", "learning:class", "learning:topic", "learning:topics", "learning:trainee",
    "packs:look", "packs:pack", "packs:packs", "people:away", "people:erase", "readiness:criterion", "readiness:dependencies", "readiness:gate", "readiness:readiness", "readiness:step", "readiness:steps", "records:process_map", "records:staff", "surveys:answer", "surveys:survey", "surveys:surveys",
    "transition:deliverable", "transition:deliverables",
)  # fmt: skip


def faults_in(names: set[str], scheme: str, opened: Callable[..., Page], base: str) -> tuple[list[str], int]:
    """What is wrong with these pages as the client sees them, and how many were opened."""
    cache.clear()  # the counters of tries
    deal = a_poisoned_deal()
    # axe comes in from outside, which the policy of the pages refuses.
    page = opened(color_scheme=scheme, bypass_csp=True)
    page.context.add_cookies([{"name": COOKIE, "value": deal.sessions[CLIENT], "url": base}])
    values, found, count = deal.values(CLIENT), list[str](), 0
    for one in pages():
        if one.name not in names:
            continue
        answer = page.goto(f"{base}{one.path(values)}")
        if answer is not None and answer.status == OK:
            found += faults_of(page, one.name)
            count += 1
    return found, count


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_every_room_shut_nobody_out(
    scheme: str, opened: Callable[..., Page], live_server: LiveServer
) -> None:
    found, count = faults_in(set(IN_EVERY_RUN), scheme, opened, live_server.url)
    assert not found, "\n".join(found)
    assert count == len(IN_EVERY_RUN)


@pytest.mark.soak
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_at_all_shuts_anybody_out(
    scheme: str, opened: Callable[..., Page], live_server: LiveServer
) -> None:
    names = {one.name for one in pages() if is_shown(one.name)}
    found, count = faults_in(names, scheme, opened, live_server.url)
    assert not found, "\n".join(found)
    assert count > len(names) // 2
