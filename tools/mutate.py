"""Opens each guard of the house in turn, in a copy of the last commit, and tells which of them no test misses.

`python -m tools.mutate [ROOM …]`: first the tests run once and tell which of them need which guard; then each guard
is opened and the tests that need it run until one fails. A guard whose absence fails no test *survives*.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tools.mutating.guards import Guard, guards_of, is_guarded, room_of
from tools.mutating.lanes import Lane, NotReady, start_lane, switch_on_in
from tools.mutating.redundant import REDUNDANT
from tools.mutating.running import Fate, Recorded, keep, kept, recorded, tried
from tools.mutating.telling import ending, table

ROOT = Path(__file__).resolve().parent.parent
BUILT = "src/handfast/foundation/static"  # made by tools/frontend.sh, kept by nobody
OWN = "tools/mutating"  # as it stands here: what is tried is the house, not the tool
KEPT = ROOT / "var" / "mutate"  # what the tests of a commit need is asked once
LANES = 2


def all_guards(tree: Path) -> list[Guard]:
    """The guards of all rooms."""
    found: list[Guard] = []
    for path in sorted((tree / "src" / "handfast").rglob("*.py")):
        place = path.relative_to(tree).as_posix()
        if is_guarded(place):
            found += guards_of(path.read_text("utf-8"), place)
    return found


def copy_of_last_commit(folder: Path) -> Path:
    """The files of the last commit, apart from where anybody works."""
    tree = folder / "tree"
    tree.mkdir()
    packed = subprocess.Popen(["git", "archive", "HEAD"], cwd=ROOT, stdout=subprocess.PIPE)
    subprocess.run(["tar", "-x", "-C", str(tree)], stdin=packed.stdout, check=True)
    if packed.wait():
        raise NotReady("git could not read the last commit")
    shutil.copytree(ROOT / OWN, tree / OWN, dirs_exist_ok=True)
    for name in (BUILT, "node_modules"):
        if (ROOT / name).exists() and not (tree / name).exists():
            (tree / name).symlink_to(ROOT / name)
    return tree


def _commit() -> str:
    asked = ["git", "rev-parse", "HEAD"]
    return subprocess.run(asked, cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()


def main(rooms: list[str]) -> int:
    """Open the guards of these rooms, or of all. 1 where one survives, or a note of a redundant one is stale."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="handfast-mutate-") as name:
        folder = Path(name)
        tree = copy_of_last_commit(folder)
        every = all_guards(tree)
        known = sorted({one.room for one in every})
        if unknown := sorted(set(rooms) - set(known)):
            print(f"unknown room: {', '.join(unknown)}; known: {', '.join(known)}", file=sys.stderr)
            return 2
        wanted = [one for one in every if not rooms or one.room in rooms]
        try:
            fates, needs = _run(tree, folder, wanted)
        except NotReady as fault:
            print(fault, file=sys.stderr)
            return 2
    notes = [one for one in REDUNDANT if not rooms or room_of(one.place) in rooms]
    print(table(fates, notes))
    said, is_good = ending(fates, notes, needs)
    print(f"{said}\n{round(time.monotonic() - started)} seconds")
    return 0 if is_good else 1


def _run(tree: Path, folder: Path, wanted: list[Guard]) -> tuple[list[Fate], Recorded]:
    switch_on_in(tree)
    lanes: list[Lane] = []
    try:
        lanes = [start_lane(tree, folder, number) for number in range(LANES)]
        for lane in lanes:
            lane.await_ready()
        place = KEPT / f"{_commit()}.json"
        needs = kept(place)
        if needs is None:
            needs = recorded(lanes, folder)
            keep(place, needs)
        print(f"{len(needs.seconds)} tests ran, {len(wanted)} guards are opened in turn", flush=True)
        return tried(lanes, wanted, needs), needs
    finally:
        for lane in lanes:
            lane.end()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
