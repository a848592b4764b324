"""A tracker is taken in without a script, on a wide page and on a narrow phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import expect
from tests.factories.cast import make_cast
from tests.governance.kept import written

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)
TRACKER = (
    "ID\tIssue\tStatus\tDue date\tAssigned to\tSeverity\n"
    "12\tHeadsets drop on VPN for agents who work from home\tOpen\t24/04/2099\tPriya Raman\tHigh\n"
    "13\tNo line to the second site\tParked\t25/04/2099\tNobody Known\tHigh\n"
    "14\t\tOpen\t\t\t\n"
    "15\tTone of macros is too informal\tOpen\t\t\tLow\n"
)
NARROW = {"viewport": {"width": 360, "height": 780}, "java_script_enabled": False}


@pytest.fixture
def register(opened_as: Callable[..., Page]) -> Callable[..., Page]:
    """Opens the register of issues as the client's owner; one issue stands in it."""
    cache.clear()
    cast = make_cast()
    written(cast, cast.owner, title="Tone of macros is too informal")

    def opening(**wanted: Any) -> Page:
        return opened_as(
            cast.owner, reverse("governance:entries", args=[cast.engagement.pk, "issues"]), **wanted
        )

    return opening


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def mapped(page: Page) -> None:
    page.get_by_role("link", name="Take in…").click()
    page.get_by_label("Rows, as copied").fill(TRACKER)
    page.get_by_role("button", name="Read them").click()
    expect(page.get_by_role("rowheader", name="Parked State")).to_be_visible()


@pytest.mark.parametrize("wanted", [{}, NARROW], ids=["wide", "narrow"])
def test_tracker_is_taken_in_by_hand(register: Callable[..., Page], wanted: dict[str, Any]) -> None:
    page = register(**wanted)
    mapped(page)
    assert fits(page)
    page.get_by_label("Parked means").select_option("In work")
    page.get_by_label("Days are written as").select_option("31/12/2026")
    page.get_by_label("An owner who is not found").select_option("leave the entry without an owner")
    page.get_by_label("Only Lumen").check()
    page.get_by_role("button", name="See what becomes of them").click()
    expect(page.get_by_text("Of 4 rows 3 are new, 1 is refused.")).to_be_visible()
    assert fits(page)
    page.get_by_role("button", name="Take in 3 rows").click()
    expect(page.get_by_text("I-own-3").first).to_be_visible()
