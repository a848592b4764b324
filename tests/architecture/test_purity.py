"""The kernel computes from what it is given: no files, no clock, no machine, no floats."""

from __future__ import annotations

import pytest
from tools.house.purity import KERNEL, clock_faults, file_faults, float_faults
from tools.house.tree import Source, sources

# Package data is part of the program, not a file of the person who asks; each reader of it stands here with its reason.
READS_PACKAGE_DATA = {KERNEL + "worktime/zones.py": "the time zones come with the pinned package tzdata"}
EXACT_PLACES = (KERNEL + "servicelevels/", KERNEL + "quantity.py", KERNEL + "worktime/")


def kernel_sources() -> list[Source]:
    return [source for source in sources("src") if source.place.startswith(KERNEL)]


def test_kernel_touches_files_only_in_engines_and_readers() -> None:
    checked = [source for source in kernel_sources() if source.place not in READS_PACKAGE_DATA]
    faults = [fault for source in checked for fault in file_faults(source)]
    assert not faults, "\n".join(faults)


def test_kernel_never_asks_the_time_or_the_machine() -> None:
    faults = [fault for source in kernel_sources() for fault in clock_faults(source)]
    assert not faults, "\n".join(faults)


def test_money_shares_and_time_hold_no_float() -> None:
    exact = [source for source in kernel_sources() if source.place.startswith(EXACT_PLACES)]
    assert exact
    faults = [fault for source in exact for fault in float_faults(source)]
    assert not faults, "\n".join(faults)


def test_every_exception_is_still_needed() -> None:
    places = {source.place: source for source in kernel_sources()}
    assert [
        place for place in READS_PACKAGE_DATA if place not in places or not file_faults(places[place])
    ] == []


def of(text: str, folder: str = "worktime") -> Source:
    return Source(f"{KERNEL}{folder}/sample.py", text)


@pytest.mark.parametrize(
    "text",
    [
        "open('x')",
        "import os",
        "from os import path",
        "import shutil",
        "import tempfile",
        "from pathlib import Path\nPath('x').read_text()",
        "def f(path): return path.write_bytes(b'')",
        "def f(path): return path.open()",
        "def f(path): return path.open('rb')",
        "def f(path): return path.exists()",
    ],
)
def test_touching_a_file_is_refused(text: str) -> None:
    assert len(file_faults(of(text))) == 1


@pytest.mark.parametrize("folder", ["servicelevels/engines", "records/readers"])
def test_engines_and_readers_may_touch_files(folder: str) -> None:
    assert file_faults(of("open('x')", folder)) == []


@pytest.mark.parametrize(
    "text",
    [
        "calendar.is_open(at)",
        "adjustments.open(at)",
        "text.replace('a', 'b')",
        "from pathlib import PurePath",
    ],
)
def test_what_only_looks_like_a_file_is_kept(text: str) -> None:
    assert file_faults(of(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "datetime.now(UTC)",
        "datetime.utcnow()",
        "date.today()",
        "datetime.datetime.now()",
        "import time",
        "from time import monotonic",
        "import random",
        "import locale",
        "moment.astimezone()",
        "hash('key')",
    ],
)
def test_asking_the_time_or_the_machine_is_refused(text: str) -> None:
    assert len(clock_faults(of(text, "servicelevels/engines"))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "from datetime import time",
        "moment.astimezone(UTC)",
        "def now_us(at): return at",
        "def __hash__(self): return hash(self.key)",
    ],
)
def test_time_that_is_passed_in_is_kept(text: str) -> None:
    assert clock_faults(of(text)) == []


@pytest.mark.parametrize("text", ["float(x)", "x = 0.5", "x: float = 1", "x = 1e6", "isinstance(x, float)"])
def test_float_is_refused(text: str) -> None:
    assert len(float_faults(of(text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Decimal('0.5')",
        "Fraction(1, 2)",
        "x = 1",
        "get_close_matches(x, y, cutoff=0.6)",
        '"""A docstring that says 0.5."""',
    ],
)
def test_exact_numbers_are_kept(text: str) -> None:
    assert float_faults(of(text)) == []
