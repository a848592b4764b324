"""Adjustments applied to pauses: revoked pauses go, excluded time comes, and nothing is blocked twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from handfast.kernel.servicelevels.clock_terms import STOPPED
from handfast.kernel.servicelevels.engines.runs import STOPPED_KIND, Pauses

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handfast.kernel.servicelevels.adjustments import Adjustment
    from handfast.kernel.servicelevels.clock_terms import ClockTerms
    from handfast.kernel.servicelevels.engines.ordered import Flags, Ints

EXCLUDED_KIND = -2


def without_revoked(
    pauses: Pauses, clock: ClockTerms, revoked: Sequence[Adjustment], place_of: dict[str, int]
) -> Pauses:
    """The pauses that no adjustment revokes."""
    kinds = {kind: number for number, kind in enumerate(clock.pauses)} | {STOPPED: STOPPED_KIND}
    untouched, pauses = _parted(pauses, revoked, place_of)
    gone = np.zeros(pauses.record.size, dtype=bool)
    for adjustment in revoked:
        named = _places(adjustment, place_of)
        hit = np.isin(pauses.record, named) & (pauses.kind == kinds.get(adjustment.pause or "", -9))
        if adjustment.starts_at is not None:
            span = adjustment.span
            hit &= (pauses.from_us >= span.starts_us) & (pauses.from_us < span.ends_us)
        gone |= hit
    return _joined(untouched, _kept(pauses, ~gone))


def with_excluded_time(  # noqa: PLR0913, PLR0917 - the three arrays of a record's clock go with their pauses
    pauses: Pauses,
    clock: ClockTerms,
    excluded: Sequence[Adjustment],
    place_of: dict[str, int],
    starts: Ints,
    ends: Ints,
) -> Pauses:
    """Pauses and excluded stretches together, disjoint: excluded time goes before a pause."""
    honoured = [adjustment for adjustment in excluded if adjustment.type in clock.excludes]
    for adjustment in honoured:
        if adjustment.records is None:
            pauses = _with_excluded(pauses, adjustment, np.arange(starts.size), starts, ends)
    # Thousands of agreed records must not each walk over the pauses of millions that nobody named.
    named = [adjustment for adjustment in honoured if adjustment.records is not None]
    untouched, pauses = _parted(pauses, named, place_of)
    for adjustment in named:
        pauses = _with_excluded(pauses, adjustment, _places(adjustment, place_of), starts, ends)
    return _joined(untouched, pauses)


def _with_excluded(pauses: Pauses, adjustment: Adjustment, places: Ints, starts: Ints, ends: Ints) -> Pauses:
    span = adjustment.span
    pauses = _cut(pauses, span.starts_us, span.ends_us, np.isin(pauses.record, places))
    from_us = np.maximum(starts[places], span.starts_us)
    to_us = np.minimum(ends[places], span.ends_us)
    hit = from_us < to_us
    kind = np.full(int(hit.sum()), EXCLUDED_KIND, np.int64)
    return _joined(pauses, Pauses(places[hit], from_us[hit], to_us[hit], kind))


def _parted(
    pauses: Pauses, adjustments: Sequence[Adjustment], place_of: dict[str, int]
) -> tuple[Pauses, Pauses]:
    """The pauses of records that no adjustment names, and those of records that one does."""
    named = [_places(adjustment, place_of) for adjustment in adjustments]
    concerned = np.isin(pauses.record, np.concatenate(named) if named else np.empty(0, dtype=np.int64))
    return _kept(pauses, ~concerned), _kept(pauses, concerned)


def _places(adjustment: Adjustment, place_of: dict[str, int]) -> Ints:
    known = [place_of[record] for record in dict.fromkeys(adjustment.records or ()) if record in place_of]
    return np.array(known, dtype=np.int64)


def _cut(pauses: Pauses, starts: int, ends: int, hit: Flags) -> Pauses:
    """Take [starts, ends) out of the pauses that are hit; what is left on both sides stays."""
    untouched = _kept(pauses, ~hit)
    cut = _kept(pauses, hit)
    left = Pauses(cut.record, cut.from_us, np.minimum(cut.to_us, starts), cut.kind)
    right = Pauses(cut.record, np.maximum(cut.from_us, ends), cut.to_us, cut.kind)
    both = _joined(left, right)
    return _joined(untouched, _kept(both, both.from_us < both.to_us))


def _kept(pauses: Pauses, chosen: Flags) -> Pauses:
    return Pauses(pauses.record[chosen], pauses.from_us[chosen], pauses.to_us[chosen], pauses.kind[chosen])


def _joined(one: Pauses, other: Pauses) -> Pauses:
    return Pauses(
        np.concatenate((one.record, other.record)),
        np.concatenate((one.from_us, other.from_us)),
        np.concatenate((one.to_us, other.to_us)),
        np.concatenate((one.kind, other.kind)),
    )
