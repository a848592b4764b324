"""Makes docs/reference/health-checks.md from the catalogue of the health check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.journeys.health.declared import AREAS, EVERY_SIZE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handfast.journeys.health.declared import Check


def checks_page(checks: Iterable[Check]) -> str:
    """A table for each area, a row for each check, in the order in which they are told."""
    every = list(checks)
    lines = [
        "# Checks of the health check",
        "",
        "Made from the catalogue by `make docs`. How they are told: [health check](../concepts/health-check.md).",
    ]
    for area in AREAS:
        mine = [one for one in every if one.area == area]
        lines += [
            "",
            f"## {area}",
            "",
            "| check | severity | what it looks for | sizes |",
            "|---|---|---|---|",
        ]
        lines += [f"| `{one.key}` | {one.severity} | {one.said} | {_sizes(one)} |" for one in mine]
    return "\n".join([*lines, ""])


def _sizes(check: Check) -> str:
    return "all" if check.sizes == EVERY_SIZE else ", ".join(check.sizes)
