"""Two people in two browsers move one plan: by keys and by mouse, at once or by asking the other side."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from playwright.sync_api import expect
from tests.browser.desk import CLIENT, PROVIDER, Planner
from tests.transition.programme import a_programme

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.django_db(transaction=True)
TONE, TASKS, LIVE = "Tone, macros", "List contact reasons", "Ready list all green"


@pytest.fixture
def sides(opened: Callable[..., Page], live_server: LiveServer) -> tuple[Planner, Planner]:
    """The client and the provider before the plan."""
    cache.clear()  # the counters of tries
    programme = a_programme()
    client, provider = (Planner(opened(), live_server.url, programme) for _ in range(2))
    for one, address in ((client, CLIENT), (provider, PROVIDER)):
        one.signs_in(address)
        one.goes("transition:plan")
    return client, provider


def test_keys_propose_what_moves_the_other_side_and_its_acceptance_moves_the_dates(
    sides: tuple[Planner, Planner],
) -> None:
    client, provider = sides
    before = [one.ends(TASKS) for one in sides]
    live_before = provider.ends(LIVE)
    client.row(TASKS).get_by_role("link").focus()
    for _ in range(4):
        client.page.keyboard.press("Alt+Shift+ArrowRight")
    preview = client.previewed()
    expect(preview).to_contain_text("to be accepted")
    assert client.page.locator(".hf-gantt-ghost").count() > 1
    assert [one.ends(TASKS) for one in sides] == before
    preview.get_by_label("Why").fill("The figures come late.")
    preview.get_by_role("button", name="Propose").click()
    expect(client.page.get_by_text("The change is proposed")).to_be_visible()
    assert client.ends(TASKS) == before[0]

    provider.goes("transition:changes")
    expect(provider.page.get_by_text("The figures come late.")).to_be_visible()
    provider.page.get_by_role("button", name="Accept").click()
    expect(provider.page.get_by_text("is answered")).to_be_visible()
    for one in sides:
        one.goes("transition:plan")
    assert client.ends(TASKS) == provider.ends(TASKS) != before[0]
    assert provider.ends(LIVE) != live_before


def test_mouse_moves_what_is_ones_own_at_once_and_undo_takes_it_back(
    sides: tuple[Planner, Planner],
) -> None:
    client, _ = sides
    before = client.ends(TONE)
    bar = client.bar(TONE)
    box = bar.bounding_box()
    assert box is not None
    client.page.mouse.move(box["x"] + 3, box["y"] + 4)
    client.page.mouse.down()
    client.page.mouse.move(box["x"] + 12, box["y"] + 4)
    client.page.mouse.move(box["x"] + 18, box["y"] + 4)
    client.page.mouse.up()
    preview = client.previewed()
    expect(preview).to_contain_text("Nothing else moves")
    preview.get_by_role("button", name="Move").click()
    expect(client.row(TONE).locator("td").nth(1)).not_to_have_text(before)
    client.page.get_by_role("button", name="Undo").click()
    expect(client.row(TONE).locator("td").nth(1)).to_have_text(before)


def test_escape_leaves_everything_as_it_was_and_gives_the_focus_back(sides: tuple[Planner, Planner]) -> None:
    client, _ = sides
    before, link = client.ends(TONE), client.row(TONE).get_by_role("link")
    link.focus()
    client.page.keyboard.press("Alt+ArrowRight")
    client.previewed()
    client.page.keyboard.press("Escape")
    expect(client.page.locator(".hf-effect, .hf-gantt-ghost")).to_have_count(0)
    expect(link).to_be_focused()
    assert client.ends(TONE) == before


def test_months_stay_in_sight_while_the_rows_pass_beneath(sides: tuple[Planner, Planner]) -> None:
    page = sides[0].page
    page.set_viewport_size({"width": 1440, "height": 420})
    top, months, title = (
        page.locator(one) for one in (".hf-top", ".hf-gantt-top", ".hf-gantt-table thead th >> nth=1")
    )

    def edges() -> list[int]:
        boxes = [one.bounding_box() for one in (top, months, title)]
        assert all(boxes)
        return [
            round(box["y"] + (box["height"] if place == 0 else 0)) for place, box in enumerate(boxes) if box
        ]

    bar, first, _ = edges()
    assert first > bar
    page.mouse.wheel(0, 700)
    expect(months).to_have_class("hf-gantt-top is-kept")
    bar, *heads = edges()
    assert all(abs(one - bar) <= 2 for one in heads), (bar, heads)
    page.mouse.wheel(0, -3_000)
    expect(months).to_have_class("hf-gantt-top")
    assert edges()[1] == first
