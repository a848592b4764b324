"""Levels the projects of PSPLIB and holds every makespan against the best known: J30 whole, J90 by a sample of one in ten.

`--set j30 --every 1 --first 0 --seconds 60` asks for other samples.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tarfile
import time
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from handfast.kernel.scheduling.level_project import level_project
from handfast.kernel.scheduling.psplib import read_psplib

DATA = Path(__file__).parents[1] / ".." / "shared" / "data" / "psplib"
WORKERS = 8  # more searches than cores: each finds other things


@dataclass(slots=True)
class Tally:
    """What was found over a sample."""

    count: int = 0
    equal: int = 0
    proven: int = 0
    by_rules: int = 0
    over: Fraction = Fraction(0)
    rules_over: Fraction = Fraction(0)


def main() -> None:
    """A table of both sets; what each instance gave goes to standard error as it is found."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--set", choices=["j30", "j90"])
    asked.add_argument("--every", type=int, default=1, help="one in so many, in the order of the list")
    asked.add_argument("--first", type=int, default=0, help="where in the list to begin")
    asked.add_argument("--seconds", type=int, default=60)
    given = asked.parse_args()
    print(
        f"The instances of PSPLIB, at most {given.seconds} s each, {WORKERS} searches side by side; against the best "
        "makespans known. An instance is proven where its bound meets what was found.\n"
    )
    print(
        "| set | instances | equal to the best known | proven | over the best known "
        "| the same by rules alone | minutes |"
    )
    print("|---|---|---|---|---|---|---|", flush=True)
    if given.set:
        _level(given.set, given.first, given.every, given.seconds)
        return
    _level("j30", 0, 1, given.seconds)
    _level("j90", 0, 10, given.seconds)


def _level(name: str, first: int, every: int, seconds: int) -> None:
    with (DATA / f"best_known_{name}.csv").open() as file:
        best = {row["file"]: int(row["ub"]) for row in csv.DictReader(file)}
    files = list(best)[first::every]
    with tarfile.open(DATA / f"{name}.tar.xz") as archive:
        texts = {one: archive.extractfile(one).read().decode() for one in files}  # type: ignore[union-attr]  # all are files
    tally, began = Tally(), time.perf_counter()
    for one in files:
        _count(tally, one, texts[one], best[one], seconds)
    minutes = (time.perf_counter() - began) / 60
    sample = "all" if every == 1 else f"one in {every}"
    print(
        f"| {name.upper()} | {tally.count}, {sample} | {tally.equal} | {tally.proven} "
        f"| {float(tally.over / tally.count):.3%} "
        f"| {tally.by_rules}, {float(tally.rules_over / tally.count):.3%} over | {minutes:.1f} |",
        flush=True,
    )


def _count(tally: Tally, name: str, text: str, best: int, seconds: int) -> None:
    began = time.perf_counter()
    found = level_project(
        read_psplib(text, name=name), seconds=seconds, workers=WORKERS, clock=time.perf_counter
    )
    tally.count += 1
    tally.equal += found.makespan == best
    tally.proven += found.status == "optimal"
    tally.by_rules += found.by_rules == best
    tally.over += Fraction(found.makespan, best) - 1
    tally.rules_over += Fraction(found.by_rules, best) - 1
    print(
        f"{name} {found.makespan} best {best} bound {found.lower_bound} {found.status} "
        f"{time.perf_counter() - began:.1f} s",
        file=sys.stderr,
        flush=True,
    )


if __name__ == "__main__":
    main()
