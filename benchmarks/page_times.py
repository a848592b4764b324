"""Loads an engagement and asks for its pages; imported once the application is open."""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from benchmarks.crowded import CROWDED, QUIET, TICKETS_A_FILE, crowded_engagement
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from handfast.foundation.scope import entered
from handfast.journeys.sampling.loading import Loading, load_sample
from handfast.operate.queries.statements import statements_seen_by
from handfast.people.queries import actor_for, person_at

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from handfast.people.models import Person

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LEVEL = "resolution"


@dataclass(frozen=True, slots=True)
class Measured:
    """One page: its first answer in this process, the medians of the later ones by the clock and of both cores, its queries."""

    name: str
    first_ms: float
    median_ms: float
    worked_ms: float
    queries: int


def measured_pages(records: int, rows: int, runs: int) -> Iterator[Measured]:
    """Load the engagement by the rooms' own verbs, then ask for every page as the first person of the client."""
    sample = crowded_engagement(records=records, rows=rows)
    deal = load_sample(sample, Loading())
    person = person_at(sample.persons[0].email)
    if person is None:
        raise RuntimeError("the engagement was loaded without its first person")
    browser = Client()
    browser.force_login(person, backend=BACKEND)
    for name, address in _pages(deal, person, records, rows):
        yield measured(browser, name, address, runs)


def _pages(deal: UUID, person: Person, records: int, rows: int) -> list[tuple[str, str]]:
    """Each page by what it shows, with its address."""
    here = {"engagement": deal}
    actor = actor_for(person)
    with entered(actor.reach):
        made = statements_seen_by(actor, deal).get(period=CROWDED).pk
    level = reverse("operate:level", kwargs=here | {"made": made, "level": LEVEL})
    quiet, crowded = (reverse("operate:statement", kwargs=here | {"period": one}) for one in (QUIET, CROWDED))
    return [
        ("home", reverse("journeys:home")),
        ("overview", reverse("journeys:overview", kwargs=here)),
        (f"statement of {(rows - 1) * TICKETS_A_FILE:,} records", quiet),
        (f"statement of {records:,} records", crowded),
        ("service levels", reverse("operate:service_levels", kwargs=here)),
        (f"{records:,} records of a level", level),
        (f"one record of {records:,}", f"{level}records/T-{records // 2:06d}/"),
        (f"{rows} imports", reverse("records:imports", kwargs=here)),
        (f"{rows} adjustments", reverse("operate:adjustments", kwargs=here)),
        (f"{rows} persons", reverse("engagement:people", kwargs=here)),
        ("journal", reverse("journeys:journal", kwargs=here)),
    ]


def measured(browser: Client, name: str, address: str, runs: int) -> Measured:
    """One page, asked for again and again."""
    taken = [_milliseconds(browser, address) for _ in range(runs + 1)]
    with CaptureQueriesContext(connection) as asked:
        _milliseconds(browser, address)
    median, worked = (statistics.median(one[place] for one in taken[1:]) for place in (0, 1))
    return Measured(name, taken[0][0], median, worked, len(asked))


def _milliseconds(browser: Client, address: str) -> tuple[float, float]:
    """By the clock, and of the processor."""
    begun, worked = time.perf_counter(), time.process_time()
    answer = browser.get(address)
    taken, used = time.perf_counter() - begun, time.process_time() - worked
    if answer.status_code != 200:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    return taken * 1_000, used * 1_000
