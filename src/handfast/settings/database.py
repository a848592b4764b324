"""Says to Django how the two databases are opened."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from handfast.settings.addresses import PostgresAddress, SqliteFile
from handfast.settings.environment import Mode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper

    from handfast.settings.environment import Environment

WAIT_SECONDS = 20
KEPT_OPEN_SECONDS = 60
AS_ROLE = "-c role={}"
WHO = ("HOST", "PORT", "USER", "PASSWORD", "OPTIONS")


def databases_of(environment: Environment) -> dict[str, dict[str, Any]]:
    """One database; on PostgreSQL every connection takes the application's role, which owns nothing."""
    database = environment.database
    if isinstance(database, SqliteFile):
        return {"default": _sqlite(database, environment)}
    return {"default": _postgres(database, environment.database_role)}


def _sqlite(database: SqliteFile, environment: Environment) -> dict[str, Any]:
    # IMMEDIATE: a transaction holds the write lock from its begin, so that what it read cannot change under it.
    safety = "OFF" if environment.mode is Mode.test else "FULL"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": database.path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": WAIT_SECONDS,
            "init_command": f"PRAGMA journal_mode=WAL; PRAGMA synchronous={safety};",
        },
        "TEST": {"NAME": environment.home / "tests.sqlite3"},
    }


def _postgres(database: PostgresAddress, role: str | None) -> dict[str, Any]:
    options = dict(database.parameters)
    if role:
        options["options"] = AS_ROLE.format(role)
    return {
        "ENGINE": "handfast.foundation.walled",
        "NAME": database.name,
        "HOST": database.host,
        "PORT": database.port or "",
        "USER": database.user,
        "PASSWORD": database.password,
        "CONN_MAX_AGE": KEPT_OPEN_SECONDS,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


@contextmanager
def as_owner(connection: BaseDatabaseWrapper, owner: PostgresAddress | None = None) -> Iterator[None]:
    """Within, the connection is the owner's: by its own address if it has one, and in no role. For migrations only."""
    if connection.vendor != "postgresql":
        yield
        return
    told = connection.settings_dict
    kept = {name: told[name] for name in WHO}
    options = {name: value for name, value in kept["OPTIONS"].items() if name != "options"}
    asked = _postgres(owner, None) if owner else {**kept, "OPTIONS": options}
    connection.close()
    told.update({name: asked[name] for name in WHO})
    try:
        yield
    finally:
        connection.close()
        told.update(kept)
