"""Reads the single-mode project files of PSPLIB (`.sm`), the literature's own instances; what is malformed is named by line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handfast.kernel.scheduling.refusals import PlanRefused, ProjectFileRefused
from handfast.kernel.scheduling.resources import Project, Task

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_CHARACTERS = 5_000_000
_JOBS = re.compile(r"jobs \(incl\. supersource/sink \)\s*:\s*(\d+)")
_RENEWABLE = re.compile(r"- renewable\s*:\s*(\d+)\s+R")
_OTHERS = re.compile(r"- (nonrenewable|doubly constrained)\s*:\s*(\d+)")
_RELATION, _REQUEST = 3, 3


def read_psplib(text: str, *, name: str) -> Project:
    """The project of a `.sm` file: its jobs in the order of their numbers, the first and last lasting nothing.

    Raises ProjectFileRefused for anything but one mode, renewable resources and jobs that wait for earlier ones.
    """
    if len(text) > MOST_CHARACTERS:
        raise ProjectFileRefused(f"{name}: more than {MOST_CHARACTERS:,} characters: this is no project file")
    return _Reading(name, text.splitlines()).project()


class _Reading:
    def __init__(self, name: str, lines: Sequence[str]) -> None:
        self._name, self._lines = name, lines

    def project(self) -> Project:
        jobs = self._number(_JOBS, "jobs (incl. supersource/sink )")
        resources = self._number(_RENEWABLE, "- renewable")
        for number, text in enumerate(self._lines):
            found = _OTHERS.search(text)
            if found and int(found[2]):
                raise self._fault(number, f"{found[1]} resources are not read: only renewable ones are")
        relations, requests = self._section("PRECEDENCE RELATIONS", 2), self._section("REQUESTS/DURATIONS", 3)
        if jobs < 1 or resources < 1:
            raise ProjectFileRefused(f"{self._name}: no job or no resource: nothing to level")
        after = self._predecessors(relations, jobs)
        tasks = []
        for job in range(jobs):
            line, row = self._row(requests + job, job + 1, _REQUEST + resources)
            if len(row) != _REQUEST + resources or row[1] != 1:
                raise self._fault(
                    line, f"expected job, mode 1, duration and {resources} requests, found {len(row)} numbers"
                )
            tasks.append(Task(row[2], tuple(row[_REQUEST:]), tuple(after[job])))
        line, capacities = self._numbers(self._section("RESOURCEAVAILABILITIES", 2))
        if len(capacities) != resources:
            raise self._fault(line, f"expected {resources} availabilities, found {len(capacities)}")
        try:
            return Project(self._name, tuple(tasks), tuple(capacities))
        except PlanRefused as refused:
            raise ProjectFileRefused(str(refused)) from refused

    def _predecessors(self, first: int, jobs: int) -> list[list[int]]:
        after: list[list[int]] = [[] for _ in range(jobs)]
        for job in range(jobs):
            line, row = self._row(first + job, job + 1, _RELATION)
            if row[1] != 1:
                raise self._fault(line, f"job {job + 1} has {row[1]} modes: only one is read")
            if len(row) != _RELATION + row[2]:
                raise self._fault(line, f"{row[2]} successors are announced, {len(row) - _RELATION} written")
            for other in row[_RELATION:]:
                if not job + 1 < other <= jobs:
                    raise self._fault(
                        line, f"job {job + 1} before job {other}: a successor has a higher number, to {jobs}"
                    )
                after[other - 1].append(job)
        return after

    def _number(self, pattern: re.Pattern[str], what: str) -> int:
        for line in self._lines:
            if found := pattern.search(line):
                return int(found[1])
        raise ProjectFileRefused(f"{self._name}: no line says {what!r}: is this a .sm file?")

    def _section(self, title: str, skipped: int) -> int:
        for number, line in enumerate(self._lines):
            if line.startswith(title):
                return number + skipped
        raise ProjectFileRefused(f"{self._name}: the section {title} is missing")

    def _row(self, line: int, job: int, least: int) -> tuple[int, list[int]]:
        _, numbers = self._numbers(line)
        if len(numbers) < least or numbers[0] != job:
            raise self._fault(
                line, f"expected the line of job {job}, at least {least} numbers that begin with {job}"
            )
        return line, numbers

    def _numbers(self, line: int) -> tuple[int, list[int]]:
        if line >= len(self._lines):
            raise self._fault(line, "the file ends here: a part of it is missing")
        words = self._lines[line].split()
        wrong = [word for word in words if not (word.isascii() and word.isdigit())]
        if wrong:
            raise self._fault(line, f"expected whole numbers, found {wrong[0]!r}")
        return line, [int(word) for word in words]

    def _fault(self, line: int, said: str) -> ProjectFileRefused:
        return ProjectFileRefused(f"{self._name}, line {line + 1}: {said}")
