"""Row-level security on PostgreSQL: every spaced table is forced, and the application's role owns nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import apps

from handfast.foundation.fence import Spaced

if TYPE_CHECKING:
    from django.db import models
    from django.db.backends.base.base import BaseDatabaseWrapper

SPACES = "string_to_array(nullif(current_setting('handfast.{}', true), ''), ',')::uuid[]"
READS, WRITES = (f"space_id = ANY ({SPACES.format(name)})" for name in ("reads", "writes"))
POLICIES = {
    "reading": f"FOR SELECT USING ({READS})",
    "adding": f"FOR INSERT WITH CHECK ({WRITES})",
    "changing": f"FOR UPDATE USING ({WRITES}) WITH CHECK ({WRITES})",
    "removing": f"FOR DELETE USING ({WRITES})",
}
# The journal is only ever added to; what an entry says may be emptied. It goes with a sample, and with nothing else.
NEVER_CHANGED = ("foundation_entry",)
NEVER_REMOVED = ("foundation_entry", "foundation_contents", "foundation_head")
IN_A_SAMPLE = "EXISTS (SELECT 1 FROM foundation_space WHERE foundation_space.id = space_id AND is_sample)"


def spaced_tables() -> list[str]:
    """The tables of all spaced models."""
    return sorted(model._meta.db_table for model in spaced_models())


def spaced_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if issubclass(model, Spaced)]


def raise_walls(connection: BaseDatabaseWrapper, role: str) -> None:
    """Force the policies on every spaced table and grant the role what it needs. Run by the owner; safe to repeat."""
    if connection.vendor != "postgresql":
        return
    quoted = connection.ops.quote_name(role)
    with connection.cursor() as cursor:
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {quoted}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {quoted}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {quoted}")
        for table in spaced_tables():
            cursor.execute(f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY')
            cursor.execute(f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY')
            for name, rule in policies_of(table).items():
                cursor.execute(f'DROP POLICY IF EXISTS {name} ON "{table}"')
                cursor.execute(f'CREATE POLICY {name} ON "{table}" {rule}')
        for table in NEVER_CHANGED:
            cursor.execute(f'REVOKE UPDATE ON "{table}" FROM {quoted}')
        # What a space is stays; without the right to change some column, no row of it could be locked.
        cursor.execute(f'REVOKE UPDATE ON "foundation_space" FROM {quoted}')
        cursor.execute(f'GRANT UPDATE (id) ON "foundation_space" TO {quoted}')


def policies_of(table: str) -> dict[str, str]:
    """What each policy of a table asks."""
    if table not in NEVER_REMOVED:
        return POLICIES
    return {**POLICIES, "removing": f"FOR DELETE USING ({WRITES} AND {IN_A_SAMPLE})"}
