"""The server begins and ends as a whole, and says in one sentence why it does not begin."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

HANDFAST = str(Path(sys.executable).parent / "handfast")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of an installation on a free port, its database made."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("HANDFAST_", "DATABASE"))}
    environ = {**kept, "HANDFAST_HOME": str(tmp_path_factory.mktemp("home")), "HANDFAST_PORT": str(port)}
    done = subprocess.run([HANDFAST, "migrate"], env=environ, capture_output=True, text=True, check=True)
    assert "up to date" in done.stdout
    return environ


def begun(told: dict[str, str]) -> subprocess.Popen[str]:
    running = subprocess.Popen([HANDFAST, "serve"], env=told, stderr=subprocess.PIPE, text=True)
    wait_until(lambda: answers(told) or running.poll() is not None)
    assert running.poll() is None, running.communicate()[1]
    return running


def answers(told: dict[str, str]) -> bool:
    try:
        address = f"http://127.0.0.1:{told['HANDFAST_PORT']}/accounts/login/"
        with urllib.request.urlopen(address, timeout=20) as page:
            return bool(page.status == 200)
    except urllib.error.URLError:
        return False


def children_of(pid: int) -> list[int]:
    found = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return [int(line) for line in found.stdout.split()]


def is_alive(pid: int) -> bool:
    state = Path(f"/proc/{pid}/stat")
    return state.exists() and state.read_text().rpartition(")")[2].split()[0] != "Z"


def wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_server_and_worker_end_together_and_begin_again_at_once(told: dict[str, str]) -> None:
    for ending in (signal.SIGTERM, signal.SIGINT):
        running = begun(told)
        children = children_of(running.pid)
        assert len(children) >= 2
        running.send_signal(ending)
        _, errors = running.communicate(timeout=60)
        assert (running.returncode, errors) == (0, "")
        wait_until(lambda children=children: not any(map(is_alive, children)))  # type: ignore[misc]  # bound early


def test_server_that_is_killed_leaves_nothing_running(told: dict[str, str]) -> None:
    running = begun(told)
    children = children_of(running.pid)
    running.kill()
    running.wait()
    wait_until(lambda: not any(map(is_alive, children)))
    running.communicate(timeout=60)


def test_worker_that_dies_takes_the_server_with_it(told: dict[str, str]) -> None:
    running = begun(told)
    worker = next(
        pid for pid in children_of(running.pid) if b"--beside" in Path(f"/proc/{pid}/cmdline").read_bytes()
    )
    os.kill(worker, signal.SIGKILL)
    _, errors = running.communicate(timeout=60)
    assert (running.returncode, "the worker ended with -9" in errors) == (1, True)


def test_busy_port_is_refused_in_one_sentence(told: dict[str, str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        ended = subprocess.run(
            [HANDFAST, "serve"],
            env={**told, "HANDFAST_PORT": port},
            capture_output=True,
            text=True,
            check=False,
        )
    assert ended.returncode == 2
    assert ended.stderr == (
        f"refused (port-busy): port {port} is in use: end the program that uses it,"
        " or set HANDFAST_PORT to another one\n"
    )


def test_database_that_lacks_migrations_is_refused(told: dict[str, str], tmp_path: Path) -> None:
    empty = {**told, "HANDFAST_HOME": str(tmp_path)}
    ended = subprocess.run([HANDFAST, "serve"], env=empty, capture_output=True, text=True, check=False)
    assert (ended.returncode, "refused (database-behind)" in ended.stderr) == (2, True)


def test_wrong_setting_is_refused_in_one_sentence(told: dict[str, str]) -> None:
    wrong = {**told, "HANDFAST_PORT": "http"}
    ended = subprocess.run([HANDFAST, "serve"], env=wrong, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stderr.count("\n")) == (2, 1)
    assert ended.stderr.startswith("refused (setting-refused): HANDFAST_PORT is 'http'")
