"""Files are staged whole, hashed, under names that nobody chose, and within the limit."""

from __future__ import annotations

import hashlib
import tracemalloc
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handfast.foundation.files import staged
from handfast.foundation.files.staged import UploadTooLarge, plain_name, said_size, staged_from

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

MIB = 2**20


def files_below(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_staged_file_is_hashed_counted_and_kept_under_an_id(tmp_path: Path) -> None:
    space = uuid4()
    with staged_from([b"a,b\n", b"1,2\n"], space, "march.csv") as (staging, found):
        staging.keep()
    assert (found.size_bytes, found.sha256) == (8, hashlib.sha256(b"a,b\n1,2\n").hexdigest())
    assert files_below(tmp_path) == [tmp_path / "uploads" / str(space) / str(found.name)]


def test_file_that_is_not_kept_is_gone(tmp_path: Path) -> None:
    with staged_from([b"x"], uuid4(), "x.csv"):
        assert len(files_below(tmp_path)) == 1
    assert files_below(tmp_path) == []


def test_source_that_breaks_off_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> Iterator[bytes]:
        yield b"half"
        raise ConnectionError

    with pytest.raises(ConnectionError), staged_from(broken(), uuid4(), "x.csv"):
        pass
    assert files_below(tmp_path) == []


def test_two_gibibytes_are_refused_at_the_limit_without_being_read(
    tmp_path: Path, settings: SettingsWrapper
) -> None:
    settings.HANDFAST_UPLOAD_LIMIT = 2 * MIB
    given_out = 0

    def sparse() -> Iterator[bytes]:
        nonlocal given_out
        for _ in range(2048):
            given_out += 1
            yield bytes(MIB)

    with pytest.raises(UploadTooLarge, match="more than 2 MiB"), staged_from(sparse(), uuid4(), "x.csv"):
        pass
    assert given_out == 3
    assert files_below(tmp_path) == []


def test_large_file_takes_little_memory() -> None:
    piece = bytes(MIB)
    tracemalloc.start()
    try:
        with staged_from((piece for _ in range(64)), uuid4(), "x.csv") as (_, found):
            peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert found.size_bytes == 64 * MIB
    assert peak < 4 * MIB


HOSTILE = [
    "../../etc/passwd", "..\\..\\windows\\system32", "/etc/passwd", "a\x00b.csv", "\u202egpj.exe.csv", "", ".", "..",
    "x" * 5000, "a\r\nSet-Cookie: x=y", "…/…", "<script>alert(1)</script>.csv", "\ud800.csv",
]  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_name_is_only_shown_and_never_a_path(tmp_path: Path, name: str) -> None:
    space = uuid4()
    with staged_from([b"x"], space, name) as (staging, found):
        staging.keep()
    assert files_below(tmp_path) == [tmp_path / "uploads" / str(space) / str(found.name)]
    assert 0 < len(found.file_name) <= staged.FILE_NAME_LENGTH


@given(st.text(max_size=300))
def test_name_to_be_shown_has_no_place_no_control_and_an_end(name: str) -> None:
    shown = plain_name(name)
    assert shown.isprintable()
    assert not set(shown) & {"/", "\\"}
    assert 0 < len(shown) <= staged.FILE_NAME_LENGTH
    assert shown not in {".", ".."}


def test_usual_names_stay_as_they_are() -> None:
    for name in ("March 2026 (final).csv", "Petrović.xlsx", "log.csv.gz"):
        assert plain_name(name) == name


@pytest.mark.parametrize(
    ("size", "said"), [(0, "0 bytes"), (1023, "1023 bytes"), (1536, "1.5 KiB"), (2**31, "2 GiB")]
)
def test_size_is_said_as_people_read_it(size: int, said: str) -> None:
    assert said_size(size) == said


def test_stray_is_removed_only_when_a_day_has_passed(tmp_path: Path) -> None:
    space = uuid4()
    with staged_from([b"x"], space, "x.csv") as (staging, found):
        staging.keep()
    now = datetime.now(UTC)
    assert staged.remove_strays(space, [], at=now) == 0
    later = now + timedelta(days=2)
    assert staged.remove_strays(space, [found.name], at=later) == 0
    assert staged.remove_strays(space, [], at=later) == 1
    assert files_below(tmp_path) == []
