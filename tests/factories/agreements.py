"""Small terms, calendars and adjustments, written as people write them, with one thing changed at a time."""

from __future__ import annotations

import copy
from datetime import date
from typing import TYPE_CHECKING, Any

from handfast.kernel.document import Document
from handfast.kernel.quantity import Span, instant_of
from handfast.kernel.servicelevels.adjustments import read_adjustments
from handfast.kernel.servicelevels.annex import Annex
from handfast.kernel.servicelevels.reported import NOTHING_REPORTED, read_reported
from handfast.kernel.servicelevels.statement import Inputs
from handfast.kernel.servicelevels.terms import read_terms
from handfast.kernel.worktime.compiled import CompiledCalendar
from handfast.kernel.worktime.compiling import compile_calendar
from handfast.kernel.worktime.written import WrittenCalendar
from handfast.kernel.written_values import instant_us_of

if TYPE_CHECKING:
    from handfast.kernel.servicelevels.adjustments import Adjustments
    from handfast.kernel.servicelevels.reported import ReportedValues
    from handfast.kernel.servicelevels.terms import Terms

OFFICE = {"zone": "Europe/Amsterdam", "hours": {"mon-fri": ["09:00-17:00"]}}
ALWAYS = {"zone": "Europe/Amsterdam", "hours": {"mon-sun": ["00:00-24:00"]}}
CLOCK = {
    "source": "desk",
    "calendar": "office",
    "start": "new",
    "stop": "done",
    "pauses": {"user": "wait user", "vendor": "wait vendor"},
    "reopening": "continue",
}
WITHIN = {
    "kind": "share within target",
    "clock": "resolution",
    "target": "8h",
    "counted_by": "start",
    "unfinished": "as it stands",
    "rounding": {"digits": "2", "mode": "half up"},
}
DESK = {
    "kind": "events",
    "record": "id",
    "at": {"column": "at", "format": "iso"},
    "event": "event",
    "attributes": {
        "kind": {"column": "kind", "taken_at": "start"},
        "size": {"column": "size", "taken_at": "last", "digits": "2"},
    },
}
CALLS = {
    "kind": "intervals",
    "at": {"column": "at", "format": "iso"},
    "minutes": "30",
    "keys": {"queue": "queue"},
    "totals": {"offered": "offered", "in_time": "in_time", "talk": {"column": "talk", "digits": "2"}},
}
TERMS: dict[str, Any] = {
    "agreement": "Small agreement",
    "zone": "Europe/Amsterdam",
    "effective": {"from": "2026-01-01", "to": "2027-01-01"},
    "sources": {"desk": DESK, "calls": CALLS},
    "calendars": {"office": OFFICE},
    "clocks": {"resolution": CLOCK},
    "measures": {"resolved": WITHIN},
    "levels": {
        "resolved": {"measure": "resolved", "name": "Resolved", "expected": "90 %", "minimum": "80 %"}
    },
}


def patched(plain: Any, changes: Any) -> Any:
    """A merge patch: what it names is replaced, null takes away."""
    if not isinstance(plain, dict) or not isinstance(changes, dict):
        return copy.deepcopy(changes)
    merged = {key: copy.deepcopy(value) for key, value in plain.items() if key not in changes}
    for key, value in changes.items():
        if value is not None:
            merged[key] = patched(plain.get(key, {}), value)
    return merged


def terms_with(**changes: Any) -> Terms:
    """The small terms with a merge patch on top."""
    return read_terms(Document("terms.yaml", patched(TERMS, changes), {}))


def clocked(clock: dict[str, Any], **changes: Any) -> Terms:
    """The small terms with this clock instead of theirs."""
    plain = patched(TERMS, changes)
    plain["clocks"] = {"resolution": {"source": "desk", "calendar": "office", **clock}}
    return read_terms(Document("terms.yaml", plain, {}))


def calendar_of(written: dict[str, Any], first: str, last: str) -> CompiledCalendar:
    """A written calendar compiled for the days `first` to `last`."""
    return compile_calendar(
        WrittenCalendar.model_validate(written),
        first=date.fromisoformat(first),
        last=date.fromisoformat(last),
    )


def openings_of(pairs: list[tuple[int, int]], covers: Span) -> CompiledCalendar:
    """A compiled calendar with exactly these openings."""
    import numpy as np  # noqa: PLC0415 - only this one needs it

    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return CompiledCalendar("Etc/UTC", covers, table[:, 0].copy(), table[:, 1].copy(), ())


def annex_of(terms: Terms, first: str = "2025-12-01", last: str = "2027-01-31") -> Annex:
    """Every calendar of the terms, compiled for some days only, which is quicker than for all."""
    compiled = {
        key: compile_calendar(written, first=date.fromisoformat(first), last=date.fromisoformat(last))
        for key, written in terms.calendars().items()
    }
    return Annex(compiled, {}, {})


def adjustments_of(*plain: dict[str, Any]) -> Adjustments:
    """Adjustments, each accepted on 1 January 2026 unless it says otherwise; ids are numbered."""
    usual = {
        "reason": "agreed",
        "proposed": {"by": "provider", "at": "2026-01-01T00:00:00Z"},
        "accepted": {"by": "client", "at": "2026-01-01T00:00:00Z"},
    }
    written = [{"id": f"A{number}", **usual, **one} for number, one in enumerate(plain, 1)]
    return read_adjustments(Document("adjustments.yaml", {"adjustments": written}, {}))


def reported_of(values: dict[str, Any], charges: dict[str, Any] | None = None) -> ReportedValues:
    """Reported values by measure and month, each reported by the provider."""
    usual = {"by": "provider", "at": "2026-06-01T00:00:00Z", "attested_by": "manager"}
    written = {
        measure: {month: {**usual, **value} for month, value in months.items()}
        for measure, months in values.items()
    }
    return read_reported(Document("reported.yaml", {"values": written, "charges": charges or {}}, {}))


def inputs_of(terms: Terms, *, as_of: str = "2027-01-01T00:00:00Z", **given: Any) -> Inputs:
    """The inputs of a statement with the small annex; `given` are the other fields of Inputs."""
    given.setdefault("annex", annex_of(terms))
    given.setdefault("reported", NOTHING_REPORTED)
    return Inputs(terms=terms, as_of_us=us(as_of), **given)


def us(text: str) -> int:
    """An instant in microseconds: ISO 8601 with its offset, or a local time of Amsterdam without one."""
    if text.endswith("Z") or "+" in text:
        return instant_us_of(text)
    from datetime import datetime  # noqa: PLC0415 - beside the zone it needs
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - beside its only use

    return instant_of(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Amsterdam")))
