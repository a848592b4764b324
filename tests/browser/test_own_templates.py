"""The pages of own templates fit a phone, and show a refused file with its lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories.cast import make_cast
from tests.transition.own import kept, with_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.django_db(transaction=True)
COOKIE = "handfast-session"


def test_pages_of_own_templates_fit_a_phone_and_tell_what_is_wrong_with_a_file(
    opened: Callable[..., Page], live_server: LiveServer, faults: list[str]
) -> None:
    cast = make_cast()
    actor = cast.actor(cast.owner)
    owner = Client()
    owner.force_login(cast.owner)
    session = owner.cookies[COOKIE].value
    own = None
    for wanted in ({"width": 360, "height": 800}, {"width": 1440, "height": 1000}):
        for scheme in ("light", "dark"):
            page = opened(viewport=wanted, color_scheme=scheme)
            page.context.add_cookies([{"name": COOKIE, "value": session, "url": live_server.url}])
            places = [reverse("transition:templates"), reverse("transition:make", args=[cast.engagement.pk])]
            if own is not None:
                places.append(reverse("transition:template", args=[own.pk]))
            for place in places:
                page.goto(live_server.url + place)
                width = page.evaluate("document.documentElement.scrollWidth")
                assert width <= wanted["width"], place
            if own is None:
                own = with_text(
                    actor,
                    kept(actor, "Support, small teams"),
                    ("Name one key contact each side", "Name two key contacts each side"),
                )
                kept(actor, "Back office with a second line and a very long name of its own", "standard")
    assert own is not None
    page.set_input_files(
        "input[name=file]",
        {
            "name": "own.yaml",
            "mimeType": "text/yaml",
            "buffer": b"content: transition_template\nsize: light\n",
        },
    )
    page.get_by_role("button", name="Put it in place").click()
    said = page.get_by_role("alert").inner_text()
    assert "The file was not taken, and nothing was changed." in said
    assert "own.yaml, line 1: version: is missing: write it" in said
    faults[:] = [one for one in faults if "422" not in one]
