"""A real server on loopback with an installation of its own, spoken to byte by byte; and what its processes hold."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.factories.installation import ROOT, Installation, make_installation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MIB = 2**20
BOUNDARY = "of-a-form"
PATIENCE_SECONDS = 120
SERVE = "import sys; from handfast.cli import main; sys.exit(main())"


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, head and body, as they came."""

    status: int
    head: str
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Served:
    """A server with a deal in it; `told` are the ids, the token and the session of the client's owner."""

    installation: Installation
    process: subprocess.Popen[str]
    port: int
    told: dict[str, str]

    @property
    def upload_path(self) -> str:
        return f"/api/records/sources/{self.told['source']}/uploads"

    @property
    def form_path(self) -> str:
        return f"/engagements/{self.told['engagement']}/records/import/"

    @property
    def staged(self) -> list[Path]:
        """What lies in the staging places."""
        folder = self.installation.home / "uploads"
        return [path for path in folder.rglob("*") if path.is_file()]

    def connected(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), PATIENCE_SECONDS)

    def sent(self, *parts: Iterable[bytes]) -> Answer:
        """Send the parts one after the other; an answer that comes before the end ends the sending."""
        with self.connected() as line:
            try:
                for part in parts:
                    for data in part:
                        line.sendall(data)
            except (BrokenPipeError, ConnectionResetError):  # it has answered already, and listens no more
                pass
            return answer_on(line)

    def asked(self, method: str, path: str, body: bytes = b"", *more: str) -> Answer:
        """One small request by the token."""
        lines = (*more, f"Content-Length: {len(body)}") if body else more
        return self.sent([self.head(method, path, *lines), body])

    def head(self, method: str, path: str, *lines: str, is_form: bool = False) -> bytes:
        """The head of a request; by a form it comes with the session, else with the token."""
        who = f"Cookie: handfast-session={self.told['session']}; handfast-form={FORM_TOKEN}"
        token = f"Authorization: Bearer {self.told['token']}"
        said = [f"{method} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", who if is_form else token]
        return "\r\n".join([*said, "Connection: close", *lines, "", ""]).encode()

    def memory_peaks(self) -> dict[str, int]:
        """The most that each process of the server ever held, in MiB, by what it does."""
        found = {}
        for pid in family_of(self.process.pid):
            words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
            name = "worker" if b"work" in words else "server" if pid == self.process.pid else f"web {pid}"
            found[name] = peak_of(pid) // MIB
        return found


FORM_TOKEN = "a" * 32  # the cookie and the field of a form say the same


def peak_of(pid: int) -> int:
    """The most resident memory that a process ever had, in bytes."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return 0


def family_of(pid: int) -> list[int]:
    """The process and all below it."""
    asked = ["ps", "-o", "pid=", "--ppid", str(pid)]
    below = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.split()
    return [pid, *(one for child in below for one in family_of(int(child)))]


def answer_on(line: socket.socket) -> Answer:
    """What comes until the other side closes."""
    parts = []
    try:
        while data := line.recv(1 << 16):
            parts.append(data)
    except ConnectionResetError:
        pass
    head, _, body = b"".join(parts).partition(b"\r\n\r\n")
    said = head.decode("latin-1")
    return Answer(int(said.split()[1]) if said else 0, said, body)


@contextmanager
def served(home: Path, **told: str) -> Iterator[Served]:
    """An installation, a deal in it, and its server until the block ends."""
    installation = make_installation(home)
    made = installation.run(["-m", "tests.factories.programs.desk"])
    assert made.returncode == 0, made.stderr
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = installation.environment | {"HANDFAST_PORT": str(port)} | told
    with (home / "serve.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", SERVE, "serve"], cwd=ROOT, env=environment, stdout=log, stderr=log, text=True
        )  # fmt: skip
        try:
            _wait_until_it_answers(process, port, home / "serve.log")
            yield Served(installation, process, port, json.loads(made.stdout))
        finally:
            process.terminate()
            process.wait(60)


def _wait_until_it_answers(process: subprocess.Popen[str], port: int, log: Path) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        assert process.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/accounts/login/", timeout=20):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise AssertionError(log.read_text())
