"""A lane: two processes of pytest that wait for jobs, one for the access matrix and one for all other tests."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tools.mutating import switch
from tools.mutating.desk import ANSWERS, JOBS, Pipe, pair
from tools.mutating.loading import SITE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

MATRIX = "tests/architecture/test_access_matrix.py"
SECONDS_TO_START, SECONDS_TO_END = 600, 30
SECONDS_TO_RECORD = 900
SPARE_SECONDS, TIMES_SLOWER = 30, 4
OPTIONS = ("-p", "tools.mutating.worker", "-p", "no:cacheprovider", "-p", "no:xdist", "--capture=sys")
APART = frozenset(
    {"browser", "kernel", "factories", "architecture"}
)  # they meet no guard, but for the matrix
MEETS_ROOMS = re.compile(r"django_db|make_installation|handfast\.(?!kernel|cli)")


class NotReady(RuntimeError):  # noqa: N818 - it says what is so
    """The tests could not be collected, or the first of them fails with every guard in its place."""


@dataclass(slots=True)
class Worker:
    """One process of pytest."""

    running: subprocess.Popen[bytes]
    jobs: Pipe
    answers: Pipe
    log: Path
    tests: list[str] = field(default_factory=list)

    def await_ready(self) -> None:
        heard = self.answers.hear(SECONDS_TO_START)
        if heard is None or not heard["is_ready"]:
            raise NotReady(self.log.read_text("utf-8"))
        self.tests = heard["collected"]

    def ask(
        self, tests: Sequence[str], seconds: float, *, opened: str = "", hits: str = ""
    ) -> dict[str, Any]:
        self.jobs.tell({"tests": list(tests), "seconds": seconds, "open": opened, "hits": hits})
        return self.answers.hear() or {"said": "the worker died"}

    def end(self) -> None:
        """It ends when nobody asks any more; what does not is ended."""
        self.jobs.close()
        try:
            self.running.wait(SECONDS_TO_END)
        except subprocess.TimeoutExpired:
            self.running.kill()
            self.running.wait()
        self.answers.close()


@dataclass(slots=True)
class Lane:
    """Both processes, which take turns: a lane does one thing at a time."""

    plain: Worker
    matrix: Worker

    def await_ready(self) -> None:
        self.plain.await_ready()
        self.matrix.await_ready()

    def of(self, test: str) -> Worker:
        return self.matrix if test.startswith(MATRIX) else self.plain

    def end(self) -> None:
        self.plain.end()
        self.matrix.end()


def places_of_tests(tree: Path) -> list[str]:
    """The files of tests that meet the rooms at all; the access matrix stands apart."""
    tops = [one for one in sorted((tree / "tests").iterdir()) if one.is_dir() and one.name not in APART]
    files = [file for top in tops for file in sorted(top.rglob("test_*.py"))]
    return [str(one.relative_to(tree)) for one in files if MEETS_ROOMS.search(one.read_text("utf-8"))]


def start_lane(tree: Path, folder: Path, number: int) -> Lane:
    """Both workers of a lane, starting side by side."""
    plain = _start(tree, folder / f"plain-{number}.log", places_of_tests(tree))
    matrix = _start(tree, folder / f"matrix-{number}.log", [MATRIX])
    return Lane(plain, matrix)


def _start(tree: Path, log: Path, places: Iterable[str]) -> Worker:
    job_reads, job_writes = pair()
    answer_reads, answer_writes = pair()
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(map(str, (tree / "site", tree / "src", tree))),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HANDFAST_MODE": "test",
        JOBS: str(job_reads.number),
        ANSWERS: str(answer_writes.number),
        switch.OPEN: "",
    }
    with log.open("wb") as kept:
        running = subprocess.Popen(
            [sys.executable, "-m", "pytest", *OPTIONS, *places],
            cwd=tree, env=environment, stdin=subprocess.DEVNULL, stdout=kept, stderr=subprocess.STDOUT,
            pass_fds=(job_reads.number, answer_writes.number),
        )  # fmt: skip
    job_reads.close()
    answer_writes.close()
    return Worker(running, job_writes, answer_reads, log)


def switch_on_in(tree: Path) -> None:
    """Every Python that starts with the tree's paths loads the house with its switches."""
    site = tree / "site"
    site.mkdir(exist_ok=True)
    (site / "sitecustomize.py").write_text(SITE.format(root=str(tree)), "utf-8")
