"""Simulated runs of a generated plan of a thousand activities on two calendars, against one schedule of it for each run."""

from __future__ import annotations

import random
import time

from handfast.kernel.scheduling.plan import (
    NOTHING,
    Activity,
    Duration,
    Estimate,
    Lead,
    Link,
    LinkKind,
    Party,
    Plan,
)
from handfast.kernel.scheduling.schedule import schedule
from handfast.kernel.scheduling.simulate import simulate
from handfast.kernel.worktime.written import WrittenCalendar

DAY = 1_000_000
STARTS_US = 1_767_600_000_000_000
LEADS: tuple[Lead, ...] = ("client", "provider", "joint", "either")
KINDS: tuple[LinkKind, ...] = ("FS", "FS", "FS", "SS", "FF")
LAGS = (0, 0, 0, DAY)
CALENDARS = (
    '{"zone": "America/Toronto", "hours": {"mon-fri": ["09:00-17:00"]}, "holidays": {"country": "CA"}}',
    '{"zone": "Europe/Warsaw", "hours": {"mon-fri": ["08:00-16:30"]}, "holidays": {"country": "PL"}}',
)


def main() -> None:
    """Print the time of the wall and of both cores; the second grows less where other programs run."""
    plan = generated(1_000)
    began = time.perf_counter()
    schedule(plan)
    once = time.perf_counter() - began
    print("| activities | runs | workers | seconds | seconds of processor | times faster than one by one |")
    print("|---|---|---|---|---|---|")
    for runs, workers in ((10_000, 1), (10_000, 2)):
        began, worked = time.perf_counter(), time.process_time()
        simulate(plan, runs=runs, seed=1, workers=workers)
        taken = time.perf_counter() - began
        print(
            f"| 1,000 | {runs:,} | {workers} | {taken:.2f} | {time.process_time() - worked:.2f} | {once * runs / taken:,.0f} |"
        )


def generated(count: int) -> Plan:
    """A plan of FS, SS and FF links with lags on four calendars, every twentieth activity a milestone."""
    chance = random.Random(1)  # noqa: S311 - a plan to measure, no secret
    made = []
    for number in range(count):
        earlier = range(max(0, number - 40), number)
        others = sorted({chance.choice(earlier) for _ in range(chance.randint(1, 3))}) if number else []
        links = tuple(
            Link(f"a{other}", chance.choice(KINDS), Duration(chance.choice(LAGS), "d")) for other in others
        )
        likely = chance.randint(1, 8)
        days = (max(1, likely - 2), likely, likely + chance.randint(1, 8))
        is_milestone = number % 20 == 19
        estimate = (
            Estimate.of(NOTHING) if is_milestone else Estimate(*(Duration(day * DAY, "d") for day in days))
        )
        made.append(
            Activity(
                f"a{number}",
                f"Activity {number}",
                chance.choice(LEADS),
                estimate,
                links,
                kind="milestone" if is_milestone else "work",
            )
        )
    client, provider = (WrittenCalendar.model_validate_json(text) for text in CALENDARS)
    parties = (Party("client", "Client", client), Party("provider", "Provider", provider))
    return Plan("Generated", STARTS_US, "Europe/Warsaw", parties, tuple(made))


if __name__ == "__main__":
    main()
