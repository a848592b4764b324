"""`handfast migrate`: brings the database up to date as its owner, and raises the walls for everybody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from handfast.cli.opening import open_house

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper


def migrate() -> None:
    """Bring the database up to date; on PostgreSQL also raise the walls between the spaces."""
    open_house()
    from django.core.management import call_command
    from django.db import connection

    from handfast.foundation.search.raising import lower_search, raise_search
    from handfast.foundation.walls import raise_walls
    from handfast.settings import ENVIRONMENT
    from handfast.settings.database import as_owner

    with as_owner(connection, ENVIRONMENT.owner):
        role = _role(connection, ENVIRONMENT.database_role)
        if _is_behind(connection):
            lower_search(connection)
        call_command("migrate", interactive=False, verbosity=0)
        raise_search(connection)
        if role:
            raise_walls(connection, role)
    if not role:
        typer.echo("the database is up to date (SQLite: one file, whose walls are the application's own)")
    else:
        typer.echo(f"the database is up to date, and its walls stand before the role {role}")


def _is_behind(connection: BaseDatabaseWrapper) -> bool:
    """Whether there is a migration that this database has not seen."""
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _role(connection: BaseDatabaseWrapper, named: str | None) -> str | None:
    """The role the application acts in; refused where the walls would not hold for it."""
    from handfast.settings.refused import SettingRefused

    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = coalesce(%s, current_user)",
            [named],
        )
        found = cursor.fetchone()
    if found is None:
        fault = f"names the role '{named}', which the server does not have: CREATE ROLE {named} NOLOGIN"
        raise SettingRefused("HANDFAST_DATABASE_ROLE", fault, "handfast_app")
    role, is_exempt = found
    if is_exempt:
        fault = f"must name a role that the walls hold for: '{role}' is a superuser or bypasses them"
        raise SettingRefused("HANDFAST_DATABASE_ROLE", fault, "handfast_app")
    return str(role)
