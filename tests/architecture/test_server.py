"""The server for tests begins empty, is out of everybody's reach, and ends with the run, however the run ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from tools.postgres import APPLICATION, OWNER, NoServer, cluster, main, programs

if TYPE_CHECKING:
    from collections.abc import Callable


def folder_of(address: str) -> Path:
    return Path(address.partition("host=")[2])


def test_roles_of_the_server_are_neither_superuser_nor_exempt_from_the_walls() -> None:
    with cluster() as address:
        with psycopg.connect(address) as asked:
            rows = asked.execute(
                "SELECT rolname, rolcanlogin, rolsuper OR rolbypassrls OR rolcreaterole FROM pg_roles"
                " WHERE rolname IN (%s, %s) ORDER BY rolname",
                (APPLICATION, OWNER),
            ).fetchall()
            assert rows == [(APPLICATION, False, False), (OWNER, True, False)]
        folder = folder_of(address)
        assert folder.is_dir()
    assert not folder.exists()


def test_server_ends_when_the_run_fails() -> None:
    with pytest.raises(ZeroDivisionError), cluster() as address:
        raise ZeroDivisionError
    assert not folder_of(address).exists()


def test_server_ends_when_the_run_is_killed(tmp_path: Path) -> None:
    told = tmp_path / "address"
    command = f'echo "$HANDFAST_TEST_DATABASE" >{told}.new; mv {told}.new {told}; exec sleep 60'
    run = subprocess.Popen(
        [sys.executable, "-m", "tools.postgres", "sh", "-c", command], start_new_session=True
    )
    _wait_until(told.exists)
    folder = folder_of(told.read_text().strip())
    assert folder.is_dir()
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    _wait_until(lambda: not folder.exists())


def test_command_is_told_the_address_and_its_answer_is_kept() -> None:
    assert main(["sh", "-c", 'test -n "$HANDFAST_TEST_DATABASE" && exit 3']) == 3


def test_missing_server_is_named_with_its_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(NoServer, match="apt-get install postgresql"):
        programs(tmp_path)


def test_newest_server_is_taken_by_number(tmp_path: Path) -> None:
    for version in ("9", "15"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin" / "initdb").touch()
    assert programs(tmp_path).parent.name == "15"


def _wait_until(is_so: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.05)
