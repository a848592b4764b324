"""What was opened before stands in the palette, and is forgotten by the browser when nobody is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
KEPT = "localStorage.getItem('hf-recent')"


def test_what_was_opened_is_a_key_away_until_one_signs_out(opened_as: Callable[..., Page]) -> None:
    cache.clear()
    cast = make_cast()
    deal = cast.engagement.pk
    older = written(cast, cast.owner, title="Headsets").pk
    newer = written(cast, cast.owner, minutes=1, title="Chairs").pk
    page = opened_as(cast.owner, reverse("governance:entry", args=[deal, older]))
    base = page.url.split("/engagements/")[0]
    page.goto(base + reverse("governance:entry", args=[deal, newer]))
    page.keyboard.press("Control+k")
    options = page.get_by_role("listbox", name="Found").get_by_role("option")
    expect(options.first).to_contain_text("I-1 Headsets")  # the page that is open is not offered again
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Headsets")
    page.keyboard.press("Control+k")
    page.keyboard.type("Plan")
    expect(options.first).to_contain_text("Plan")
    page.keyboard.press("Escape")
    assert page.evaluate(KEPT).count("/entry/") == 2
    page.context.clear_cookies()
    page.goto(base + reverse("account_login"))
    assert page.evaluate(KEPT) is None
