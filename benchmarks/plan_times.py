"""Makes a broad plan by the room's own verbs and times its answers; imported once the application is open."""

from __future__ import annotations

import statistics
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from benchmarks.page_times import BACKEND
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.cast import make_cast

from handfast.foundation.scope import entered
from handfast.transition.actions import date_now, make_plan
from handfast.transition.models import Activity, Plan
from handfast.transition.reading.templates import Template, TemplateActivity, TemplateLink, TemplateStep
from handfast.transition.web.views import activities as activities_views

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import ModuleType

AT = datetime(2026, 4, 16, 9, 12, tzinfo=UTC)
STEPS = 20
LEADS = ("client", "provider", "joint", "client", "provider", "either")
CALENDARS = {
    "client": {
        "zone": "America/Toronto",
        "hours": {"mon-fri": ["09:00-17:00"]},
        "holidays": {"country": "CA"},
    },
    "provider": {
        "zone": "Europe/Belgrade",
        "hours": {"mon-fri": ["09:00-17:00"]},
        "holidays": {"country": "RS"},
    },
}


@dataclass(frozen=True, slots=True)
class Measured:
    """One answer: medians by the clock and of both cores, its queries, and what it sends."""

    name: str
    median_ms: float
    worked_ms: float
    queries: int
    kilobytes: int


def broad_template(activities: int) -> Template:
    """Steps side by side; within each, activities in a chain, and every tenth waits for the step before too."""
    each = activities // STEPS
    steps = tuple(
        TemplateStep(f"s{n}", n + 1, f"Step {n + 1}", LEADS[n % 3], "", (), (), (), "", ())
        for n in range(STEPS)
    )
    return Template("complex", "Broad", "", steps, tuple(_broad(n, each) for n in range(each * STEPS)), ())


def _broad(number: int, each: int) -> TemplateActivity:
    step, place = divmod(number, each)
    lead = (
        "client" if step == STEPS - 1 else LEADS[number % len(LEADS)]
    )  # the last step is moved without asking
    waits = [f"a{number - 1}"] if place else []
    waits += [f"a{number - each}"] if step and place % 10 == 0 else []
    return TemplateActivity(
        f"a{number}", f"s{step}", f"Activity {number + 1} of the plan, with a name as people write them", lead, "1d",
        "2d", "3d", tuple(TemplateLink(one, "FS", "0d") for one in waits), "",
    )  # fmt: skip


def measured_plan(activities: int, runs: int) -> Iterator[Measured]:
    """The page, the effect of a move, and the move itself with new dates for all that wait for it."""
    cast = make_cast()
    actor = cast.actor(cast.owner)
    deal = cast.engagement
    with entered(actor.reach):
        made = make_plan(
            actor, deal, template=broad_template(activities), starts_on=AT.date(), calendars=CALENDARS, at=AT
        )
    date_now(deal.pk, at=AT)
    with entered(actor.reach):
        plan = Plan.objects.get(pk=made.pk)
        moved = Activity.objects.get(plan=plan, key=f"a{activities // STEPS * (STEPS - 1) + 3}")
    browser = Client()
    browser.force_login(cast.owner, backend=BACKEND)
    page = reverse("transition:plan", args=[deal.pk])
    effect = reverse("transition:effect", args=[deal.pk, moved.pk])
    change = reverse("transition:change", args=[deal.pk, moved.pk])
    yield _measured(f"page of {activities:,} activities", lambda _: browser.get(page), runs)
    yield _measured("what a move would do", lambda n: browser.get(effect, {"longer": n + 1}), runs)
    yield _measured(
        "the move: checked, saved, dated anew", lambda n: browser.post(change, _longer(moved, n)), runs
    )
    with _only(activities_views, "date_now") as dated:
        for number in range(runs + 2, 2 * runs + 3):
            browser.post(change, _longer(moved, number))
    yield Measured("… of which dating anew", *dated.medians(), 0, 0)


@dataclass(slots=True)
class Timed:
    """What one part of an answer took, time after time."""

    taken: list[tuple[float, float]]

    def medians(self) -> tuple[float, float]:
        """By the clock and of the processor."""
        by_clock, worked = zip(*self.taken[1:], strict=True)
        return statistics.median(by_clock), statistics.median(worked)


@contextmanager
def _only(where: ModuleType, name: str) -> Iterator[Timed]:
    """Within, a function of a module is timed by itself."""
    whole, timed = getattr(where, name), Timed([])

    def measured(*args: Any, **options: Any) -> Any:
        begun, worked = time.perf_counter(), time.process_time()
        answer = whole(*args, **options)
        timed.taken.append(((time.perf_counter() - begun) * 1_000, (time.process_time() - worked) * 1_000))
        return answer

    setattr(where, name, measured)
    try:
        yield timed
    finally:
        setattr(where, name, whole)


def _longer(moved: Activity, number: int) -> dict[str, Any]:
    return {
        "name": moved.name, "lead": moved.lead, "low": "1d", "likely": f"{number + 3}d", "high": "90d", "zoom": "weeks",
        "as_seen": str(number + 1),
    }  # fmt: skip


def _measured(name: str, ask: Callable[[int], Any], runs: int) -> Measured:
    taken = [_milliseconds(ask, number) for number in range(runs + 1)]
    with CaptureQueriesContext(connection) as asked:
        answer = ask(runs + 1)
    median, worked = (statistics.median(one[place] for one in taken[1:]) for place in (0, 1))
    return Measured(name, median, worked, len(asked), len(answer.content) // 1024)


def _milliseconds(ask: Callable[[int], Any], number: int) -> tuple[float, float]:
    """By the clock, and of the processor."""
    begun, worked = time.perf_counter(), time.process_time()
    answer = ask(number)
    taken, used = time.perf_counter() - begun, time.process_time() - worked
    if answer.status_code not in (200, 302):
        raise RuntimeError(f"{answer.status_code}: {answer.content[:400]!r}")
    return taken * 1_000, used * 1_000
