"""Runs a command beside a throw-away PostgreSQL: `python -m tools.postgres pytest …`; the server ends with the command."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator

VARIABLE = "HANDFAST_TEST_DATABASE"
OWNER, APPLICATION, DATABASE = "handfast_owner", "handfast_app", "handfast"
SUPERUSER = "postgres"
START_SECONDS = 60
DEBIAN = Path("/usr/lib/postgresql")
APT = "apt-get install postgresql"
# Nothing here outlives the run, so nothing waits for the disk.
SPEED = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=60 -c shared_buffers=64MB"
# The server's keeper reads from a pipe that only we hold: when we end in any way, be it by SIGKILL, the pipe closes,
# the keeper stops the server and removes its folder.
KEEPER = f"""
bin=$1 folder=$2
"$bin/initdb" -D "$folder/data" -U {SUPERUSER} -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$folder/log" 2>&1 || exit 1
"$bin/postgres" -D "$folder/data" -k "$folder" -c listen_addresses= {SPEED} >>"$folder/log" 2>&1 &
server=$!
cat >/dev/null
kill -INT $server
wait $server
rm -rf "$folder"
"""
ROLES = (
    f"CREATE ROLE {APPLICATION} NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS",
    f"CREATE ROLE {OWNER} LOGIN NOSUPERUSER CREATEDB NOCREATEROLE NOBYPASSRLS",
    f"GRANT {APPLICATION} TO {OWNER}",
    f"CREATE DATABASE {DATABASE} OWNER {OWNER}",
)


class NoServer(RuntimeError):  # noqa: N818 - it says what is so
    """The programs of PostgreSQL are not here, or the server did not start."""


def programs(debian: Path = DEBIAN) -> Path:
    """The folder of `initdb` and `postgres`: Debian keeps them off the PATH, one folder a version."""
    versions = [path.parent for path in debian.glob("*/bin/initdb")]
    if versions:
        return max(versions, key=lambda folder: int(folder.parent.name))
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    raise NoServer(f"PostgreSQL is not installed (Debian: {APT}).")


@contextmanager
def cluster() -> Iterator[str]:
    """The address of an empty database of its owner, on a server that nobody else can reach."""
    found = programs()
    folder = Path(tempfile.mkdtemp(prefix="handfast-pg-", dir="/tmp"))  # a socket's path must be short
    command = ["/bin/sh", "-c", KEEPER, "keeper", str(found), str(folder)]
    if os.geteuid() == 0:  # the server refuses to run as root
        account = pwd.getpwnam(SUPERUSER)
        os.chown(folder, account.pw_uid, account.pw_gid)
        command = ["runuser", "-u", SUPERUSER, "--", *command]
    keeper = subprocess.Popen(command, cwd="/", stdin=subprocess.PIPE, start_new_session=True)
    try:
        _furnish(folder, keeper)
        yield f"postgresql://{OWNER}@/{DATABASE}?host={folder}"
    finally:
        keeper.communicate()
        shutil.rmtree(folder, ignore_errors=True)


def _furnish(folder: Path, keeper: subprocess.Popen[bytes]) -> None:
    """Wait for the server, then make the roles and the database."""
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            with psycopg.connect(
                host=str(folder), user=SUPERUSER, dbname="postgres", autocommit=True
            ) as asked:
                for statement in ROLES:
                    asked.execute(statement)
                return
        except psycopg.OperationalError as fault:
            if time.monotonic() > until or keeper.poll() is not None:
                log = folder / "log"
                said = log.read_text("utf-8") if log.exists() else str(fault)
                raise NoServer(f"PostgreSQL did not start:\n{said}") from fault
            time.sleep(0.1)


def main(command: list[str]) -> int:
    """Run the command with the server's address in its environment."""
    if not command:
        print("say the command that needs a server", file=sys.stderr)
        return 2
    try:
        with cluster() as address:
            return subprocess.run(command, env={**os.environ, VARIABLE: address}, check=False).returncode
    except NoServer as fault:
        print(fault, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
