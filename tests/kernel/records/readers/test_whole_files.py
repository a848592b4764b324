"""A file is there whole or not at all; links and pipes stay what they are."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from handfast.kernel.records.readers.whole_files import whole_file

if TYPE_CHECKING:
    from pathlib import Path


def write(path: Path, content: bytes) -> None:
    with whole_file(path) as target:
        target.write(content)


def test_a_link_stays_and_the_file_behind_it_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("kept/real")
    write(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "kept" / "real").read_bytes() == b"new"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["kept", "link", "real"]


def test_a_link_to_a_file_that_is_not_there_yet_makes_it(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("real")
    write(tmp_path / "link", b"new")
    assert ((tmp_path / "link").is_symlink(), (tmp_path / "real").read_bytes()) == (True, b"new")


def test_a_link_to_itself_is_refused_as_the_system_refuses_it(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("link")
    with pytest.raises(OSError, match="levels of symbolic links"):
        write(tmp_path / "link", b"new")


def test_a_pipe_is_written_through_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDWR | os.O_NONBLOCK)
    try:
        write(pipe, b"new")
        assert os.read(reader, 10) == b"new"
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def test_what_breaks_off_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write(path, b"old")
    with pytest.raises(ZeroDivisionError):
        broken_off(path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def broken_off(path: Path) -> None:
    with whole_file(path) as target:
        target.write(b"half")
        raise ZeroDivisionError
