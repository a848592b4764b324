"""What the antivirus scanner says of a file decides; where it says nothing, nothing is kept."""

from __future__ import annotations

import socket
import struct
from contextlib import contextmanager
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from tests.evidence.keeping import PDF, files_below

from handfast.evidence.files import scanner
from handfast.evidence.files.kept import incoming, looked_through
from handfast.evidence.refusals import FileNotScanned, FileRefused
from handfast.foundation.files.staged import staged_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from uuid import UUID

    from pytest_django.fixtures import SettingsWrapper

from uuid import uuid4

SPACE: UUID = uuid4()


@contextmanager
def clamd(answer: bytes, heard: list[bytes], *, reads: bool = True) -> Iterator[tuple[str, int]]:
    """A stand-in that speaks INSTREAM with whoever calls once."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answered() -> None:
            line, _ = server.accept()
            with line, line.makefile("rb") as said:
                if reads:
                    heard.append(said.read(10))
                    while size := struct.unpack("!I", said.read(4))[0]:
                        heard.append(said.read(size))
                line.sendall(answer)

        one = Thread(target=answered, daemon=True)
        one.start()
        yield server.getsockname()
        one.join(5)


def brought(content: bytes = PDF) -> str:
    with (
        staged_in(incoming(), [content], "minutes.pdf") as (_, staged),
        looked_through(staged, SPACE) as file,
    ):
        return file.kind


def test_clean_file_is_sent_whole_and_kept(settings: SettingsWrapper) -> None:
    heard: list[bytes] = []
    content = PDF + b"x" * (3 << 16)
    with clamd(b"stream: OK\0", heard) as settings.HANDFAST_SCANNER:
        assert brought(content) == "pdf"
    assert heard[0] == b"zINSTREAM\0"
    assert b"".join(heard[1:]) == content


def test_file_in_which_something_is_found_is_not_kept(settings: SettingsWrapper, tmp_path: Path) -> None:
    with (
        clamd(b"stream: Eicar-Test-Signature FOUND\0", []) as settings.HANDFAST_SCANNER,
        pytest.raises(FileRefused, match="found 'Eicar-Test-Signature'"),
    ):
        brought()
    assert files_below(tmp_path) == []


@pytest.mark.parametrize(
    "answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK then\0", b"x" * 5_000]
)
def test_file_that_was_not_scanned_is_not_kept(
    settings: SettingsWrapper, tmp_path: Path, answer: bytes
) -> None:
    with (
        clamd(answer, [], reads=bool(answer)) as settings.HANDFAST_SCANNER,
        pytest.raises(FileNotScanned, match="try again") as refused,
    ):
        brought()
    assert refused.value.code == "file-not-scanned"
    assert files_below(tmp_path) == []


def test_scanner_that_is_away_or_says_nothing_keeps_nothing(
    settings: SettingsWrapper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.HANDFAST_SCANNER = str(tmp_path / "clamd.ctl")
    with pytest.raises(FileNotScanned):
        brought()
    monkeypatch.setattr(scanner, "SECONDS", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        settings.HANDFAST_SCANNER = deaf.getsockname()
        with pytest.raises(FileNotScanned):
            brought()
    assert files_below(tmp_path) == []
