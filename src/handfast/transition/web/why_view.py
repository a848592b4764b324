"""Why a date is what it is, told back along what binds it: as a path of reasons, and then on to the go-live."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.kernel.scheduling.chances import share_in_words
from handfast.transition.queries.lines import float_text
from handfast.transition.queries.told import agreed_on, day_of, ends_on
from handfast.transition.queries.waves import is_go_live

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from uuid import UUID

    from handfast.transition.models import Activity
    from handfast.transition.queries.outlook import Outlook
    from handfast.transition.queries.plans import PlanRows

HOPS = 4


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of the path: whose it is, what happened, why that matters, and the days it came later than agreed."""

    id: UUID | None
    lead: str
    title: str
    said: str
    later_days: int


@dataclass(frozen=True, slots=True)
class WhyView:
    """The panel beside the picture."""

    on: date
    was_on: date | None
    later_days: int
    length: str
    reasons: tuple[Reason, ...]
    then: str
    driving: str
    p50_on: date | None
    p80_on: date | None


def why_view(rows: PlanRows, one: Activity, outlook: Outlook | None) -> WhyView | None:
    """None while the plan is being dated for the first time."""
    dates = rows.dates.get(one.pk)
    if dates is None:
        return None
    zone = rows.plan.engagement.zone
    on = day_of(dates.starts_at, zone)
    was_on = day_of(one.baseline_starts_at, zone) if one.baseline_starts_at else None
    foreseen = (
        next((kept for kept in outlook.milestones if kept.activity_id == one.pk), None) if outlook else None
    )
    return WhyView(
        on, was_on, (on - was_on).days if was_on else 0, one.likely if one.kind == one.Kind.WORK else one.kind,
        tuple(_reasons(rows, one)), _then(rows, one), _driving(one, outlook),
        day_of(foreseen.p50_at, zone) if foreseen else None, day_of(foreseen.p80_at, zone) if foreseen else None,
    )  # fmt: skip


def _reasons(rows: PlanRows, one: Activity) -> Iterator[Reason]:
    """From the activity back, a few links far; it ends at what nothing else binds."""
    known = {other.pk: other for other in rows.activities}
    for hop in range(HOPS):
        dates = rows.dates[one.pk]
        cause, _, lost = dates.why.rstrip(".").partition("; ")
        other = known.get(dates.bound_to_id) if dates.bound_to_id else None
        if other is None or other.pk not in rows.dates:
            yield Reason(None, one.lead, one.name if hop else "It binds itself", f"{cause}.", 0)
        else:
            yield _bound(rows, one, other, is_first=hop == 0)
        if lost:
            yield Reason(None, one.lead, "Closed days", f"{lost[0].upper()}{lost[1:]}.", 0)
        if other is None or other.finished_on is not None or other.pk not in rows.dates:
            return
        one = other


def _bound(rows: PlanRows, one: Activity, other: Activity, *, is_first: bool) -> Reason:
    zone, dates = rows.plan.engagement.zone, rows.dates[other.pk]
    told_on, agreed = ends_on(dates, zone), agreed_on(other, zone)
    later = (told_on - agreed).days if agreed else 0
    link = next((link for link in rows.links if (link.before_id, link.after_id) == (other.pk, one.pk)), None)
    if link is not None and link.kind[0] == "S":
        told_on, did = day_of(dates.starts_at, zone), "began" if other.started_on else "begins"
    else:
        did = "ended" if other.finished_on else "ends"
    binds = " This is the binding link." if is_first else ""
    return Reason(
        other.pk, other.lead, f"{other.name} {did} {told_on:%a} {told_on.day} {told_on:%b}",
        f"“{one.name}” waits for it.{binds}", later,
    )  # fmt: skip


def _then(rows: PlanRows, one: Activity) -> str:
    """What it does to the go-live, or to the end of the plan."""
    zone, dates = rows.plan.engagement.zone, rows.dates[one.pk]
    if one.finished_on is not None:
        return "It is done."
    if not dates.is_critical:
        return f"It may slip {float_text(dates.float_us, dates.day_us)} before the end of the plan moves."
    lives = (other for other in rows.activities if is_go_live(other) and other.wave == one.wave)
    live = next((other for other in lives if other.pk in rows.dates), None)
    if live is None:
        return "It drives the end of the plan."
    on = ends_on(rows.dates[live.pk], zone)
    return f"It drives the end: live on {on:%a} {on.day} {on:%b} at the earliest."


def _driving(one: Activity, outlook: Outlook | None) -> str:
    """The runs in which it lies on the chain that decides the go-live; empty where nothing was simulated."""
    if outlook is None:
        return ""
    runs = dict(outlook.driving).get(one.pk, 0)
    return share_in_words(outlook.share_of(runs))
