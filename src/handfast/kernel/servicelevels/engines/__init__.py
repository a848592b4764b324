"""Engines answer typed questions about records in whole numbers; they alone touch record files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.kernel.refusal import Refusal

if TYPE_CHECKING:
    from pathlib import Path

    from handfast.kernel.servicelevels.evidence import Evidence
    from handfast.kernel.servicelevels.questions import Engine

ENGINES = ("duckdb", "reference")


class NoSuchEngine(Refusal):
    """An engine by a name that nobody built."""

    code = "no-such-engine"


def open_engine(name: str, evidence: Evidence, *, cache: Path | None = None, threads: int = 2) -> Engine:
    """An engine on the evidence; `cache` and `threads` concern only the engines that use them."""
    if name == "duckdb":
        from handfast.kernel.servicelevels.engines.embedded import DuckdbEngine  # noqa: PLC0415 - loads slowly

        return DuckdbEngine(evidence, cache=cache, threads=threads)
    if name == "reference":
        from handfast.kernel.servicelevels.engines.reference import ReferenceEngine  # noqa: PLC0415 - loads only where it is asked for

        return ReferenceEngine(evidence)
    raise NoSuchEngine(f"there is no engine {name!r}; there are: {', '.join(ENGINES)}")
