"""A company's sign-in in a real browser, at a provider that runs beside it: the button, there and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache as kept
from django.urls import reverse
from tests.factories.cast import make_cast
from tests.factories.companies import provider_running

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from pytest_django.fixtures import SettingsWrapper
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("has_script", [True, False])
def test_button_leads_there_and_back_and_somebody_unknown_is_told_so(
    has_script: bool,
    opened: Callable[..., Page],
    live_server: LiveServer,
    settings: SettingsWrapper,
    faults: list[str],
) -> None:
    kept.clear()  # the counters of tries
    cast = make_cast()
    settings.HANDFAST_ADDRESS = live_server.url
    with provider_running() as provider:
        settings.HANDFAST_COMPANIES = (provider.company("lumen.example"),)
        page = opened(java_script_enabled=has_script)
        page.goto(f"{live_server.url}{reverse('people:account')}")
        page.get_by_role("button", name="Sign in with Lumen").click()
        page.wait_for_url(f"**{reverse('people:account')}")
        assert cast.owner.email in page.locator("main").inner_text()
        provider.told(claims={"sub": "employee-2", "email": "nobody@lumen.example"})
        stranger = opened(java_script_enabled=has_script)
        stranger.goto(f"{live_server.url}{reverse('account_login')}")
        stranger.get_by_role("button", name="Sign in with Lumen").click()
        stranger.wait_for_url("**/back/**")
        assert "Not signed in" in stranger.locator("main").inner_text()
        page.context.close()
        stranger.context.close()
    faults[:] = [one for one in faults if "403" not in one]  # the browser complains of the refusal itself
