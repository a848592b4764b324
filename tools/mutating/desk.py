"""What the run and its workers say to each other, a line of JSON at a time."""

from __future__ import annotations

import json
import os
import select
import time
from dataclasses import dataclass, field
from typing import Any

JOBS, ANSWERS = "MUTATING_JOBS", "MUTATING_ANSWERS"  # the numbers of the two pipes' ends


class Hangs(RuntimeError):  # noqa: N818 - it says what is so
    """No answer came in time."""


@dataclass(slots=True)
class Pipe:
    """One end to read from or to write to."""

    number: int
    kept: bytes = field(default=b"")

    def tell(self, said: dict[str, Any]) -> None:
        line = json.dumps(said).encode() + b"\n"
        while line:
            line = line[os.write(self.number, line) :]

    def hear(self, seconds: float | None = None) -> dict[str, Any] | None:
        """The next line; None where the other end is closed. Raises Hangs."""
        until = None if seconds is None else time.monotonic() + seconds
        while b"\n" not in self.kept:
            left = None if until is None else max(0.0, until - time.monotonic())
            if not select.select([self.number], [], [], left)[0]:
                raise Hangs
            more = os.read(self.number, 65536)
            if not more:
                return None
            self.kept += more
        line, _, self.kept = self.kept.partition(b"\n")
        heard: dict[str, Any] = json.loads(line)
        return heard

    def close(self) -> None:
        os.close(self.number)


def pair() -> tuple[Pipe, Pipe]:
    """Where one reads what the other writes."""
    reads, writes = os.pipe()
    return Pipe(reads), Pipe(writes)
