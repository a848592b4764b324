"""Reads as much of TaskJuggler's language as one real plan uses, for tests: macros, nested tasks, both directions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tests.kernel.scheduling.plans import days, hours, plan_of

from handfast.kernel.quantity import instant_of
from handfast.kernel.scheduling.plan import NOTHING, Activity, Estimate, Lead, Link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handfast.kernel.scheduling.plan import Duration, Plan

ZONE = "America/New_York"
# The project switches Saturday and Sunday off; the hours of the other days are the program's own default.
OFFICE_THERE = {"zone": ZONE, "hours": {"mon-fri": ["09:00-17:00"]}}
_TOKEN = re.compile(r'/\*.*?\*/|\#[^\n]*|"[^"]*"|[{}]|,|[^\s{},"\#]+', re.DOTALL)
_MACRO = re.compile(r"^macro\s+(\w+)\s*\[([^\]]*)\]", re.MULTILINE)
_IGNORED = {"flags": True, "note": True}


@dataclass(slots=True)
class Wait:
    """Another task by its full id, and a gap: working days, or elapsed ones."""

    other: str
    gap: str = ""
    is_elapsed: bool = False


@dataclass(slots=True)
class Task:
    """One task; `length` is worked, `duration` elapsed; what it precedes pulls it to the other's start."""

    id: str
    parent: Task | None
    start: str = ""
    length: str = ""
    duration: str = ""
    depends: list[Wait] = field(default_factory=list)
    precedes: list[Wait] = field(default_factory=list)
    children: list[Task] = field(default_factory=list)

    def leaves(self) -> Iterator[Task]:
        if not self.children:
            yield self
        for child in self.children:
            yield from child.leaves()

    def lineage(self) -> Iterator[Task]:
        yield self
        if self.parent is not None:
            yield from self.parent.lineage()


def tasks_in(text: str) -> dict[str, Task]:
    """Every task of a project by its full id, in the order of the file."""
    macros = dict(_MACRO.findall(text))
    text = re.sub(r"\$\{(\w+)\}", lambda found: macros.get(found[1], ""), _MACRO.sub("", text))
    tokens = [token for token in _TOKEN.findall(text) if token[0] != "#" and not token.startswith("/*")]
    found: dict[str, Task] = {}
    place = 0
    while place < len(tokens):
        if tokens[place] == "task":
            place = _task(tokens, place, None, found)
        else:
            place += 1
    return found


def _task(tokens: list[str], place: int, parent: Task | None, found: dict[str, Task]) -> int:
    """One task from its keyword on; the place behind its last brace."""
    full = f"{parent.id}.{tokens[place + 1]}" if parent else tokens[place + 1]
    task = found[full] = Task(full, parent)
    if parent:
        parent.children.append(task)
    place += 4  # keyword, id, name and the brace
    while tokens[place] != "}":
        word = tokens[place]
        if word == "task":
            place = _task(tokens, place, task, found)
        elif word in ("start", "length", "duration"):
            setattr(task, word, tokens[place + 1])
            place += 2
        elif word in ("depends", "precedes"):
            place = _waits(tokens, place + 1, task, getattr(task, word))
        elif word in _IGNORED:
            place += 2
            while tokens[place] == ",":
                place += 2
        else:
            raise ValueError(f"{full}: {word!r} is not read")
    return place + 1


def _waits(tokens: list[str], place: int, task: Task, into: list[Wait]) -> int:
    while True:
        into.append(Wait(_named(tokens[place], task)))
        place += 1
        if tokens[place] == "{":
            into[-1].is_elapsed = tokens[place + 1] == "gapduration"
            into[-1].gap = tokens[place + 2]
            place += 4
        if tokens[place] != ",":
            return place
        place += 1


def _named(name: str, task: Task) -> str:
    """Each `!` goes up one task, from the task itself."""
    bare = name.lstrip("!")
    scope = task.id.split(".")[: len(task.id.split(".")) - (len(name) - len(bare))]
    return ".".join([*scope, bare]) if name != bare else bare


def plan_from(tasks: dict[str, Task], starts_us: int) -> Plan:
    """The leaves as activities. What precedes another finishes no earlier than the gap before the other starts."""
    return plan_of(
        *(_activity(task, tasks) for task in tasks.values() if not task.children),
        client=OFFICE_THERE,
        provider={"zone": ZONE, "hours": {"mon-sun": ["00:00-24:00"]}},
        starts_us=starts_us,
    )


def _activity(task: Task, tasks: dict[str, Task]) -> Activity:
    links = []
    for above in task.lineage():
        for wait in above.depends:
            lag, on = _gap(wait)
            links += [Link(other.id, "FS", lag, on) for other in tasks[wait.other].leaves()]
        for wait in above.precedes:
            lag, on = _gap(wait)
            back = type(lag)(-lag.amount, lag.unit)
            links += [Link(other.id, "SF", back, on) for other in tasks[wait.other].leaves()]
    start = next((above.start for above in task.lineage() if above.start), "")
    lead: Lead = "provider" if task.duration else "client"
    text = task.length or task.duration
    # A day of `length` is eight hours of work, a day of `duration` twenty-four of the clock.
    length = hours(float(text[:-1]) * (24 if task.duration else 8)) if text else NOTHING
    if text and not text.endswith("d"):
        raise ValueError(f"{task.id}: only days are read")
    bound = None if task.precedes or not start else _instant(start)
    return Activity(task.id, task.id, lead, Estimate.of(length), tuple(links), not_before_us=bound)


def _gap(wait: Wait) -> tuple[Duration, Lead]:
    number = float(wait.gap[:-1]) if wait.gap else 0
    return (days(number), "provider") if wait.is_elapsed else (days(number), "client")


def _instant(day: str) -> int:
    return instant_of(datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(ZONE)))
