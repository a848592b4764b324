"""The first page that a visitor meets opens under the policy that every answer carries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.conf import settings

if TYPE_CHECKING:
    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.django_db(transaction=True)


def test_visitor_finds_the_way_to_sign_in(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/accounts/login/")
    assert page.locator("input[type=password]").count() == 1


def test_stranger_is_refused_at_the_door(page: Page, live_server: LiveServer) -> None:
    page.goto(f"{live_server.url}/accounts/login/")
    page.locator("input[name=login]").fill("stranger@nobody.example")
    page.locator("input[type=password]").fill("not the password of anybody")
    page.locator("input[type=password]").press("Enter")
    page.wait_for_load_state()
    assert "/accounts/login/" in page.url
    assert settings.SESSION_COOKIE_NAME not in {cookie["name"] for cookie in page.context.cookies()}


def test_inline_script_is_not_run_by_the_browser(
    page: Page, live_server: LiveServer, faults: list[str]
) -> None:
    page.goto(f"{live_server.url}/accounts/login/")
    ran = page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.wasRun = true";
            document.body.append(script);
            return window.wasRun === true;
        }"""
    )
    assert ran is False
    assert "violates the following Content Security Policy directive 'script-src" in faults.pop()
