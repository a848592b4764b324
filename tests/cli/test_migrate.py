"""Migrating raises the walls on PostgreSQL, and refuses roles that they would not hold for."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from tools.postgres import APPLICATION, OWNER, SUPERUSER, cluster

if TYPE_CHECKING:
    from collections.abc import Iterator

COLUMNS_OF_WORDS = "SELECT table_name, is_generated FROM information_schema.columns WHERE column_name = 'said_words' ORDER BY 1"
HANDFAST = str(Path(sys.executable).parent / "handfast")


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with cluster() as address:
        yield address


def migrated(address: str, home: Path, **told: str) -> subprocess.CompletedProcess[str]:
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("HANDFAST_", "DATABASE"))}
    environ = {**kept, "HANDFAST_HOME": str(home), "DATABASE_URL": address, **told}
    return subprocess.run([HANDFAST, "migrate"], env=environ, capture_output=True, text=True, check=False)


def test_walls_stand_before_the_role_after_migrating_twice(server: str, tmp_path: Path) -> None:
    for _ in range(2):
        ended = migrated(server, tmp_path, HANDFAST_DATABASE_ROLE=APPLICATION)
        assert (ended.returncode, ended.stderr) == (0, "")
        assert f"its walls stand before the role {APPLICATION}" in ended.stdout
    with psycopg.connect(server) as asked:
        asked.execute(f"SET ROLE {APPLICATION}")
        owned = asked.execute("SELECT count(*) FROM pg_tables WHERE tableowner = current_user").fetchone()
        walled = asked.execute("SELECT count(*) FROM pg_class WHERE relforcerowsecurity").fetchone()
    assert owned == (0,)
    assert walled is not None
    assert walled[0] > 0


def test_column_of_words_that_was_computed_otherwise_is_made_again(server: str, tmp_path: Path) -> None:
    told = {"HANDFAST_DATABASE_ROLE": APPLICATION}
    assert migrated(server, tmp_path, **told).returncode == 0
    with psycopg.connect(server) as other:
        made = other.execute(COLUMNS_OF_WORDS).fetchall()
        other.execute("ALTER TABLE governance_registerentry DROP COLUMN said_words")
        other.execute("ALTER TABLE governance_registerentry ADD COLUMN said_words text")
    assert migrated(server, tmp_path, **told).returncode == 0
    with psycopg.connect(server) as asked:
        assert asked.execute(COLUMNS_OF_WORDS).fetchall() == made
    assert ("governance_registerentry", "ALWAYS") in made


def test_owner_with_an_address_of_its_own_migrates(server: str, tmp_path: Path) -> None:
    nobody = server.replace(f"{OWNER}@", "nobody@")
    told = {"HANDFAST_DATABASE_ROLE": APPLICATION, "HANDFAST_OWNER_URL": server}
    assert migrated(nobody, tmp_path, **told).returncode == 0


def test_role_that_the_server_lacks_is_refused(server: str, tmp_path: Path) -> None:
    ended = migrated(server, tmp_path, HANDFAST_DATABASE_ROLE="somebody")
    assert (ended.returncode, "CREATE ROLE somebody NOLOGIN" in ended.stderr) == (2, True)


def test_role_that_the_walls_do_not_hold_for_is_refused(server: str, tmp_path: Path) -> None:
    ended = migrated(server, tmp_path, HANDFAST_DATABASE_ROLE=SUPERUSER)
    assert (ended.returncode, "a superuser or bypasses them" in ended.stderr) == (2, True)
