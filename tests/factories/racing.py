"""Doings that begin at the same moment, each on a connection of its own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING

from django.db import connections

from handfast.kernel.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable

WON = "won"


def at_once(*doings: Callable[[], object]) -> list[str]:
    """What each came to, in the order of those who did it: `won`, or the code of its refusal; a fault is raised."""
    start = Barrier(len(doings))

    def done(doing: Callable[[], object]) -> str:
        start.wait()
        try:
            doing()
        except Refusal as refusal:
            return refusal.code
        finally:
            connections.close_all()
        return WON

    with ThreadPoolExecutor(len(doings)) as pool:
        return list(pool.map(done, doings))
