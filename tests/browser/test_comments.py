"""A comment is written by keys, a name chosen from those who can see it; it needs no script, and fits a narrow phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import expect
from tests.evidence.talks import commented
from tests.factories.cast import make_cast
from tests.governance.kept import written

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)
NARROW = {"width": 360, "height": 780}


@pytest.fixture
def talk(opened_as: Callable[..., Page]) -> Callable[..., Page]:
    """Opens an entry of both sides, with a comment of each audience, as the client's owner."""
    cache.clear()
    cast = make_cast()
    entry = written(cast, cast.owner, title="Headsets drop on VPN", text="Since Monday.")
    commented(
        cast, cast.delivery, entry, f"@{cast.owner.name} see https://desk.example/tickets/4711, please."
    )
    commented(cast, cast.owner, entry, "They will not hold the date.", audience="own", minutes=5)

    def opening(**wanted: Any) -> Page:
        return opened_as(
            cast.owner, reverse("governance:entry", args=[cast.engagement.pk, entry.pk]), **wanted
        )

    opening.cast = cast  # type: ignore[attr-defined]  # for the names
    return opening


def test_name_is_chosen_by_keys_from_those_who_see_the_comment(talk: Any) -> None:
    page, cast = talk(), talk.cast
    text = page.get_by_role("textbox", name="Comment")
    text.focus()
    page.keyboard.type(f"Ask @{cast.delivery.name[:3]}")
    expect(page.get_by_role("listbox", name="Who can see this")).to_be_hidden()
    page.locator("#comments").get_by_text("Both sides will see this").click()
    text.focus()
    page.keyboard.press("End")
    page.keyboard.press("Backspace")
    offered = page.get_by_role("listbox", name="Who can see this")
    expect(offered.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(text).to_have_value(f"Ask @{cast.delivery.name} ")
    expect(offered).to_be_hidden()
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.get_by_text(f"@{cast.delivery.name}", exact=True).last).to_be_visible()


def test_comment_is_written_without_script(talk: Any) -> None:
    page, cast = talk(java_script_enabled=False), talk.cast
    page.get_by_role("textbox", name="Comment").fill("By hand")
    page.get_by_role("combobox", name="Tell").select_option(str(cast.delivery.pk))
    page.locator("#comments").get_by_text("Both sides will see this").click()
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator(".hf-comment").last).to_contain_text(f"@{cast.delivery.name} By hand")


def test_file_is_attached_and_an_entry_linked_without_script(talk: Any) -> None:
    page, beside = talk(java_script_enabled=False), "#files"
    written(talk.cast, talk.cast.owner, title="Train the shift")
    page.get_by_text("Attach a file…").click()
    page.get_by_label("Files", exact=True).set_input_files(
        {"name": "desk.txt", "mimeType": "text/plain", "buffer": b"Since Monday\n"}
    )
    page.get_by_role("button", name="Attach", exact=True).click()
    expect(page.locator(beside).get_by_role("link", name="desk.txt")).to_be_visible()
    page.get_by_text("Link…").click()
    page.get_by_label("Number or address of what it is linked with").fill("I-2")
    page.get_by_role("button", name="Link", exact=True).click()
    page.locator(beside).get_by_role("link", name="I-2, Train the shift").click()
    expect(page.locator(beside).get_by_role("link", name="Headsets drop on VPN")).to_be_visible()


def test_talk_fits_a_narrow_phone(talk: Any) -> None:
    page = talk(viewport=NARROW)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    box = page.get_by_role("button", name="Comment", exact=True).bounding_box()
    assert box is not None
    assert box["height"] >= 44
