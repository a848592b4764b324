"""Small Microsoft Project XML files in words, and the real ones that lie beside the checkout."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from defusedxml.ElementTree import fromstring

from handfast.kernel.quantity import instant_of

FOLDER = Path(__file__).parents[3] / ".." / "shared" / "data" / "plans" / "mspdi"
FILES = (
    "baselines.xml",
    "calendar-calendars-project2019-mspdi.xml",
    "mspdiduration.xml",
    "mspdirelations.xml",
    "sample.xml",
    "task-links-project2019-mspdi.xml",
)
ZONE = "UTC"
SPACE = "{http://schemas.microsoft.com/project}"
DAY = "<Duration>PT8H0M0S</Duration>"


def real(name: str) -> bytes:
    if not (FOLDER / name).exists():
        pytest.skip(f"the project file {name} does not lie beside this checkout")
    return (FOLDER / name).read_bytes()


def there(text: str, zone: str = ZONE) -> int:
    return instant_of(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)))


def computed(content: bytes, zone: str = ZONE) -> dict[int, tuple[int, int]]:
    """The dates that the file itself carries of every task that is no summary, by UID."""
    found = {}
    for task in fromstring(content).iter(f"{SPACE}Task"):
        said = {one.tag.removeprefix(SPACE): one.text or "" for one in task}
        if said["Summary"] == "0":
            found[int(said["UID"])] = there(said["Start"], zone), there(said["Finish"], zone)
    return found


def file(*tasks: str, calendars: str = "", head: str = "", tail: str = "") -> str:
    """A file that starts on Monday 2 March 2026, on the format's own calendar."""
    return (
        f'<Project xmlns="http://schemas.microsoft.com/project"><Title>Sample</Title>{head}'
        f"<StartDate>2026-03-02T08:00:00</StartDate><Calendars>{calendars}</Calendars>"
        f"<Tasks>{''.join(tasks)}</Tasks>{tail}</Project>"
    )


def task(uid: int, *inside: str, name: str = "Task", level: int = 1) -> str:
    return (
        f"<Task><UID>{uid}</UID><Name>{name} {uid}</Name><OutlineLevel>{level}</OutlineLevel>"
        f"{''.join(inside) or DAY}</Task>"
    )


def after(uid: int, kind: int = 1, lag: int = 0, unit: int = 7) -> str:
    return (
        f"<PredecessorLink><PredecessorUID>{uid}</PredecessorUID><Type>{kind}</Type>"
        f"<LinkLag>{lag}</LinkLag><LagFormat>{unit}</LagFormat></PredecessorLink>"
    )


def calendar(uid: int, *inside: str, name: str = "Shift") -> str:
    return f"<Calendar><UID>{uid}</UID><Name>{name}</Name>{''.join(inside)}</Calendar>"


def week_day(number: int, *times: tuple[str, str]) -> str:
    return f"<WeekDay><DayType>{number}</DayType>{hours(*times)}</WeekDay>"


def exception(first: str, last: str, *times: tuple[str, str], more: str = "", name: str = "Feast") -> str:
    return (
        f"<Exception><TimePeriod><FromDate>{first}T00:00:00</FromDate><ToDate>{last}T23:59:00</ToDate></TimePeriod>"
        f"<Name>{name}</Name>{more}{hours(*times)}</Exception>"
    )


def hours(*times: tuple[str, str]) -> str:
    written = "".join(
        f"<WorkingTime><FromTime>{opens}:00</FromTime><ToTime>{closes}:00</ToTime></WorkingTime>"
        for opens, closes in times
    )
    return f"<DayWorking>{int(bool(times))}</DayWorking><WorkingTimes>{written}</WorkingTimes>"
