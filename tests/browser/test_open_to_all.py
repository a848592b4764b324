"""Pages keep the rules of WCAG that a machine can judge, light and dark, and fit a desk and a phone."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache as kept
from django.urls import reverse
from tests.browser.desk import CLIENT, LEVEL, Planner, Visitor, an_empty_desk
from tests.factories.cast import PASSWORD
from tests.operate.month import ROWS, Month
from tests.transition.programme import a_programme

from handfast.engagement.actions.inviting import invite_to_side
from handfast.foundation.models import Contents
from handfast.foundation.scope import entered
from handfast.people.queries import link_secret
from handfast.records.models import Upload

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer
    from tests.transition.programme import Programme

pytestmark = pytest.mark.django_db(transaction=True)
AXE = Path(__file__).resolve().parents[2] / "node_modules/axe-core/axe.min.js"
WIDTHS = (1440, 360)
OWN_PAGES = (
    "journeys:home", "journeys:notices", "people:account", "people:organisation", "engagement:list", "engagement:new",
    "transition:work", "people:mail", "journeys:own_data", "journeys:keys", "journeys:palette",
    "account_change_password", "mfa_index", "mfa_list_webauthn", "usersessions_list",
)  # fmt: skip
FAULTS_OF_AXE = """async () => (await axe.run()).violations.flatMap(one => one.nodes.map(
    node => `${one.id}: ${node.target} ${node.failureSummary.split("\\n")[1] ?? ""}`))"""
# What scrolls of its own accord may be wider than the screen; the page and the drawer may not.
TOO_WIDE = """() => {
    const scrolls = one => one !== document.body && getComputedStyle(one).overflowX === "auto" && !one.matches(".hf-drawer-inner");
    const isPast = one => one.getBoundingClientRect().right > innerWidth + 1;
    const within = one => one && (scrolls(one) || within(one.parentElement));
    const outer = [document.documentElement, ...document.querySelectorAll(".hf-drawer-inner")];
    if (outer.every(one => one.scrollWidth <= one.clientWidth)) return [];
    const past = [...document.querySelectorAll("body *")].filter(one => isPast(one) && !within(one.parentElement));
    return [`too wide: ${past.slice(0, 4).map(one => one.outerHTML.slice(0, 90)).join(", ")}`];
}"""


@cache
def axe() -> str:
    return AXE.read_text(encoding="utf-8")


def faults_of(page: Page, name: str) -> list[str]:
    """What axe finds, and what does not fit, at both widths."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(axe())
        found += [f"{name} at {width}: {one}" for one in page.evaluate(FAULTS_OF_AXE)]
        found += [f"{name} at {width}: {one}" for one in page.evaluate(TOO_WIDE)]
    return found


def places(month: Month) -> list[tuple[str, dict[str, object]]]:
    """The pages of an engagement that holds a month, its file and its terms."""
    statement = month.issued()
    with entered(month.client.reach):
        upload = Upload.objects.get()
        begun = Contents.objects.get(space_id=statement.space_id, entry__sequence=1).pk
    made: dict[str, object] = {"made": statement.pk, "level": LEVEL}
    terms: dict[str, object] = {"agreement": month.bargain.agreement.pk}
    return [
        ("journeys:overview", {}),
        ("journeys:journal", {}),
        ("journeys:entry", {"entry": begun}),
        ("operate:service_levels", {}),
        ("operate:reported", {}),
        ("operate:statements", {}),
        ("operate:statement", {"period": "2026-03"}),
        ("operate:level", made),
        ("operate:record", made | {"record": "L-2"}),
        ("operate:agree", {"statement": statement.pk}),
        ("operate:dispute", {"statement": statement.pk}),
        ("operate:adjustments", {}),
        ("operate:propose", {}),
        ("records:imports", {}),
        ("records:send", {}),
        ("records:sources", {}),
        ("records:source_new", {}),
        ("records:upload", {"upload": upload.pk}),
        ("contract:agreements", {}),
        ("contract:terms", terms),
        ("contract:version", terms | {"number": 1}),
        ("contract:versions", terms),
        ("contract:calendar", terms | {"number": 1}),
        ("engagement:people", {}),
        ("engagement:invite", {}),
        ("engagement:settings", {}),
        ("contract:draft", terms),
    ]


