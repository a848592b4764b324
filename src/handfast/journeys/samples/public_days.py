"""The holidays of the samples' sites, written out: a simulation must not change with a library's release."""

from __future__ import annotations

from datetime import date

SERBIA = frozenset(
    date.fromisoformat(day)
    for day in (
        "2025-04-18", "2025-04-21", "2025-05-01", "2025-05-02", "2025-11-11", "2026-01-01", "2026-01-02",
        "2026-01-07", "2026-02-16", "2026-02-17", "2026-04-10", "2026-04-13", "2026-05-01",
    )
)  # fmt: skip
POLAND = frozenset(
    date.fromisoformat(day)
    for day in (
        "2025-12-24", "2025-12-25", "2025-12-26", "2026-01-01", "2026-01-06", "2026-04-06", "2026-05-01",
    )
)  # fmt: skip
