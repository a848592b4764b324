"""Levels the instances of PSPLIB and holds every makespan against the best known: `python -m benchmarks.psplib j30 --seconds 20`."""

from __future__ import annotations

import argparse
import csv
import tarfile
import time
from fractions import Fraction
from pathlib import Path

from handfast.kernel.scheduling.level_project import level_project
from handfast.kernel.scheduling.psplib import read_psplib

DATA = Path(__file__).parents[1] / ".." / "shared" / "data" / "psplib"


def main() -> None:
    """One line an instance, then a table of the whole."""
    asked = argparse.ArgumentParser()
    asked.add_argument("set", choices=["j30", "j90"])
    asked.add_argument("--every", type=int, default=1, help="one in so many, in the order of the list")
    asked.add_argument("--first", type=int, default=0, help="where in the list to begin")
    asked.add_argument("--seconds", type=int, default=60)
    asked.add_argument("--workers", type=int, default=8)
    given = asked.parse_args()
    with (DATA / f"best_known_{given.set}.csv").open() as file:
        best = {row["file"]: int(row["ub"]) for row in csv.DictReader(file)}
    names = list(best)[given.first :: given.every]
    equal = proven = by_rules = 0
    over = rules_over = Fraction(0)
    began = time.perf_counter()
    with tarfile.open(DATA / f"{given.set}.tar.xz") as archive:
        texts = {name: archive.extractfile(name).read().decode() for name in names}  # type: ignore[union-attr]  # all are files
    for name in names:
        one_began = time.perf_counter()
        found = level_project(
            read_psplib(texts[name], name=name), seconds=given.seconds, workers=given.workers
        )
        taken = time.perf_counter() - one_began
        equal += found.makespan == best[name]
        proven += found.status == "optimal"
        by_rules += found.by_rules == best[name]
        over += Fraction(found.makespan, best[name]) - 1
        rules_over += Fraction(found.by_rules, best[name]) - 1
        print(
            f"{name} {found.makespan} best {best[name]} bound {found.lower_bound} {found.status} {taken:.1f} s",
            flush=True,
        )
    count = len(names)
    print(
        "\n| set | instances | limit | equal to the best known | proven | over the best known | the same by rules alone | minutes |"
    )
    print("|---|---|---|---|---|---|---|---|")
    print(
        f"| {given.set} | {count} | {given.seconds} s, {given.workers} workers | {equal} | {proven} "
        f"| {float(over / count):.3%} | {by_rules}, {float(rules_over / count):.3%} | {(time.perf_counter() - began) / 60:.1f} |"
    )


if __name__ == "__main__":
    main()
