"""Zones from the pinned tzdata package, never the machine's, and what they do to local time."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

import numpy as np

from handfast.kernel.quantity import SECOND_US, Span, moment_of
from handfast.kernel.worktime.refusals import UnknownZone
from handfast.kernel.worktime.tzif import DAY_S, ZoneRules, changes_of_footer, read_tzif

if TYPE_CHECKING:
    from numpy.typing import NDArray

Ambiguous = Literal["refuse", "first", "second"]
IS_FINE, DOES_NOT_EXIST, EXISTS_TWICE = 0, 1, 2
# No zone was ever further from UTC, so this margin around local stamps holds the offsets they may need.
MARGIN_US = 2 * DAY_S * SECOND_US


@dataclass(frozen=True, slots=True, eq=False)
class LocalInstants:
    """`instants_us` (int64; 0 where there is none) and `fault` (0 fine, 1 does not exist, 2 exists twice)."""

    instants_us: NDArray[np.int64]
    fault: NDArray[np.int8]


@lru_cache(maxsize=1)
def zone_names() -> tuple[str, ...]:
    """Every name that the pinned tz data knows, sorted."""
    return tuple(sorted(files("tzdata").joinpath("zones").read_text("ascii").split()))


@lru_cache(maxsize=64)
def zone_named(name: str) -> ZoneInfo:
    """The zone of that exact name; an unknown one is refused with the nearest name."""
    return ZoneInfo.from_file(BytesIO(_content_of(name)), key=name)


def _content_of(name: str) -> bytes:
    if name not in zone_names():
        by_folded = {known.casefold(): known for known in zone_names()}
        near = difflib.get_close_matches(name.casefold(), by_folded, n=1, cutoff=0.6)
        hint = (
            f"did you mean {by_folded[near[0]]!r}?"
            if near
            else "write an IANA name, as in 'Europe/Amsterdam'"
        )
        raise UnknownZone(f"zone {name!r} is not known; {hint}")
    return files("tzdata").joinpath("zoneinfo", *name.split("/")).read_bytes()


@lru_cache(maxsize=64)
def _rules_of(name: str) -> ZoneRules:
    return read_tzif(_content_of(name))


def offsets_of(name: str, span: Span) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The stretches of constant offset in a span: where each starts (the first at the span's start), its offset.

    A change that only renames the time (same offset) starts no stretch.
    """
    rules = _rules_of(name)
    changes = list(zip(rules.changes_s, rules.offsets_s[1:], strict=True))
    settled = changes[-1][0] if changes else None
    years = (moment_of(span.starts_us).year - 1, moment_of(span.ends_us).year + 1)
    for instant, offset in changes_of_footer(rules.footer, *years):
        if settled is None or instant > settled:
            changes.append((instant, offset))
    starts, offsets = [span.starts_us], [rules.offsets_s[0]]
    for instant_s, offset in changes:
        instant = instant_s * SECOND_US
        if instant >= span.ends_us and instant > span.starts_us:
            break
        if instant <= span.starts_us:
            offsets[0] = offset
        elif offset != offsets[-1]:
            starts.append(instant)
            offsets.append(offset)
    return np.array(starts, dtype=np.int64), np.array(offsets, dtype=np.int64)


def instants_from_local(local_us: NDArray[np.int64], zone: str, ambiguous: Ambiguous) -> LocalInstants:
    """The instants at which the wall clock of a zone shows these naive local times.

    `local_us` counts microseconds from 1970-01-01T00:00 on the wall clock. A time that exists twice is a
    fault unless `ambiguous` says which of the two is meant.
    """
    if local_us.size == 0:
        return LocalInstants(np.zeros(0, np.int64), np.zeros(0, np.int8))
    span = Span(int(local_us.min()) - MARGIN_US, int(local_us.max()) + MARGIN_US)
    starts, offsets_s = offsets_of(zone, span)
    offsets = offsets_s * SECOND_US
    # Each stretch is one interval of local time; the stretches that show a time are those from the first
    # that has not ended by then to the last that has begun.
    earliest = np.searchsorted(starts[1:] + offsets[:-1], local_us, side="right")
    latest = np.searchsorted(starts[1:] + offsets[1:], local_us, side="right")
    fault = np.zeros(local_us.shape, np.int8)
    fault[latest < earliest] = DOES_NOT_EXIST
    if ambiguous == "refuse":
        fault[latest > earliest] = EXISTS_TWICE
    chosen = latest if ambiguous == "second" else earliest
    return LocalInstants(np.where(fault == IS_FINE, local_us - offsets[chosen], 0), fault)


def local_of(instants_us: NDArray[np.int64], zone: str) -> NDArray[np.int64]:
    """What the wall clock of a zone shows at these instants, in microseconds since 1970-01-01T00:00 local."""
    if instants_us.size == 0:
        return np.zeros(0, np.int64)
    starts, offsets_s = offsets_of(zone, Span(int(instants_us.min()), int(instants_us.max()) + 1))
    stretch = np.searchsorted(starts, instants_us, side="right") - 1
    return instants_us + offsets_s[stretch] * SECOND_US
