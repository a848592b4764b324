"""A compiled calendar: its open intervals in UTC, which decide, whatever the libraries say later."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import numpy as np
import rfc8785

from handfast.kernel.quantity import Span, iso_of
from handfast.kernel.worktime.refusals import CalendarRefused
from handfast.kernel.worktime.windows import date_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from numpy.typing import NDArray

_KEYS = {"zone", "covers", "openings", "closed_days"}


@dataclass(frozen=True, slots=True, eq=False)
class CompiledCalendar:
    """Open in `[opens_us[i], closes_us[i])`: sorted, disjoint, never touching, inside `covers`.

    `closed_days` are the holidays with their names, as dates of `zone`. Two calendars are equal by content.
    """

    zone: str
    covers: Span
    opens_us: NDArray[np.int64] = field(repr=False)
    closes_us: NDArray[np.int64] = field(repr=False)
    closed_days: tuple[tuple[date, str], ...] = field(repr=False)
    # Working time up to each opening and up to each closing; lists, because bisect on them is the fast scalar way.
    opens_list: list[int] = field(init=False, repr=False)
    before_us: NDArray[np.int64] = field(init=False, repr=False)
    before_list: list[int] = field(init=False, repr=False)
    lengths_list: list[int] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        opens, closes = _frozen(self.opens_us), _frozen(self.closes_us)
        _check(self.covers, opens, closes)
        before = np.concatenate([np.zeros(1, np.int64), np.cumsum(closes - opens)])
        before.setflags(write=False)
        object.__setattr__(self, "opens_us", opens)
        object.__setattr__(self, "closes_us", closes)
        object.__setattr__(self, "before_us", before)
        object.__setattr__(self, "opens_list", opens.tolist())
        object.__setattr__(self, "before_list", before.tolist())
        object.__setattr__(self, "lengths_list", (closes - opens).tolist())

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, CompiledCalendar):
            return NotImplemented
        return (
            (self.zone, self.covers, self.closed_days) == (other.zone, other.covers, other.closed_days)
            and np.array_equal(self.opens_us, other.opens_us)
            and np.array_equal(self.closes_us, other.closes_us)
        )

    def __hash__(self) -> int:
        return hash(
            (self.zone, self.covers, self.closed_days, self.opens_us.tobytes(), self.closes_us.tobytes())
        )

    @property
    def digest(self) -> str:
        """SHA-256, in hex, of the canonical JSON (RFC 8785) of `as_plain()`."""
        return sha256(rfc8785.dumps(self.as_plain())).hexdigest()

    def as_plain(self) -> dict[str, Any]:
        """Only lists, texts and integers: what an annex file holds."""
        return {
            "zone": self.zone,
            "covers": [self.covers.starts_us, self.covers.ends_us],
            "openings": np.stack([self.opens_us, self.closes_us], axis=1).tolist(),
            "closed_days": [[day.isoformat(), name] for day, name in self.closed_days],
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> CompiledCalendar:
        """What `as_plain` wrote; anything else is refused."""
        if not isinstance(plain, dict) or set(plain) != _KEYS:
            raise CalendarRefused(f"a compiled calendar has exactly the keys {', '.join(sorted(_KEYS))}")
        if not isinstance(plain["zone"], str):
            raise CalendarRefused("compiled calendar: zone: expected a text")
        covers = _pair_of(plain["covers"], "covers")
        openings = [
            _pair_of(pair, f"openings[{place}]") for place, pair in enumerate(_list_of(plain, "openings"))
        ]
        if covers[1] < covers[0]:
            raise CalendarRefused("compiled calendar: covers: ends before it starts")
        table = np.array(openings, dtype=np.int64).reshape(-1, 2)
        days = tuple(_day_of(entry, place) for place, entry in enumerate(_list_of(plain, "closed_days")))
        if [day for day, _ in days] != sorted({day for day, _ in days}):
            raise CalendarRefused("compiled calendar: closed_days: not in order, or a day twice")
        return cls(plain["zone"], Span(*covers), table[:, 0], table[:, 1], days)


def _frozen(values: NDArray[np.int64]) -> NDArray[np.int64]:
    if values.ndim != 1 or values.dtype != np.int64:
        raise CalendarRefused("a compiled calendar: openings are one row of whole microseconds each")
    copied = np.array(values, dtype=np.int64)
    copied.setflags(write=False)
    return copied


def _check(covers: Span, opens: NDArray[np.int64], closes: NDArray[np.int64]) -> None:
    if opens.shape != closes.shape:
        raise CalendarRefused("a compiled calendar: every opening needs one closing")
    wrong = np.flatnonzero(closes <= opens)
    if wrong.size:
        raise CalendarRefused(f"a compiled calendar: the opening at {iso_of(int(opens[wrong[0]]))} is empty")
    wrong = np.flatnonzero(opens[1:] <= closes[:-1])
    if wrong.size:
        raise CalendarRefused(
            f"a compiled calendar: the opening at {iso_of(int(opens[wrong[0] + 1]))} does not come after the one before"
        )
    if opens.size and (opens[0] < covers.starts_us or closes[-1] > covers.ends_us):
        raise CalendarRefused(
            f"a compiled calendar: open outside of what it covers, {iso_of(covers.starts_us)} to {iso_of(covers.ends_us)}"
        )


def _list_of(plain: Mapping[str, Any], key: str) -> list[Any]:
    if not isinstance(plain[key], list):
        raise CalendarRefused(f"compiled calendar: {key}: expected a list")
    return list(plain[key])


def _pair_of(value: Any, where: str) -> tuple[int, int]:
    match value:
        case [int(first), int(second)] if not isinstance(first, bool) and not isinstance(second, bool):
            if max(abs(first), abs(second)) < 2**53:
                return first, second
    raise CalendarRefused(f"compiled calendar: {where}: expected two whole numbers of microseconds")


def _day_of(entry: Any, place: int) -> tuple[date, str]:
    match entry:
        case [str(day), str(name)]:
            try:
                return date_of(day), name
            except ValueError as error:
                raise CalendarRefused(f"compiled calendar: closed_days[{place}]: {error}") from error
    raise CalendarRefused(f"compiled calendar: closed_days[{place}]: expected a date and a name")
