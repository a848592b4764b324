"""An adjustment as it is read: its stretch of time on the clocks of the contract's zone."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from handfast.foundation.web.instants import shown_at

if TYPE_CHECKING:
    from collections.abc import Mapping


def span_said(said: Mapping[str, Any], zone: str) -> str:
    """`10 Mar 2026, 13:30 to 10 Mar 2026, 15:00`; empty where it names no time."""
    if "from" not in said or "to" not in said:
        return ""
    starts, ends = (shown_at(datetime.fromisoformat(said[key]), zone) for key in ("from", "to"))
    return f"{starts} to {ends}"
