"""Races have one winner, and no acknowledged write is lost when a process is killed; with threads and real kills."""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from tests.factories.installation import Installation, make_installation

if TYPE_CHECKING:
    from pathlib import Path

PROGRAMS = "tests.factories.programs"
SECONDS_TO_FINISH = 600  # the rows that are left, also on a machine that others use


@pytest.fixture(scope="module")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return make_installation(tmp_path_factory.mktemp("installation"))


def told(installation: Installation, program: str, *words: str, seconds: int = 120) -> Any:
    ended = installation.run(["-m", f"{PROGRAMS}.{program}", *words], seconds)
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


def new_space(installation: Installation) -> str:
    return installation.run(["-m", f"{PROGRAMS}.write", "new"]).stdout.strip()


def raced(installation: Installation, threads: int, rounds: int) -> None:
    """One winner, one entry of each action and one notice in every round."""
    found = told(installation, "race", str(threads), str(rounds), seconds=3000)
    assert found["faults"] == []
    assert found["won"] == list(range(rounds))
    assert (found["entries"], found["erased"], found["notices"]) == (rounds, rounds, rounds)
    assert found["said"] == ""


def killed(installation: Installation, kills: int, seed: int) -> None:
    """Kill a writer at any moment: what it said was written is there, once, and the chain is whole."""
    space, chance = new_space(installation), random.Random(seed)  # noqa: S311 - moments for kills, no secrets
    acknowledged: list[str] = []
    for _ in range(kills):
        writer = installation.started("-m", f"{PROGRAMS}.write", space)
        assert writer.stdout is not None
        acknowledged.append(writer.stdout.readline().strip())
        time.sleep(chance.random() * 0.05)
        writer.kill()
        acknowledged += [line.strip() for line in writer.stdout if line.endswith("\n")]
        writer.communicate()
    found = told(installation, "check", space)
    assert found["said"] == ""
    kept = Counter(found["keys"])
    assert set(acknowledged) <= kept.keys()
    assert set(kept.values()) == {1}
    assert len(kept) == found["entries"] <= len(acknowledged) + kills


def worked(installation: Installation, folder: Path, rows: int, kills: int, seed: int) -> None:
    """Two workers, killed again and again: nothing lost, each noted once, mailed twice only by a kill between."""
    space, chance = new_space(installation), random.Random(seed)  # noqa: S311 - moments for kills, no secrets
    writer = installation.started("-m", f"{PROGRAMS}.write", space)
    assert writer.stdout is not None
    keys = {writer.stdout.readline().strip() for _ in range(rows)}
    writer.kill()
    keys |= {line.strip() for line in writer.stdout if line.endswith("\n")}
    writer.communicate()
    keys = set(told(installation, "check", space)["keys"])
    for _ in range(kills):
        workers = [installation.started("-m", f"{PROGRAMS}.work", str(folder)) for _ in range(2)]
        for one in workers:  # a kill before the work begins would show nothing
            assert one.stdout is not None
            assert one.stdout.readline() == "at work\n"
        time.sleep(chance.random() * 0.3)
        for one in workers:
            one.kill()
            one.communicate()
    last = installation.started("-m", f"{PROGRAMS}.work", str(folder))
    until = time.monotonic() + SECONDS_TO_FINISH
    while time.monotonic() < until and len(told(installation, "check", space)["noted"]) < len(keys):
        time.sleep(0.5)
    last.kill()
    last.communicate()
    noted = Counter(told(installation, "check", space)["noted"])
    assert noted == Counter(f"noted:{key}" for key in keys)
    mailed = Counter(one.read_text() for one in folder.glob("*.mail"))
    assert keys <= mailed.keys()
    assert sum(mailed.values()) - len(mailed) <= 2 * kills


def test_of_many_who_try_one_wins_and_is_written_down_once(installation: Installation) -> None:
    raced(installation, threads=8, rounds=10)


def test_killed_writer_loses_nothing_that_it_acknowledged(installation: Installation) -> None:
    killed(installation, kills=4, seed=3)


def test_outbox_loses_nothing_when_its_workers_are_killed(installation: Installation, tmp_path: Path) -> None:
    worked(installation, tmp_path, rows=60, kills=2, seed=3)


@pytest.mark.soak
def test_of_fifty_who_try_two_hundred_times_one_wins_each_time(installation: Installation) -> None:
    raced(installation, threads=50, rounds=200)


@pytest.mark.soak
def test_two_hundred_kills_lose_nothing_that_was_acknowledged(installation: Installation) -> None:
    killed(installation, kills=200, seed=4)


@pytest.mark.soak
def test_outbox_loses_nothing_in_forty_kills_of_two_workers(
    installation: Installation, tmp_path: Path
) -> None:
    worked(installation, tmp_path, rows=2000, kills=40, seed=4)
