"""What the tests of the way begin with: a client and a provider with terms agreed, a source still empty, and their hands."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from tests.contract.deal import TERMS, bargain_of
from tests.factories.cast import PASSWORD, make_cast
from tests.operate.month import AT, LATE, MAPPING, POOL, ROWS, Month, as_csv
from tests.records.deal import work

from handfast.records.actions import add_source

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page
    from tests.transition.programme import Programme

CLIENT = "priya.raman@lumen.example"
PROVIDER = "jovana.petrovic@danubecare.example"
# Missed under the office hours of the terms, whatever comes late.
MISSED = (("L-4", "2026-03-10T08:00:00", "created"), ("L-4", "2026-03-11T08:00:00", "first_reply"))
MARCH = as_csv((*ROWS, *MISSED))
LATE_MARCH = as_csv(LATE)
LEVEL = "first_response"


def an_empty_desk() -> Month:
    """Terms with a pool agreed by both, and a source without a file."""
    cast = make_cast()
    bargain = bargain_of(cast)
    bargain.agreed(TERMS + POOL)
    source = add_source(bargain.client, cast.engagement, key="desk", name="Help desk", mapping=MAPPING, at=AT)
    return Month(bargain, source)


def worked() -> None:
    """The worker does what is due by now."""
    work(datetime.now(UTC))


class Visitor:
    """Somebody before a page."""

    def __init__(self, page: Page, base: str, month: Month) -> None:
        self.page = page
        self.base = base
        self.engagement = month.bargain.cast.engagement.pk
        self.agreement = month.bargain.agreement.pk

    def url(self, name: str, **words: object) -> str:
        return self.base + reverse(name, kwargs={"engagement": self.engagement, **words})

    def goes(self, name: str, **words: object) -> None:
        answer = self.page.goto(self.url(name, **words))
        assert answer is not None
        assert answer.status == 200, answer.text()[:2000]

    def sees_march(self) -> None:
        self.goes("operate:statement", period="2026-03")

    def signs_in(self, address: str) -> None:
        self.page.goto(f"{self.base}{reverse('account_login')}")
        self.page.get_by_label("Work e-mail").fill(address)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        self.page.wait_for_url(lambda url: "/accounts/login/" not in url)

    def sends(self, data: bytes, name: str) -> None:
        """Brings a file in by the page, and waits until it says what came of it."""
        self.goes("records:send")
        self.page.get_by_label("File", exact=True).set_input_files(
            {"name": name, "mimeType": "text/csv", "buffer": data}
        )
        self.page.get_by_role("button", name="Import").click()
        self.page.wait_for_url("**/uploads/**")
        self.page.get_by_text("You may leave; a notice comes").wait_for()
        worked()
        self.page.get_by_text("Digest of the rows").wait_for()

    def computes_and_issues(self) -> None:
        """Computes March into the own draft and hands it over."""
        self.goes("operate:statements")
        self.page.get_by_label("Month").fill("2026-03")
        self.page.get_by_role("button", name="Compute a month").click()
        self.page.get_by_role("button", name="Issue…").click()
        self.page.get_by_text("is issued").wait_for()

    def tabs_to(self, selector: str) -> None:
        """Reaches something by the keyboard alone."""
        for _ in range(120):
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no key leads to {selector}")


class Planner(Visitor):
    """Somebody before the plan of an engagement."""

    def __init__(self, page: Page, base: str, programme: Programme) -> None:
        self.page = page
        self.base = base
        self.engagement = programme.cast.engagement.pk

    def row(self, name: str) -> Locator:
        """The activity's row in the list beside the picture."""
        return self.page.locator("tr[data-activity]").filter(has_text=name)

    def bar(self, name: str) -> Locator:
        """The activity's bar in the picture."""
        activity = self.row(name).get_attribute("data-activity")
        return self.page.locator(f'.hf-gantt-item[data-activity="{activity}"] .hf-gantt-bar')

    def ends(self, name: str) -> str:
        return self.row(name).locator("td").nth(1).inner_text()

    def previewed(self) -> Locator:
        """What the server says that a move would do."""
        found = self.page.locator(".hf-plan-aside .hf-effect")
        found.wait_for()
        return found
