"""Runs the tests once to learn who needs which guard, and then once more for each guard, without it."""

from __future__ import annotations

import json
import queue
import threading
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from tools.mutating.lanes import MATRIX, SECONDS_TO_RECORD, SPARE_SECONDS, TIMES_SLOWER, Lane

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from tools.mutating.guards import Guard

Work = TypeVar("Work")
UNKNOWN_SECONDS = 5.0
MOST_TESTS = 200  # what so many tests do without, no further one is asked for


@dataclass(slots=True)
class Recorded:
    """What the first run told: seconds by test, tests by guard, and the tests that cannot be asked."""

    seconds: dict[str, float] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    tests: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    def asked(self, guard: Guard) -> list[str]:
        """The tests that need a guard: those of its own room first, and of these the quick ones; the matrix last."""
        own = f"tests/{guard.room}/"
        found = self.tests.get(guard.key, set()) - set(self.failed)
        return sorted(
            found,
            key=lambda one: (
                one.startswith(MATRIX),
                not one.startswith(own),
                self.seconds.get(one, UNKNOWN_SECONDS),
            ),
        )

    def limit_seconds(self, tests: Iterable[str]) -> float:
        return SPARE_SECONDS + TIMES_SLOWER * sum(self.seconds.get(one, UNKNOWN_SECONDS) for one in tests)


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of the house without one guard. `killed_by` is the test that missed it, or how the run ended."""

    guard: Guard
    asked: int
    killed_by: str = ""

    @property
    def is_killed(self) -> bool:
        return bool(self.killed_by)


def kept(place: Path) -> Recorded | None:
    """What an earlier run of the same commit recorded."""
    if not place.exists():
        return None
    told = json.loads(place.read_text("utf-8"))
    tests = defaultdict(set, {key: set(names) for key, names in told["tests"].items()})
    return Recorded(told["seconds"], told["failed"], tests)


def keep(place: Path, needs: Recorded) -> None:
    """Write it down for the next run; what other commits recorded is of no use any more."""
    place.parent.mkdir(parents=True, exist_ok=True)
    for old in place.parent.glob("*.json"):
        old.unlink()
    tests = {key: sorted(names) for key, names in needs.tests.items()}
    place.write_text(json.dumps({"seconds": needs.seconds, "failed": needs.failed, "tests": tests}), "utf-8")


def recorded(lanes: Sequence[Lane], folder: Path) -> Recorded:
    """Run every test once, file by file, with every guard in its place."""
    files: dict[str, list[str]] = defaultdict(list)
    for test in [*lanes[0].matrix.tests, *lanes[0].plain.tests]:  # what takes long comes first
        files[test if test.startswith(MATRIX) else test.partition("::")[0]].append(test)
    needs = Recorded()
    hits = folder / "hits"
    hits.touch()

    def record(lane: Lane, tests: list[str]) -> None:
        told = lane.of(tests[0]).ask(tests, SECONDS_TO_RECORD, hits=str(hits))
        needs.seconds.update(told.get("seconds", {}))
        needs.failed += told.get("failed", tests)

    _shared_out(lanes, list(files.values()), record)
    for line in hits.read_text("utf-8").splitlines():
        key, _, test = line.partition("\t")
        needs.tests[key].update([test] if "::" in test else files.get(test, []))
    return needs


def tried(
    lanes: Sequence[Lane], guards: Sequence[Guard], needs: Recorded, tell: Callable[[str], None] = print
) -> list[Fate]:
    """Open each guard in turn."""
    fates: list[Fate] = []

    def attempt(lane: Lane, guard: Guard) -> None:
        fate = _without(lane, guard, needs)
        fates.append(fate)
        if not fate.is_killed:
            tell(
                f"{len(fates)}/{len(guards)} survives {guard.place}:{guard.line} [{guard.kind}] {guard.said}"
            )

    _shared_out(lanes, list(guards), attempt)
    return sorted(fates, key=lambda one: (one.guard.place, one.guard.line, one.guard.key))


def _without(lane: Lane, guard: Guard, needs: Recorded) -> Fate:
    tests = needs.asked(guard)
    for worker in (lane.plain, lane.matrix):
        mine = [one for one in tests if lane.of(one) is worker][:MOST_TESTS]
        if not mine:
            continue
        told: dict[str, Any] = worker.ask(mine, needs.limit_seconds(mine), opened=guard.key)
        if missed := told.get("said") or next(iter(told["failed"]), ""):
            return Fate(guard, len(tests), missed)
    return Fate(guard, len(tests))


def _shared_out(lanes: Sequence[Lane], work: Sequence[Work], do: Callable[[Lane, Work], None]) -> None:
    """Each lane takes the next piece when it is free; a fault in one ends the run."""
    waiting: queue.SimpleQueue[Work] = queue.SimpleQueue()
    for piece in work:
        waiting.put(piece)
    faults: list[BaseException] = []

    def drain(lane: Lane) -> None:
        try:
            while not faults:
                do(lane, waiting.get_nowait())
        except queue.Empty:
            return
        except BaseException as fault:  # noqa: BLE001 - raised again by whoever waits
            faults.append(fault)

    threads = [threading.Thread(target=drain, args=(lane,)) for lane in lanes]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    if faults:
        raise faults[0]
