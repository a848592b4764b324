"""Random clocks, logs, calendars and adjustments from a seed, drawn so that instants meet: ties, borders, overlaps.

Everything follows from one number: a failing case is rebuilt from the seed that the test names.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from tests.factories.agreements import adjustments_of, calendar_of, clocked, openings_of
from tests.factories.logs import event_log

from handfast.kernel.quantity import Span
from handfast.kernel.records.log import Attribute
from handfast.kernel.records.mapping import TIES
from handfast.kernel.servicelevels.evidence import Evidence

if TYPE_CHECKING:
    from handfast.kernel.servicelevels.adjustments import Adjustment
    from handfast.kernel.worktime.compiled import CompiledCalendar

MINUTE = 60_000_000
DAY = 1440 * MINUTE
# Names whose alphabetical order mixes the roles: a tie by name and a tie by role must not be the same thing.
STARTS, STOPS, OTHERS = ("new", "assigned"), ("done", "closed"), ("work", "note")
KINDS = {"user": ("wait user", "asked"), "vendor": ("wait vendor", "hold")}
PAUSING = tuple(event for events in KINDS.values() for event in events)
EVENTS = (*STARTS, *STOPS, *PAUSING, *OTHERS)
RECORDS = ("R1", "R2", "R3", "r4", "Ré5", "R6", "R7", "R8", "R 9", "R,10")
# Each zone with the first and last of twelve days in which its clock changes (or never does).
ZONES = (
    ("Europe/Amsterdam", "2026-03-24", "2026-04-04"),
    ("Europe/Amsterdam", "2026-10-20", "2026-10-31"),
    ("America/New_York", "2026-03-03", "2026-03-14"),
    ("Australia/Lord_Howe", "2026-03-31", "2026-04-11"),
    ("Asia/Kolkata", "2026-03-24", "2026-04-04"),
)
HOURS: tuple[dict[str, list[str]], ...] = (
    {"mon-fri": ["09:00-17:00"]},
    {"mon-sun": ["00:00-24:00"]},
    {"mon-sun": ["22:00-06:00"]},
    {"mon-sat": ["00:13-02:31", "02:32-03:07", "23:59-24:00"]},
    {"mon-sun": ["09:00-09:07", "09:11-09:23", "09:29-09:30", "13:01-18:59"]},
    {"sat": ["20:30-02:30"], "sun": ["02:30-03:00"]},
)
FIRST_DAY = 1_774_310_400_000_000  # 2026-03-24T00:00:00Z
STEPS = (1, 2, 17, 30, 59, 60, 61, 120, 200, 487)


@dataclass(frozen=True, slots=True)
class Case:
    """Evidence with one clock, and the instants that matter in it."""

    evidence: Evidence
    instants: tuple[int, ...]

    @property
    def targets(self) -> tuple[int, ...]:
        """The open time between two of the instants: a pause may begin just as such a target is reached."""
        calendar = self.evidence.calendars["office"]
        openings = list(zip(calendar.opens_us.tolist(), calendar.closes_us.tolist(), strict=True))
        return tuple(
            sum(max(0, min(closes, b) - max(opens, a)) for opens, closes in openings)
            for a, b in pairwise(self.instants)
        )


def cases() -> st.SearchStrategy[Case]:
    return st.integers(0, 2**63).map(case_of)


def case_of(seed: int) -> Case:
    """Everything an engine is opened on."""
    rng = Random(seed)  # noqa: S311 - chance, no secret
    calendar = (
        _bare_calendar(rng) if rng.random() < 0.5 else zoned_calendar(rng.randrange(5), rng.randrange(6))
    )
    instants = _instants(rng, calendar)
    attributes = (
        Attribute("kind", rng.choice(("start", "stop", "last")), None),
        Attribute("size", rng.choice(("start", "stop", "last")), 2),
    )
    ties = rng.sample(TIES, len(TIES))
    log = event_log(_events(rng, instants), attributes=attributes, ties=ties)
    as_of = rng.choice((instants[-1], instants[-1], instants[-1] + MINUTE, instants[-1] + DAY, instants[-3]))
    terms = clocked(random_clock(rng))
    evidence = Evidence(
        terms, {"office": calendar}, {"desk": log}, {}, random_adjustments(rng, instants), as_of
    )
    return Case(evidence, instants)


@cache
def zoned_calendar(zone_place: int, hours_place: int) -> CompiledCalendar:
    zone, first, last = ZONES[zone_place]
    return calendar_of({"zone": zone, "hours": HOURS[hours_place]}, first, last)


def _bare_calendar(rng: Random) -> CompiledCalendar:
    """Openings of whole minutes from a Tuesday on: several an hour, across hours, or none at all."""
    pairs, at = [], FIRST_DAY
    for place in range(rng.choice((0, 2, 8, 16, 24, 24))):
        step = rng.choice(STEPS) * MINUTE
        if place % 2:
            pairs.append((at, at + step))
        at += step
    return openings_of(pairs, Span(FIRST_DAY, FIRST_DAY + 12 * DAY))


def _instants(rng: Random, calendar: CompiledCalendar) -> tuple[int, ...]:
    """Six to ten instants of the first ten days, many of them at the borders of openings or beside them."""
    begins, ends = calendar.covers.starts_us, calendar.covers.starts_us + 10 * DAY
    borders = [at for at in (*calendar.opens_us.tolist(), *calendar.closes_us.tolist()) if at < ends]
    found = set()
    wanted = rng.randrange(6, 11)
    while len(found) < wanted:
        if borders and rng.random() < 0.7:
            at = rng.choice(borders) + rng.choice((-1, 0, 0, 1, MINUTE, -37 * MINUTE, 150 * MINUTE))
        else:
            at = begins + rng.randrange(10 * 1440) * MINUTE
        found.add(min(max(at, begins), ends))
    return tuple(sorted(found))


def random_clock(rng: Random) -> dict[str, Any]:
    """A clock's terms as plain values."""
    pauses = {kind: list(rng.choice((events, events, events[:1], ()))) for kind, events in KINDS.items()}
    clock: dict[str, Any] = {
        "start": rng.choice(("first", ["new"], ["new", "assigned"])),
        "stop": rng.choice((["done"], ["closed"], ["closed", "done"])),
        "pauses": {kind: events for kind, events in pauses.items() if events},
        "reopening": rng.choice(("continue", "restart", "ignore")),
        "excludes": rng.choice((["outage", "strike"], ["outage", "strike"], ["outage"], [])),
    }
    for key in ("resume", "reopen"):
        if rng.random() < 0.4:
            clock[key] = rng.sample(EVENTS, rng.randrange(5))
    return clock


