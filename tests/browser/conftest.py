"""A real browser before a real server; what it complains about fails the test."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

    from handfast.people.models import Person


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The machine's own browser: nothing is downloaded."""
    found = shutil.which("chromium")
    assert found, "Chromium is not installed (Debian: apt-get install chromium)."
    # Playwright keeps a loop in this thread; Django would take every query of a fixture for one out of a coroutine.
    with pytest.MonkeyPatch.context() as told, sync_playwright() as playwright:
        told.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []  # the sandbox refuses to run as root
        browser = playwright.chromium.launch(executable_path=found, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def faults() -> list[str]:
    """What the browser complained about; a test that expects a complaint takes it out."""
    return []


@pytest.fixture
def opened(chromium: Browser, faults: list[str]) -> Iterator[Callable[..., Page]]:
    """Opens a page in a browser of its own. Script errors, refused loads and requests to other hosts fail the test when it ends."""
    contexts = []

    def _opened(**wanted: Any) -> Page:
        usual = {"viewport": {"width": 1440, "height": 1000}, "locale": "en-GB", "timezone_id": "UTC"}
        contexts.append(chromium.new_context(**(usual | wanted)))
        new = contexts[-1].new_page()
        new.set_default_timeout(10_000)
        new.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        new.on("pageerror", lambda fault: faults.append(str(fault)))
        new.on("request", lambda asked: None if _is_ours(asked.url) else faults.append(f"asked {asked.url}"))
        return new

    yield _opened
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def opened_as(opened: Callable[..., Page], live_server: LiveServer) -> Callable[..., Page]:
    """Opens an address of the server for a person who has signed in before."""

    def _opened_as(person: Person, address: str, **wanted: Any) -> Page:
        client = Client()
        client.force_login(person)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        new = opened(**wanted)
        new.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
        )
        new.goto(f"{live_server.url}{address}")
        return new

    return _opened_as


@pytest.fixture
def page(opened: Callable[..., Page]) -> Page:
    """A page of a new visitor."""
    return opened()


def _is_ours(url: str) -> bool:
    return url.startswith(("http://localhost:", "http://127.0.0.1:", "data:", "blob:"))
