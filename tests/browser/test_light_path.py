"""From the first sign-in of a small company to its first figure in ten minutes, and a standard deal brought in within the hour.

No clock is asked: the steps are counted, and what they would take a person is reckoned (`hand.py` names the model).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from playwright.sync_api import expect
from tests.browser.hand import Hand
from tests.contract.deal import TERMS
from tests.factories.cast import PASSWORD, make_cast

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from pytest_django.live_server_helper import LiveServer

pytestmark = pytest.mark.django_db(transaction=True)
MOST_LIGHT_STEPS, MOST_LIGHT_SECONDS = {"wide": 26, "narrow": 28}, 10 * 60
MOST_STANDARD_STEPS, MOST_STANDARD_SECONDS = 55, 60 * 60
HEADS = "Ticket ID,Status changed time,Status,Created time,Initial response time,Resolved time,Priority,Survey results"
CONTRACT = (
    ("Signed on", "2025-12-01"), ("Term starts", "2026-01-01"), ("Term ends", "2026-12-31"), ("Counts from", "2026-01-01"),
    ("Renewed for, months", "12"), ("Notice, months", "3"), ("Yearly value", "2400000"), ("Governing law", "Ontario, Canada"),
    ("Contact of the client", "Vendor office"), ("Contact of the provider", "Delivery office"), ("At the end", "It renews unless notice is given"),
)  # fmt: skip
WIDE, NARROW = {"width": 1440, "height": 1000}, {"width": 360, "height": 780}


def an_export() -> bytes:
    """Forty tickets of March 2026, every fourth answered late."""
    lines = [HEADS]
    for number in range(40):
        made = datetime(2026, 3, 2, 9) + timedelta(hours=17 * number)
        reply = made + timedelta(hours=30 if number % 4 == 0 else 1)
        told = (made, "Open", made, reply, reply + timedelta(hours=1))
        stamps = [one if isinstance(one, str) else f"{one:%Y-%m-%d %H:%M:%S}" for one in told]
        lines.append(",".join([str(number), *stamps, "Medium", ""]))
    return "\n".join(lines).encode() + b"\n"


@pytest.fixture
def hand(opened: Callable[..., Page], live_server: LiveServer, request: pytest.FixtureRequest) -> Hand:
    """Somebody who has never opened an engagement, signed in."""
    cache.clear()  # the counters of tries
    person = make_cast().stranger
    made = Hand(opened(viewport=getattr(request, "param", WIDE)))
    made.opens(f"{live_server.url}/accounts/login/")
    made.types("Work e-mail", person.email)
    made.types("Password", PASSWORD)
    made.clicks("Sign in", within=made.page.locator("body"))
    return made


def set_up(hand: Hand, size: str = "") -> None:
    """Light is proposed; another size is one click."""
    hand.follows("Set up an engagement")
    if size:
        hand.ticks(size)
    hand.types("Your organisation", "Elsewhere")
    hand.types("What it is called", "Danube Care")
    hand.types("Name of the engagement", "Customer Support")
    hand.clicks("Open the engagement")


@pytest.mark.parametrize("hand", [WIDE, NARROW], indirect=True, ids=["wide", "narrow"])
def test_small_company_comes_to_its_first_figure_in_ten_minutes(hand: Hand) -> None:
    set_up(hand)
    hand.follows("Add a source")
    hand.chooses("Export of", "freshdesk")
    hand.types("Name", "Help desk")
    hand.clicks("Add")
    hand.follows("Import a file")
    hand.sends("File", "tickets.csv", an_export())
    hand.clicks("Import")
    hand.waits("Digest of the rows")
    hand.goes_to("Overview")
    hand.follows("Write the terms")
    hand.clicks("Add the agreement")
    hand.clicks("Write the terms")
    hand.clicks("Propose to both sides")
    hand.types("Type 1, the number of the version", "1")
    hand.clicks("Put version 1 in force")
    hand.goes_to("Overview")
    hand.follows("Compute a month")
    hand.clicks("Compute a month")
    expect(hand.page.locator("main")).to_contain_text("First response")
    expect(hand.page.locator("main")).to_contain_text("%")
    is_wide = hand.page.viewport_size == WIDE
    assert len(hand.steps) <= MOST_LIGHT_STEPS["wide" if is_wide else "narrow"], "\n".join(hand.steps)
    assert hand.seconds < MOST_LIGHT_SECONDS, f"{hand.seconds:.0f} s: " + ", ".join(hand.steps)


def test_standard_deal_is_brought_in_within_the_hour(hand: Hand) -> None:
    set_up(hand, "Standard")
    hand.goes_to("Overview")
    hand.follows("Bring in its terms, a year of figures, issues and people")
    here = hand.page.url

    hand.follows("Fill it from a sheet")
    hand.pastes("Cells, as copied from the spreadsheet", "\n".join("\t".join(row) for row in CONTRACT))
    hand.clicks("Fill the form")
    hand.clicks("Write it down")

    hand.opens(here)
    hand.follows("Write the terms")
    hand.clicks("Add the agreement")
    hand.follows("Write terms")
    hand.clicks("Begin with an empty text")
    hand.pastes("The terms as YAML", TERMS)
    hand.clicks("Save")
    hand.clicks("Propose to both sides")
    hand.types("Type 1, the number of the version", "1")
    hand.clicks("Put version 1 in force")

    hand.opens(here)
    hand.follows("Bring in a sheet")
    months = [f"2026-{month:02d}\tFirst response\t9{month % 10}.5 %\t100" for month in range(1, 11)]
    hand.pastes("Rows, as copied from the spreadsheet", "\n".join(["Month\tKPI\tResult\tCredit", *months]))
    hand.clicks("See what becomes of them")
    hand.clicks("Bring in 10 figures")

    for register, rows in (("issues", "Title\nHeadsets drop\n"), ("actions", "Title\nSend the roster\n")):
        hand.opens(here)
        hand.follows(f"Take in {register}")
        hand.pastes("Rows, as copied from the spreadsheet", rows)
        hand.clicks("Read them")
        hand.ticks("Both sides")
        hand.clicks("See what becomes of them")
        hand.clicks("Take in 1 row")

    hand.opens(here)
    hand.follows("Take in the documents")
    hand.sends("Files", "refunds.md", b"# Refunds\n\nThe agent reads the order.\n")
    hand.clicks("Take them in")

    hand.opens(here)
    hand.follows("Invite the people")
    people = (
        "Marcus Tran\tmarcus.tran@elsewhere.example\tProcess owner",
        "Helen Osei\thelen.osei@elsewhere.example\tSponsor",
    )
    hand.pastes("Rows, as copied from the spreadsheet", "\n".join(people))
    hand.clicks("See what becomes of them")
    hand.clicks("Send 2 invitations")

    hand.opens(here)
    expect(hand.page.locator("main")).to_contain_text("All 8 steps of Customer Support are done.")
    assert len(hand.steps) <= MOST_STANDARD_STEPS, "\n".join(hand.steps)

    assert hand.seconds < MOST_STANDARD_SECONDS, f"{hand.seconds:.0f} s"
