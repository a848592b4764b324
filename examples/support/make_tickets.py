"""Makes the example's tickets and calls: simulated, seeded, the same bytes at every run."""

from __future__ import annotations

import csv
import random
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

HERE = Path(__file__).parent
BELGRADE = ZoneInfo("Europe/Belgrade")
FIRST, END = date(2025, 12, 1), date(2026, 4, 5)
SUBJECTS = ("sign-on", "invoice", "export", "import", "slow page", "access", "report")
# Of ten tickets one is P1, three are P2: (first reply, resolution) in minutes, on average.
SPEED = {"P1": (11, 170), "P2": (70, 560), "P3": (110, 900)}


def main() -> None:
    """Write tickets.csv and calls.csv beside this file."""
    chance = random.Random(20260301)  # noqa: S311 - a simulation, not a secret
    events: list[tuple[str, datetime, str, str, str, int]] = []
    number = 1000
    day = FIRST
    while day < END:
        slow = 1.35 if (day.year, day.month) == (2026, 3) else 1.0
        for _ in range(chance.choice((5, 6, 7, 8)) if day.weekday() < 5 else chance.choice((0, 0, 1))):
            number += 1
            events += ticket(chance, f"LUM-{number}", day, slow)
        day += timedelta(days=1)
    events.sort(key=lambda event: (event[1], event[0], event[5]))
    with (HERE / "tickets.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("ticket", "at", "status", "priority", "subject", "step"))
        for ticket_id, at, status, priority, subject, step in events:
            writer.writerow((ticket_id, at.isoformat(), status, priority, subject, step))
    calls(chance)


def ticket(
    chance: random.Random, ticket_id: str, day: date, slow: float
) -> list[tuple[str, datetime, str, str, str, int]]:
    """The events of one ticket, in order."""
    priority = chance.choices(("P1", "P2", "P3"), weights=(1, 3, 6))[0]
    subject = chance.choice(SUBJECTS)
    at = datetime(
        day.year,
        day.month,
        day.day,
        chance.randint(7, 18),
        chance.randint(0, 59),
        chance.randint(0, 59),
        tzinfo=BELGRADE,
    )
    reply, work = SPEED[priority]
    steps = [("Created", at)]
    at = later(at, chance.expovariate(1 / reply) * slow)
    steps.append(("In progress", at))
    if chance.random() < 0.35:
        at = later(at, chance.uniform(10, 200))
        steps.append(("Waiting for customer", at))
        at = later(at, chance.uniform(60, 2600))
        steps.append(("Customer answered", at))
    at = later(at, chance.expovariate(1 / work) * slow)
    steps.append(("Resolved", at))
    if chance.random() < 0.06:
        at = later(at, chance.uniform(120, 3000))
        steps.append(("Reopened", at))
        at = later(at, chance.uniform(30, 400))
        steps.append(("Resolved", at))
    return [
        (ticket_id, when, status, priority, subject, place) for place, (status, when) in enumerate(steps, 1)
    ]


def later(at: datetime, minutes: float) -> datetime:
    """So many minutes later in elapsed time, to the whole second, seen in Belgrade."""
    return datetime.fromtimestamp(at.timestamp() + int(minutes * 60), tz=BELGRADE)


def calls(chance: random.Random) -> None:
    """Half hours of the telephone queue on working days."""
    with (HERE / "calls.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(
            ("half_hour", "queue", "offered", "answered", "in_20_s", "abandoned", "talk_s", "after_s")
        )
        day = date(2026, 1, 1)
        while day < END:
            for half in range(16, 40) if day.weekday() < 5 else ():
                offered = chance.randint(4, 18)
                abandoned = chance.choice((0, 0, 0, 1, 2))
                answered = offered - min(abandoned, offered)
                in_time = sum(chance.random() < 0.83 for _ in range(answered))
                stamp = f"{day.isoformat()} {half // 2:02d}:{half % 2 * 30:02d}"
                talk, after = answered * chance.randint(180, 320), answered * chance.randint(30, 70)
                writer.writerow(
                    (stamp, "support", offered, answered, in_time, offered - answered, talk, after)
                )
            day += timedelta(days=1)


if __name__ == "__main__":
    main()