def _events(rng: Random, instants: tuple[int, ...]) -> list[dict[str, Any]]:
    """Up to ten records of one to nine events; many share a stamp."""
    is_sequenced = rng.random() < 0.4
    return [
        {
            "record": record,
            "at": rng.choice(instants),
            "sequence": rng.choice((None, -1, 0, 2)) if is_sequenced else None,
            "event": rng.choice((*PAUSING, *STOPS, *EVENTS)),
            "kind": rng.choice((None, "a", "b", "o'é")),
            "size": rng.choice((None, -5, 0, 250, 10**15)),
        }
        for record in RECORDS[: rng.choice((1, 5, 10, 10))]
        for _ in range(rng.choice((1, 3, 5, 7, 9)))
    ]


def random_adjustments(rng: Random, instants: tuple[int, ...]) -> tuple[Adjustment, ...]:
    """Records and time excluded, pauses revoked: for some records or all, with a span or without."""
    written = []
    for _ in range(rng.choice((0, 0, 1, 2, 4, 6))):
        named = rng.choice(
            (list(RECORDS), list(RECORDS), ["R1"], ["R2", "unknown", "R3", "R2"], ["Ré5", "r4"])
        )
        one: dict[str, Any] = {"source": rng.choice((None, "desk", "desk", "calls"))}
        one["kind"] = rng.choice(
            ("record excluded", "time excluded", "time excluded", "pause revoked", "pause revoked")
        )
        if one["kind"] == "record excluded":
            one |= {"type": rng.choice(("duplicate", "force")), "records": named}
        elif one["kind"] == "time excluded":
            one |= {"type": rng.choice(("outage", "strike")), "records": rng.choice((None, named))}
        else:
            one |= {"pause": rng.choice((*KINDS, "stopped")), "records": named}
        if one["kind"] == "time excluded" or (one["kind"] == "pause revoked" and rng.random() < 0.5):
            first, later = sorted(rng.sample(instants, 2))
            one |= {"from": first, "to": rng.choice((later, later, first + 1, first + 5 * DAY))}
        written.append({key: value for key, value in one.items() if value is not None})
    return adjustments_of(*written).in_force(2**60)
