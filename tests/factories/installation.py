"""An installation of its own for tests that need several processes: a home, a database, migrated by the command."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import psycopg

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass(frozen=True, slots=True)
class Installation:
    """What a process needs to work in it: its environment."""

    home: Path
    environment: dict[str, str]

    def command(
        self, *words: str, seconds: int = 120, given: str | None = None, **told: str
    ) -> subprocess.CompletedProcess[str]:
        """Run `handfast …` to its end; `given` is its standard input, `told` changes its environment."""
        program = "import sys; from handfast.cli import main; sys.exit(main())"
        return self.run(["-c", program, *words], seconds, given, told)

    def run(
        self,
        words: list[str],
        seconds: int = 120,
        given: str | None = None,
        told: dict[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run Python to its end."""
        return subprocess.run(
            [sys.executable, *words], input=given,
            cwd=ROOT, env=self.environment | (told or {}), capture_output=True, text=True, timeout=seconds, check=False,
        )  # fmt: skip

    def started(self, *words: str) -> subprocess.Popen[str]:
        """Start Python and leave it running; its output comes line by line."""
        return subprocess.Popen(
            [sys.executable, "-u", *words],
            cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip


def make_installation(home: Path) -> Installation:
    """A migrated installation, on the server that the tests were given or on a file."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("HANDFAST_", "DATABASE_"))}
    environment = kept | {
        "HANDFAST_MODE": "test",
        "HANDFAST_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "handfast.settings",
    }
    if server := os.environ.get("HANDFAST_TEST_DATABASE"):
        environment |= {"DATABASE_URL": _new_database(server), "HANDFAST_DATABASE_ROLE": "handfast_app"}
    made = Installation(home, environment)
    migrated = made.command("migrate")
    if migrated.returncode:
        raise RuntimeError(migrated.stderr)
    return made


def _new_database(server: str) -> str:
    """A fresh database beside the one of the tests; it goes with the throw-away server."""
    name = f"handfast_{uuid4().hex[:12]}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    address, _, query = server.partition("?")
    return f"{address.rpartition('/')[0]}/{name}{'?' + query if query else ''}"