def link_of(month: Month) -> str:
    """The secret of an invitation that somebody new opens."""
    client = month.client
    with entered(client.reach):
        deal = month.bargain.cast.engagement
        sent = invite_to_side(
            client, deal, email="new@lumen.example", side="client", roles=["reader"], at=datetime.now(UTC)
        )
    return link_secret(sent.pk)


def faults_of_second_step(page: Page, base: str) -> list[str]:
    """The pages of a second step, and the one that asks for the password before them."""
    page.goto(f"{base}{reverse('mfa_activate_totp')}")
    found = faults_of(page, "account_reauthenticate")
    page.get_by_label("Password").fill(PASSWORD)
    page.locator("button.hf-button--ink").click()
    page.wait_for_url("**/totp/activate/")
    for name in ("mfa_activate_totp", "mfa_add_webauthn"):
        page.goto(f"{base}{reverse(name)}")
        found += faults_of(page, name)
    return found


def places_of_plan(programme: Programme) -> list[tuple[str, dict[str, object]]]:
    """The pages of a plan with a proposal that waits."""
    with entered(programme.client.reach):
        tasks, tone = programme.activity("prepare.tasks").pk, programme.activity("write.tone").pk
        programme.propose(programme.client, "prepare.tasks", likely="9d", high="9d")
    return [
        ("transition:plan", {}),
        ("transition:activity", {"activity": tasks}),
        ("transition:effect", {"activity": tone}),
        ("transition:paper", {}),
        ("transition:add", {}),
        ("transition:link", {"activity": tone}),
        ("transition:changes", {}),
        ("transition:frame", {}),
        ("transition:grow", {}),
        ("transition:outlook", {}),
        ("transition:demand", {}),
        ("transition:year", {}),
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_of_the_plan_shuts_anybody_out(
    scheme: str, opened: Callable[..., Page], live_server: LiveServer
) -> None:
    kept.clear()  # the counters of tries
    programme = a_programme()
    shown = places_of_plan(programme)
    client = Planner(opened(color_scheme=scheme, bypass_csp=True), live_server.url, programme)
    client.signs_in(CLIENT)
    found: list[str] = []
    for name, words in shown:
        client.goes(name, **words)
        found += faults_of(client.page, name)
    client.page.set_viewport_size({"width": 1440, "height": 900})
    client.goes("transition:plan")
    client.row("Tone, macros").get_by_role("link").click()
    client.page.locator(".hf-plan-aside .hf-why").wait_for()
    found += faults_of(client.page, "why, beside the picture")
    client.page.set_viewport_size({"width": 1440, "height": 900})
    client.row("List contact reasons").get_by_role("link").focus()
    client.page.keyboard.press("Alt+Shift+ArrowRight")
    client.previewed()
    found += faults_of(client.page, "what a move does, beside the picture")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_shuts_anybody_out(scheme: str, opened: Callable[..., Page], live_server: LiveServer) -> None:
    kept.clear()  # the counters of tries
    month = an_empty_desk()
    month.send(ROWS)
    shown, invited = places(month), link_of(month)
    # axe comes in from outside, which the policy of the pages refuses.
    client = Visitor(opened(color_scheme=scheme, bypass_csp=True), live_server.url, month)
    page = client.page
    page.goto(f"{live_server.url}{reverse('account_login')}")
    assert page.locator("html").get_attribute("data-bs-theme") == scheme
    found = faults_of(page, "sign in")
    page.goto(f"{live_server.url}{reverse('engagement:join', args=[invited])}")
    found += faults_of(page, "join")
    client.signs_in(CLIENT)
    for name in OWN_PAGES:
        page.goto(f"{live_server.url}{reverse(name)}")
        found += faults_of(page, name)
    found += faults_of_second_step(page, live_server.url)
    for name, words in shown:
        client.goes(name, **words)
        found += faults_of(page, name)
    page.set_viewport_size({"width": 1440, "height": 900})
    client.sees_march()
    page.locator("table.hf-statement .hf-level-measured a").click()
    page.locator("dialog[open]").get_by_role("link", name="L-2").click()
    page.locator("dialog[open] svg[role=img]").first.wait_for()
    found += faults_of(page, "drawer")
    assert not found, "\n".join(found)
