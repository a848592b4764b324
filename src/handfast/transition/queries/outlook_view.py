"""How sure the plan's dates are, as the pages say it: days of the contract's zone, chances in words."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from handfast.kernel.quantity import rounded
from handfast.kernel.scheduling.chances import share_in_words
from handfast.transition.queries.pictures.gantt import FlagDay
from handfast.transition.queries.pictures.odds import odds_of
from handfast.transition.queries.told import A_MOMENT, day_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime
    from uuid import UUID

    from handfast.transition.models import Activity
    from handfast.transition.queries.outlook import Bar, Foreseen, Outlook
    from handfast.transition.queries.pictures.odds import Odds
    from handfast.transition.queries.plans import PlanRows

MOST_DRIVING = 10
WHOLE = 100


@dataclass(frozen=True, slots=True)
class Sure:
    """One shared date: the likely path's, those of ten, fifty, eighty and ninety runs of a hundred, and the agreed one."""

    id: UUID
    name: str
    kind: str
    likely_on: date
    p10_on: date
    p50_on: date
    p80_on: date
    p90_on: date
    agreed_on: date | None
    kept: str

    @property
    def is_likely_early(self) -> bool:
        """Whether the likely path ends before even odds: the usual case."""
        return self.likely_on < self.p50_on

    def flags(self) -> tuple[FlagDay, ...]:
        """The days to flag in the plan's picture."""
        agreed = (FlagDay(self.agreed_on, _short(self.agreed_on), "agreed"),) if self.agreed_on else ()
        return (
            *agreed,
            FlagDay(self.p50_on, f"P50 {_short(self.p50_on)}", "p50"),
            FlagDay(self.p80_on, f"P80 {_short(self.p80_on)}", "p80"),
        )


@dataclass(frozen=True, slots=True)
class Driver:
    """An activity with the share of the runs in which it drives the go-live."""

    id: UUID
    name: str
    lead: str
    percent: int
    said: str


@dataclass(frozen=True, slots=True)
class BuyLine:
    """What the go-live comes sooner; `id` is None for what is internal to a side, which has no name here."""

    id: UUID | None
    name: str
    lead: str
    days: str
    percent: int


@dataclass(frozen=True, slots=True)
class Counted:
    """A bar of the histogram in figures: its last day, its runs, and how many runs are done by then."""

    until_on: date
    runs: int
    by_then: str


@dataclass(frozen=True, slots=True)
class OutlookView:
    """The page of the outlook."""

    live: Sure
    runs: int
    seed: int
    is_stale: bool
    milestones: tuple[Sure, ...]
    drivers: tuple[Driver, ...]
    buys: tuple[BuyLine, ...]
    picture: Odds
    counted: tuple[Counted, ...]


def sure_of(rows: PlanRows, outlook: Outlook | None) -> Sure | None:
    """The go-live; None before the first simulation, or where it was taken out of the plan since."""
    if outlook is None:
        return None
    known = {one.pk: one for one in rows.activities}
    return _sure(outlook, outlook.live, known, rows.plan.engagement.zone)


def sure_of_wave(rows: PlanRows, outlook: Outlook | None, number: int) -> Sure | None:
    """The go-live of one wave; None as for `sure_of`."""
    found = next((one for wave, one in outlook.waves if wave == number), None) if outlook else None
    if outlook is None or found is None:
        return None
    known = {one.pk: one for one in rows.activities}
    return _sure(outlook, found, known, rows.plan.engagement.zone)


def outlook_view(rows: PlanRows, outlook: Outlook | None) -> OutlookView | None:
    """Everything of the page; None as for `sure_of`."""
    live = sure_of(rows, outlook)
    if outlook is None or live is None:
        return None
    zone = rows.plan.engagement.zone
    known = {one.pk: one for one in rows.activities}
    milestones = (_sure(outlook, one, known, zone) for one in outlook.milestones)
    return OutlookView(
        live,
        outlook.runs,
        outlook.seed,
        outlook.dated_at != rows.plan.dated_at or outlook.version != rows.plan.version,
        tuple(one for one in milestones if one is not None),
        tuple(_drivers(outlook, known))[:MOST_DRIVING],
        tuple(_buys(outlook, known)),
        odds_of(outlook, _marks(live, outlook), lambda instant: ends_on(instant, zone)),
        tuple(_counted(outlook, zone)),
    )


def ends_on(instant: datetime, zone: str) -> date:
    """The day of the last moment before an instant: what ends at midnight ends on the day before it."""
    return day_of(instant - A_MOMENT, zone)


def _marks(live: Sure, outlook: Outlook) -> tuple[tuple[str, datetime, str], ...]:
    """The rules of the histogram: words, instant, look."""
    found = outlook.live
    agreed: tuple[tuple[str, datetime, str], ...] = ()
    if found.agreed_at is not None and live.agreed_on is not None:
        agreed = ((f"agreed {_short(live.agreed_on)}", found.agreed_at, "agreed"),)
    return (
        (f"likely path {_short(live.likely_on)}", found.likely_at, "likely"),
        *agreed,
        (f"even odds {_short(live.p50_on)}", found.p50_at, "p50"),
        (f"four in five {_short(live.p80_on)}", found.p80_at, "p80"),
    )


def _sure(outlook: Outlook, one: Foreseen, known: dict[UUID, Activity], zone: str) -> Sure | None:
    activity = known.get(one.activity_id)
    if activity is None:
        return None
    # A milestone lasts no time: it stands on the day of its instant.
    day = ends_on if activity.kind == activity.Kind.WORK else day_of
    agreed = day(one.agreed_at, zone) if one.agreed_at else None
    return Sure(
        activity.pk, activity.name, activity.kind, day(one.likely_at, zone), day(one.p10_at, zone),
        day(one.p50_at, zone), day(one.p80_at, zone), day(one.p90_at, zone), agreed,
        share_in_words(outlook.share_of(one.agreed_runs)) if agreed else "",
    )  # fmt: skip


def _drivers(outlook: Outlook, known: dict[UUID, Activity]) -> Iterator[Driver]:
    """What drives the go-live, the most often first; milestones drive nothing by themselves."""
    for id_, runs in sorted(outlook.driving, key=lambda one: -one[1]):
        activity = known.get(id_)
        if activity is not None and activity.kind == activity.Kind.WORK and activity.finished_on is None:
            said = share_in_words(outlook.share_of(runs))
            yield Driver(id_, activity.name, activity.lead, runs * WHOLE // outlook.runs, said)


def _buys(outlook: Outlook, known: dict[UUID, Activity]) -> Iterator[BuyLine]:
    most = max((one.sooner_hundredths for one in outlook.buys), default=1)
    for one in outlook.buys:
        activity = known.get(one.activity_id) if one.activity_id else None
        if one.activity_id and activity is None:
            continue
        name = activity.name if activity else f"An internal activity of the {one.internal_to}"
        days = rounded(Fraction(one.sooner_hundredths, WHOLE), 1, "down")
        lead = activity.lead if activity else one.internal_to
        yield BuyLine(one.activity_id, name, lead, f"{days:f} d", one.sooner_hundredths * WHOLE // most)


def _counted(outlook: Outlook, zone: str) -> Iterator[Counted]:
    done = 0
    bar: Bar
    for bar in outlook.bars:
        done += bar.runs
        yield Counted(ends_on(bar.until_at, zone), bar.runs, share_in_words(outlook.share_of(done)))


def _short(day: date) -> str:
    return f"{day.day} {day:%b}"
