"""What every page, slide and sheet of a pack says of itself: for whom, by whom, when, and under which digest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.web.instants import shown_at
from handfast.packs.report import Instant, Link

if TYPE_CHECKING:
    from handfast.packs.report import Cell, Report

SHORT = 16


def made_said(report: Report) -> str:
    """`16 Apr 2026, 09:12 America/Toronto`."""
    return f"{shown_at(report.made_at, report.zone)} {report.zone}"


def short_digest(digest: str) -> str:
    """The first sixteen digits in groups of eight."""
    return f"{digest[:8]} {digest[8:SHORT]}"


def foot_of(report: Report, digest: str) -> str:
    """The line at the foot of everything."""
    by = f"{report.author}, {report.made_for}" if report.made_for else report.author
    return f"{report.audience} · by {by} · {made_said(report)} · {short_digest(digest)}"


def said_of(cell: Cell, zone: str) -> str:
    """A cell as text."""
    match cell:
        case None:
            return ""
        case Instant():
            return shown_at(cell.at, zone)
        case Link():
            return cell.said
    return str(cell)
