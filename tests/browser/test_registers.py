"""A register is written in, filtered and opened by keys; it needs no script, and fits a narrow phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import expect
from tests.browser.test_open_to_all import faults_of
from tests.factories.cast import make_cast
from tests.governance.kept import DUE, moved, written

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)
NARROW = {"width": 360, "height": 780}


@pytest.fixture
def kept(opened_as: Callable[..., Page]) -> Callable[..., Page]:
    """Opens the register of issues as the client's owner; three are in it, one of them the client's own."""
    cache.clear()
    cast = make_cast()
    first = written(cast, cast.owner, title="Headsets drop on VPN", owner_id=cast.delivery.pk, due_on=DUE)
    moved(cast, cast.owner, first, "in-work")
    written(
        cast, cast.delivery, minutes=1, title="Tone of German macros is too informal for enterprise customers",
        owner_id=cast.owner.pk, own={"severity": "high"}, tags=("macros",),
    )  # fmt: skip
    written(cast, cast.owner, minutes=2, is_own=True, title="Budget for a second trainer is not approved")

    def opening(**wanted: Any) -> Page:
        return opened_as(
            cast.owner, reverse("governance:entries", args=[cast.engagement.pk, "issues"]), **wanted
        )

    return opening


def test_issue_is_written_by_keys_alone_and_opened(kept: Callable[..., Page]) -> None:
    page = kept()
    page.keyboard.press("c")
    expect(page.get_by_role("textbox", name="Title")).to_be_focused()
    page.keyboard.type("Voicemail greeting names the old vendor")
    page.keyboard.press("Enter")
    expect(page.get_by_text("I-3 is written.")).to_be_visible()
    page.get_by_role("heading", level=1).click()  # away from the row, in which the next could be written
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Voicemail greeting names the old vendor")
    page.get_by_role("button", name="In work").click()
    expect(page.get_by_text("I-3 is “In work”.")).to_be_visible()


def test_register_is_filtered_and_written_in_without_script(kept: Callable[..., Page]) -> None:
    page = kept(java_script_enabled=False)
    page.get_by_role("combobox", name="State").select_option("in-work")
    page.get_by_role("button", name="Filter").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    page.get_by_role("textbox", name="Title").fill("Ours alone")
    page.locator(".hf-switch label", has_text="Only Lumen").click()
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_text("I-own-2 is written.")).to_be_visible()
    assert "state=in-work" in page.url


def test_view_is_saved_updated_removed_and_brought_back_without_script(kept: Callable[..., Page]) -> None:
    page = kept(java_script_enabled=False)
    page.get_by_role("combobox", name="Severity").select_option("high")
    page.get_by_role("button", name="Filter").click()
    page.get_by_text("Save this view…").click()
    page.get_by_role("textbox", name="Name").fill("High ones")
    page.get_by_role("combobox", name="For").select_option("everyone at Lumen")
    page.get_by_role("button", name="Save", exact=True).click()
    here = page.locator(".hf-tabs [aria-current]")
    expect(here).to_have_text("High ones 1")
    page.get_by_role("combobox", name="Severity").select_option("any")
    page.get_by_role("button", name="Filter").click()
    expect(here).to_have_text("High ones 1")
    page.get_by_role("button", name="Update “High ones”").click()
    expect(here).to_have_text("High ones 3")
    page.get_by_text("This view…").click()
    page.get_by_role("button", name="Remove the view").click()
    page.get_by_role("button", name="Undo").click()
    expect(here).to_have_text("High ones 3")


def test_form_of_a_view_shuts_nobody_out(kept: Callable[..., Page]) -> None:
    page = kept(bypass_csp=True)
    page.locator(".hf-tabs a", has_text="Open").click()
    page.get_by_role("combobox", name="Order").select_option("due")
    page.get_by_role("button", name="Filter").click()
    page.get_by_text("Save this view…").click()
    found = faults_of(page, "a view to save")
    assert not found, "\n".join(found)


def test_cells_are_edited_by_keys_taken_back_refused_and_left(
    kept: Callable[..., Page], faults: list[str]
) -> None:
    page = kept(bypass_csp=True)
    row = page.locator("tbody tr").nth(1)
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("e")
    state = page.get_by_label("State of I-2")
    expect(state).to_be_focused()
    state.select_option("resolved")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("I-2 cannot be “Resolved” without “Resolution”")
    faults.clear()  # the browser complains of every refusal
    found = faults_of(page, "a cell that was refused")
    assert not found, "\n".join(found)
    page.set_viewport_size({"width": 1440, "height": 1000})
    expect(state).to_be_focused()
    page.keyboard.press("Escape")
    expect(state).to_have_count(0)
    expect(row.locator("[data-edit]").first).to_be_focused()
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("e")  # the cell that has the focus
    due = page.get_by_label("Due of I-2")
    expect(due).to_be_focused()
    due.fill("2099-04-27")
    page.keyboard.press("Enter")
    expect(row).to_contain_text("27 Apr 2099")
    expect(page.get_by_role("status").filter(has_text="I-2: saved")).to_be_visible()
    expect(page.get_by_role("textbox", name="Title")).to_have_value("")
    page.get_by_role("button", name="Undo").click()
    expect(row).to_contain_text("no day")
    expect(page.get_by_text("I-2: taken back")).to_be_visible()
    expect(page.locator("tbody tr")).to_have_count(3)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_register_and_entry_fit_a_narrow_phone(kept: Callable[..., Page], scheme: str) -> None:
    page = kept(viewport=NARROW, color_scheme=scheme)
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    page.locator("tbody a").first.click()
    page.get_by_text("Amend…").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    expect(page.get_by_label("Resolution")).to_be_visible()
