"""The import report: what was read, what was dropped and why, and what deserves a second look."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

from handfast.kernel.quantity import iso_of

FIRST_ROWS = 5


@dataclass(frozen=True, slots=True)
class Found:
    """How many rows share a fault, and the first of them (the header is row 1)."""

    rows: int
    first_rows: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ImportReport:
    """One file's import. `kept` counts events, or rows of an interval log.

    `undecided_ties`: records with events at one instant that no sequence puts in order.
    `drifting`: by attribute, records whose values differ inside. `implausible` stamps are kept.
    `missing_means`: by total, rows whose missing mean was taken as a sum of 0 because the mapping says so.
    """

    file: str
    file_sha256: str
    source: str
    kind: str
    rows_read: int
    kept: int
    records: int
    digest: str
    duplicates: int = 0
    dropped: dict[str, Found] = field(default_factory=dict)
    shared_stamps: int = 0
    undecided_ties: int = 0
    drifting: dict[str, int] = field(default_factory=dict)
    implausible: dict[str, Found] = field(default_factory=dict)
    missing_means: dict[str, Found] = field(default_factory=dict)
    first_stamp_us: int | None = None
    last_stamp_us: int | None = None
    ties_that_matter: dict[str, int] | None = None
    never_ended: dict[str, int] | None = None

    def as_plain(self) -> dict[str, Any]:
        """The report as JSON types; stamps as ISO 8601 in UTC."""
        plain = asdict(self)
        for name in ("first_stamp", "last_stamp"):
            instant: int | None = plain.pop(f"{name}_us")
            plain[name] = None if instant is None else shown_stamp(instant)
        return plain


def shown_stamp(instant_us: int) -> str:
    return iso_of(instant_us)
