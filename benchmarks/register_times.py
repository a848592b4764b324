"""Fills a register and asks for its list, its filters and its files; imported once the application is open."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from benchmarks.page_times import BACKEND, Measured, measured
from django.test import Client
from django.urls import reverse
from tests.factories.cast import make_cast

from handfast.foundation.scope import entered
from handfast.governance.actions import save_view
from handfast.governance.models import RegisterEntry
from handfast.governance.queries.asked import Asked
from handfast.governance.queries.views import ViewSaid
from handfast.governance.registers import REGISTERS
from handfast.people.queries import own_space_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.factories.cast import Cast

AT = datetime(2026, 4, 16, 9, 12, tzinfo=UTC)
ISSUES = REGISTERS["issues"]
A_BATCH = 1_000
OWNED_EVERY = 10


def measured_register(entries: int, runs: int) -> Iterator[Measured]:
    """Pages of a register with so many entries, as the client's first person asks for them."""
    cast = make_cast()
    _fill(cast, entries)
    browser = Client()
    browser.force_login(cast.owner, backend=BACKEND)
    here = reverse("governance:entries", args=[cast.engagement.pk, ISSUES.key])
    asked = {
        "the list": "",
        "its last page": f"?page={entries // 50}",
        "open, due first": "?state=any-open&sort=due",
        "severe ones, the highest first": "?choice=severe&sort=level",
        "owned by the reader, overdue": f"?owner={cast.owner.pk}&overdue=1",
        "by words that few have": "?text=4711",
        "by words that all have": "?text=headset",
    }
    for name, query in asked.items():
        yield measured(browser, name, here + query, runs)
    _save_views(cast)
    yield measured(browser, "the list, with eight saved views", here, runs)
    yield measured(browser, "needs me", reverse("journeys:home"), runs)
    search = reverse("journeys:palette")
    yield measured(browser, "search, a word that few say", f"{search}?q=4711", runs)
    yield measured(browser, "search, a word that all say", f"{search}?q=headset", runs)
    yield measured(browser, "portfolio", reverse("journeys:portfolio"), runs)


def _save_views(cast: Cast) -> None:
    """As many as are counted beside their names; one of them asks for an own field, and is not."""
    actor = cast.actor(cast.owner)
    with entered(actor.reach):
        space = own_space_of(actor, cast.engagement.pk)
        asked = [
            Asked(state=one.key, owner=owner) for one in ISSUES.states for owner in ("", str(cast.owner.pk))
        ]
        for number, one in enumerate(
            [*asked[:5], Asked(side="provider"), Asked(seen="own"), Asked(choice="severe")]
        ):
            save_view(actor, space, register=ISSUES, said=ViewSaid(f"View {number}", one), at=AT)


def _fill(cast: Cast, entries: int) -> None:
    """Rows as the verb writes them; written one by one they would take half an hour, and no other figure changes."""
    actor, levels = cast.actor(cast.owner), [key for key, _ in ISSUES.own[0].choices]
    with entered(actor.reach):
        rows = (
            RegisterEntry(
                space_id=cast.engagement.space_id, engagement=cast.engagement, register=ISSUES.key, number=number,
                title=f"The headset of desk {number} drops calls", text="It begins after an hour. " * 8,
                state=ISSUES.states[number % 4 and number % 3].key, is_done=ISSUES.states[number % 4 and number % 3].is_done,
                owner_id=cast.owner.pk if number % OWNED_EVERY == 0 else None,
                due_on=AT.date() + timedelta(days=number % 200 - 100), own={"severity": levels[number % len(levels)]},
                created_at=AT - timedelta(minutes=entries - number), created_by_id=actor.person,
                changed_at=AT - timedelta(minutes=entries - number), changed_by_id=actor.person,
            )
            for number in range(1, entries + 1)
        )  # fmt: skip
        RegisterEntry.objects.bulk_create(rows, batch_size=A_BATCH)
