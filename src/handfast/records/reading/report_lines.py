"""An import report as lines for people: label, what is said, and whether it deserves a second look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a report."""

    label: str
    said: str
    is_notable: bool = False


def report_lines(report: dict[str, Any]) -> tuple[Line, ...]:
    """The lines of a report that was kept as JSON; none where there is none yet."""
    return tuple(_lines(report)) if report else ()


def notable(report: dict[str, Any]) -> tuple[Line, ...]:
    """Only what deserves a second look: rows dropped, stamps that cannot be, ties that nothing decides."""
    return tuple(line for line in report_lines(report) if line.is_notable)


def _lines(report: dict[str, Any]) -> Iterator[Line]:
    is_events = report["kind"] != "intervals"
    yield Line("Rows read", f"{report['rows_read']:,}")
    for reason, found in report["dropped"].items():
        yield Line("Dropped", f"{found['rows']:,}: {reason} ({_rows(found)})", is_notable=True)
    yield Line("Events kept" if is_events else "Rows kept", f"{report['kept']:,}")
    yield Line("Records" if is_events else "Intervals", f"{report['records']:,}")
    if is_events:
        yield Line("Repeated events", f"{report['duplicates']:,}, each kept once")
        shared, undecided = report["shared_stamps"], report["undecided_ties"]
        said = f"{shared:,} records, {undecided:,} of them not put in order by a sequence"
        yield Line("Shared stamps", said, is_notable=bool(undecided))
    for name, records in report["drifting"].items():
        yield Line("Drifting", f"{name} in {records:,} records", is_notable=True)
    for name, found in report["missing_means"].items():
        yield Line(
            "Missing means", f"{found['rows']:,} of {name}, taken as 0 ({_rows(found)})", is_notable=True
        )
    for reason, found in report["implausible"].items():
        yield Line(
            "Implausible", f"{found['rows']:,} stamps {reason}, kept ({_rows(found)})", is_notable=True
        )
    yield Line("First stamp", report["first_stamp"] or "none")
    yield Line("Last stamp", report["last_stamp"] or "none")


def _rows(found: dict[str, Any]) -> str:
    more = ", …" if found["rows"] > len(found["first_rows"]) else ""
    return f"row {', '.join(map(str, found['first_rows']))}{more}"
