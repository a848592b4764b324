"""A file as large as is taken comes in by page and API, one that is larger or cut off leaves nothing, and memory stays small."""

from __future__ import annotations

import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from tests.hostile.served import BOUNDARY, FORM_TOKEN, MIB, Answer, Served, served

if TYPE_CHECKING:
    from collections.abc import Iterator

KIND = f"Content-Type: multipart/form-data; boundary={BOUNDARY}"
TAIL = f"\r\n--{BOUNDARY}--\r\n".encode()
MOST_OF_THE_WEB = 500  # MiB
ROWS_AT_ONCE = 20_000
HEAD_ROW = b"Ticket,At,Event,Agent,Note\n"


@dataclass(slots=True)
class Export:
    """A help desk's export of so many bytes, made while it is sent; `given_out` is what was asked of it."""

    size: int
    given_out: int = field(default=0)

    def __iter__(self) -> Iterator[bytes]:
        first, data = 0, HEAD_ROW
        while data:
            yield self._given(data)
            # Room is left for one more row, which ends the file to the byte.
            count = max(0, min(ROWS_AT_ONCE, (self.size - self.given_out) // LONGEST_ROW - 1))
            data = b"".join(_row(number, NOTE) for number in range(first, first + count))
            first += count
        spare = self.size - self.given_out - len(_row(first, b""))
        yield self._given(_row(first, b"x" * spare))

    def _given(self, data: bytes) -> bytes:
        self.given_out += len(data)
        return data


NOTE = b"a note as long as notes are in exports of help desks"
LONGEST_ROW = 120


def _row(number: int, note: bytes) -> bytes:
    second, event = number % 60, b"created" if number % 2 == 0 else b"first_reply"
    minute, hour, day = number // 60 % 60, number // 3_600 % 24, number // 86_400 % 28 + 1
    return b"L-%09d,2026-03-%02dT%02d:%02d:%02d,%s,Agent %03d,%s\n" % (
        number // 2, day, hour, minute, second, event, number % 331, note,
    )  # fmt: skip


def field_of(name: str, value: str) -> bytes:
    return f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()


def opening(*fields: tuple[str, str]) -> bytes:
    """All of a form before the bytes of its file."""
    file = 'Content-Disposition: form-data; name="file"; filename="march.csv"\r\nContent-Type: text/csv'
    return b"".join(field_of(*one) for one in fields) + f"--{BOUNDARY}\r\n{file}\r\n\r\n".encode()


def request_by_page(server: Served, size: int) -> bytes:
    """Head and opening of the form that the page shows."""
    begin = opening(("csrfmiddlewaretoken", FORM_TOKEN), ("source", server.told["source"]))
    return _with_length(server, server.form_path, begin, size, is_form=True) + begin


def request_by_api(server: Served, size: int) -> bytes:
    begin = opening()
    return _with_length(server, server.upload_path, begin, size, is_form=False) + begin


def _with_length(server: Served, path: str, begin: bytes, size: int, *, is_form: bool) -> bytes:
    length = len(begin) + size + len(TAIL)
    return server.head("POST", path, KIND, f"Content-Length: {length}", is_form=is_form)


WAYS = {"page": request_by_page, "api": request_by_api}


def uploads(server: Served) -> list[dict[str, Any]]:
    asked = server.asked("GET", f"/api/records/engagements/{server.told['engagement']}/uploads")
    found: list[dict[str, Any]] = asked.json["items"]
    return found


def until(is_so: Any, seconds: int = 60) -> None:
    ends = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < ends
        time.sleep(0.05)


@contextmanager
def broken_off(server: Served, request: bytes, sent: int) -> Iterator[None]:
    """A request of which so many bytes of the file are sent; the line is cut when the block ends."""
    with server.connected() as line:
        line.sendall(request)
        for data in Export(sent):
            line.sendall(data)
        until(lambda: server.staged)
        yield


def taken(server: Served, way: str, size: int) -> None:
    """A file of just this size comes in, and only its bytes are kept, not more of them in memory."""
    before = len(uploads(server))
    answer = server.sent([WAYS[way](server, size)], Export(size), [TAIL])
    assert answer.status == {"page": 302, "api": 202}[way], answer.body[:500]
    assert len(uploads(server)) == before + 1
    assert uploads(server)[0]["size_bytes"] == size


def refused(server: Served, way: str, size: int) -> Export:
    """A file of this size is refused in words; nothing of it is kept."""
    before, export = len(uploads(server)), Export(size)
    answer = server.sent([WAYS[way](server, size)], export, [TAIL])
    said_too_large(answer, way)
    assert len(uploads(server)) == before
    return export


def said_too_large(answer: Answer, way: str) -> None:
    assert answer.status == 413
    if way == "api":
        assert "content-type: application/problem+json" in answer.head.lower()
        assert answer.json["code"] == "upload-too-large"
    for words in (b"which is the limit here", b"HANDFAST_UPLOAD_LIMIT"):
        assert words in answer.body


def within_its_memory(server: Served) -> dict[str, int]:
    peaks = server.memory_peaks()
    assert all(peak < MOST_OF_THE_WEB for name, peak in peaks.items() if name != "worker"), peaks
    return peaks


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with served(tmp_path_factory.mktemp("served"), HANDFAST_UPLOAD_LIMIT="64 MiB") as found:
        yield found


@pytest.mark.parametrize("way", WAYS)
def test_file_under_the_limit_comes_in_and_is_not_held_in_memory(server: Served, way: str) -> None:
    before = within_its_memory(server)
    taken(server, way, 64 * MIB - {"page": 1, "api": 0}[way])
    after = within_its_memory(server)
    assert sum(after.values()) - after["worker"] - sum(before.values()) + before["worker"] < 32
    until(lambda: not server.staged)  # the worker has read it, and let go of it


@pytest.mark.parametrize("way", WAYS)
def test_file_far_over_the_limit_is_refused_before_it_comes(server: Served, way: str) -> None:
    export = refused(server, way, 2 * 1024 * MIB)
    assert export.given_out < 32 * MIB  # what the line holds
    assert server.staged == []


@pytest.mark.parametrize("way", WAYS)
def test_file_one_byte_over_the_limit_is_refused_and_leaves_nothing(server: Served, way: str) -> None:
    refused(server, way, 64 * MIB + 1)
    until(lambda: server.staged == [])


@pytest.mark.parametrize("way", WAYS)
def test_upload_that_is_cut_off_leaves_neither_row_nor_file(server: Served, way: str) -> None:
    before = len(uploads(server))
    with broken_off(server, WAYS[way](server, 16 * MIB), 4 * MIB):
        assert [path.suffix for path in server.staged] == [".part"]
    until(lambda: server.staged == [])
    assert len(uploads(server)) == before


def test_same_file_sent_twice_at_once_is_one_upload(server: Served) -> None:
    size, before = 2 * MIB + 7, len(uploads(server))
    lines = [server.connected() for _ in range(2)]
    try:
        for line in lines:
            line.sendall(request_by_api(server, size) + b"".join(Export(size)))
        for line in lines:
            line.sendall(TAIL)
        statuses = [int(line.recv(1 << 16).split()[1]) for line in lines]
    finally:
        for line in lines:
            line.close()
    assert sorted(statuses) == [202, 409]
    assert len(uploads(server)) == before + 1


def test_others_are_served_while_files_come_in_slowly(server: Served) -> None:
    with (
        broken_off(server, request_by_api(server, 16 * MIB), MIB),
        broken_off(server, request_by_page(server, 16 * MIB), MIB),
    ):
        for _ in range(3):
            assert server.asked("GET", "/api/me").status == 200
    until(lambda: server.staged == [])


@pytest.mark.soak
def test_two_gibibytes_come_in_by_page_and_api_and_are_read(tmp_path_factory: pytest.TempPathFactory) -> None:
    limit = 2 * 1024 * MIB
    with served(tmp_path_factory.mktemp("large")) as server:
        for way, request in WAYS.items():
            export = refused(server, way, limit + 2 * MIB)
            assert export.given_out < 32 * MIB
            refused(server, way, limit + 1)
            until(lambda: server.staged == [])
            with broken_off(server, request(server, limit), limit // 2):
                pass
            until(lambda: server.staged == [])
        assert uploads(server) == []
        for way, size in (("page", limit), ("api", limit - len(HEAD_ROW))):
            taken(server, way, size)
            until(lambda: uploads(server)[0]["ended_at"], 1_800)
            assert uploads(server)[0]["state"] == "read"
            until(lambda: server.staged == [])
        within_its_memory(server)
