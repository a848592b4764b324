"""The antivirus scanner of the installation, a clamd on a socket, asked by its INSTREAM protocol."""

from __future__ import annotations

import socket
import struct
from typing import IO, TYPE_CHECKING

from handfast.evidence.refusals import FileNotScanned

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS = 60
PART_BYTES = 1 << 16
LONGEST_ANSWER = 1_000
LENGTH = struct.Struct("!I")
CLEAN, FOUND = "OK", " FOUND"
SILENT = "the antivirus scanner of this installation did not answer: nothing was kept, try again in a while"


def found_in(stream: IO[bytes], address: str | tuple[str, int]) -> str:
    """What the scanner calls what it found in the bytes; empty where it found nothing. Raises FileNotScanned."""
    try:
        answer = _asked(stream, address)
    except OSError as error:
        raise FileNotScanned(SILENT) from error
    said = answer.removeprefix("stream: ")
    if said == CLEAN:
        return ""
    if said.endswith(FOUND):
        return said.removesuffix(FOUND)
    raise FileNotScanned(f"{SILENT}; it said: {said[:100]!r}" if said else SILENT)


def _asked(stream: IO[bytes], address: str | tuple[str, int]) -> str:
    family = socket.AF_UNIX if isinstance(address, str) else _family_of(address)
    with socket.socket(family, socket.SOCK_STREAM) as line:
        line.settimeout(SECONDS)
        line.connect(address)
        try:
            line.sendall(b"zINSTREAM\0")
            for part in _parts(stream):
                line.sendall(LENGTH.pack(len(part)) + part)
            line.sendall(LENGTH.pack(0))
        except (BrokenPipeError, ConnectionResetError):
            pass  # it has heard enough, as of a file over its own limit, and says so
        return _answer_of(line)


def _family_of(address: tuple[str, int]) -> int:
    return socket.getaddrinfo(*address, type=socket.SOCK_STREAM)[0][0]


def _parts(stream: IO[bytes]) -> Iterator[bytes]:
    stream.seek(0)
    while part := stream.read(PART_BYTES):
        yield part


def _answer_of(line: socket.socket) -> str:
    heard = b""
    while b"\0" not in heard and len(heard) < LONGEST_ANSWER and (more := line.recv(LONGEST_ANSWER)):
        heard += more
    return heard.partition(b"\0")[0].decode("ascii", "replace").strip()
