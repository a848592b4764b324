"""The connection that sets the reach before every statement, for the policies of row-level security."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.backends.postgresql import base

from handfast.foundation.scope import reach_if_any

if TYPE_CHECKING:
    from collections.abc import Callable

TELL = "SELECT set_config('handfast.reads', %s, %s), set_config('handfast.writes', %s, %s)"

TRANSACTION_CONTROL = ("SAVEPOINT ", "ROLLBACK TO SAVEPOINT ", "RELEASE SAVEPOINT ")


def tell_reach(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    """Set the reach, then run the statement. Never cached: a rollback would bring an older one back."""
    if sql.startswith(
        TRANSACTION_CONTROL
    ):  # it reads nothing, and must also run where a statement has failed
        return execute(sql, params, many, context)
    connection = context["connection"]
    reach = reach_if_any()
    reads, writes = (",".join(sorted(map(str, spaces))) for spaces in (reach.reads, reach.writes))
    is_local = connection.in_atomic_block or not connection.get_autocommit()
    connection.connection.execute(TELL, (reads, is_local, writes, is_local))
    return execute(sql, params, many, context)


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL behind the walls."""

    def init_connection_state(self) -> None:
        super().init_connection_state()
        if tell_reach not in self.execute_wrappers:
            self.execute_wrappers.append(tell_reach)
