"""What many tests begin with is made once by its actions; later tests are given the same rows again, without the work."""

from __future__ import annotations

from copy import deepcopy
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from django.db import connection, transaction

from handfast.foundation.scope import _REACH, Reach, reach_if_any

if TYPE_CHECKING:
    from collections.abc import Callable

Made = TypeVar("Made")
WRITES = ("INSERT ", "UPDATE ", "DELETE ")


class _Tape:
    """The statements that wrote something, each with the reach it was written under, and what was made by them."""

    def __init__(self) -> None:
        self.statements: list[tuple[str, Any, bool, Reach]] = []
        self.made: Any = None

    def record(
        self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        answer = execute(sql, params, many, context)
        if sql.startswith(WRITES):
            kept = [tuple(one) for one in params] if many else tuple(params)
            self.statements.append((sql, kept, many, reach_if_any()))
        return answer

    def replay(self) -> None:
        """In this very context, past the reach that is entered: another context may have another connection."""
        with transaction.atomic(), connection.cursor() as cursor:
            for sql, params, many, reach in self.statements:
                token = _REACH.set(reach)
                try:
                    (cursor.executemany if many else cursor.execute)(sql, params)
                finally:
                    _REACH.reset(token)


def replayed(make: Callable[[], Made]) -> Callable[[], Made]:
    """Make it once a process; afterwards write the same rows again and give a copy of the same objects.

    Only for what takes nothing and asks no clock: the rows are the same, down to their ids.
    """
    tapes: dict[str, _Tape] = {}

    @wraps(make)
    def given() -> Made:
        tape = tapes.get(connection.vendor)
        if tape is None:
            tape = _Tape()
            with connection.execute_wrapper(tape.record):
                tape.made = deepcopy(made := make())
            tapes[connection.vendor] = tape
            return made
        tape.replay()
        found: Made = deepcopy(tape.made)
        return found

    return given
