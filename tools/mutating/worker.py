"""A plugin of pytest that collects once and then forks: each job runs its tests in a child that begins where all is ready.

The database of the tests lies in memory, so that each child has its own.
"""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from _pytest.runner import runtestprotocol
from tools.mutating import switch
from tools.mutating.desk import ANSWERS, JOBS, Hangs, Pipe, pair

if TYPE_CHECKING:
    from collections.abc import Sequence

ENDS_THE_CHILD = 0


def pytest_collection_finish() -> None:
    """Nothing has asked for the database yet: here it gets its place."""
    from django.db import connection  # noqa: PLC0415 - the tests make their settings first

    connection.settings_dict["TEST"]["NAME"] = ":memory:"


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    """Instead of running all tests: make ready what they share, and serve."""
    jobs, answers = Pipe(int(os.environ[JOBS])), Pipe(int(os.environ[ANSWERS]))
    items = session.items
    first = next((number for number, one in enumerate(items) if one.get_closest_marker("django_db")), 0)
    # What belongs to the module of the next test stays ready too: the deals that all questions of a module ask.
    following = items[first + 1] if len({one.path for one in items}) == 1 else items[first - 1]
    is_ready = is_passed(items[first], following)
    answers.tell({"collected": [one.nodeid for one in items], "is_ready": is_ready})
    desk = Desk(items)
    while (job := jobs.hear()) is not None:
        answers.tell(desk.in_a_child(job))
    return True


def is_passed(item: pytest.Item, following: pytest.Item) -> bool:
    """Run one test, and take down what the following does not share."""
    switch.State.test = item.nodeid
    # A process that a test starts may serve its whole module: it tells the module.
    os.environ[switch.TEST] = item.nodeid.partition("::")[0]
    return not any(one.failed for one in runtestprotocol(item, log=False, nextitem=following))


class Desk:
    """The tests that were collected, and how a child is given some of them."""

    def __init__(self, items: Sequence[pytest.Item]) -> None:
        self.items = {one.nodeid: one for one in items}
        self.last = items[-1]

    def in_a_child(self, job: dict[str, Any]) -> dict[str, Any]:
        """Fork, and wait for the answer; the child is ended with all that it started."""
        reads, writes = pair()
        child = os.fork()
        if child == 0:
            self._be_a_child(job, writes)
        writes.close()
        try:
            heard = reads.hear(job["seconds"]) or {"said": "the process died"}
        except Hangs:
            heard = {"said": "no answer in time"}
        finally:
            reads.close()
            _end(child)
        return heard

    def _be_a_child(self, job: dict[str, Any], writes: Pipe) -> NoReturn:
        os.setpgid(0, 0)
        told: dict[str, Any] = {"said": "the run broke off"}
        try:
            _prepare(job)
            told = self._outcomes(job["tests"], is_first_failure_enough=bool(job["open"]))
        finally:
            writes.tell(told)
            os._exit(ENDS_THE_CHILD)  # what all share belongs to the parent

    def _outcomes(self, names: list[str], *, is_first_failure_enough: bool) -> dict[str, Any]:
        """Run these tests in their order: what each took, and which failed."""
        asked = [self.items[name] for name in names if name in self.items]
        seconds: dict[str, float] = {}
        failed: list[str] = []
        for item, following in zip(asked, [*asked[1:], self.last], strict=True):
            started = time.monotonic()
            if not is_passed(item, following):
                failed.append(item.nodeid)
            seconds[item.nodeid] = round(time.monotonic() - started, 3)
            if failed and is_first_failure_enough:
                break
        return {"seconds": seconds, "failed": failed}


def _prepare(job: dict[str, Any]) -> None:
    """Open the guard that the job names, here and in every process that the tests start."""
    switch.State.open, switch.State.hits = job["open"], job["hits"]
    os.environ.update({switch.OPEN: job["open"], switch.HITS: job["hits"]})


def _end(child: int) -> None:
    try:
        os.killpg(child, signal.SIGKILL)
    except ProcessLookupError:
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
