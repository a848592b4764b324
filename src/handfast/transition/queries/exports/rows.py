"""The plan as tables: a row for each activity, link, freeze and closed day."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from handfast.contract.reading.milestones import amount_text
from handfast.kernel.quantity import rounded
from handfast.kernel.worktime.compiling import compile_calendar
from handfast.kernel.worktime.written import WrittenCalendar
from handfast.transition.queries.exports.seen import keys_of
from handfast.transition.queries.told import agreed_on, day_of, ends_on

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from decimal import Decimal
    from uuid import UUID

    from handfast.contract.models import AgreedMilestone
    from handfast.foundation.web.exports import Cell
    from handfast.transition.models import Activity, Dates
    from handfast.transition.queries.plans import AnyLink, PlanRows

SIDES = ("client", "provider")
BOTH = "both sides"
MARK_LETTERS = 12
# Read back are the columns to "Waits for", "Wave", "Site" and "Needs"; "Mark" says which row as of when it was.
HEADS = (
    "Key", "Step", "Activity", "Kind", "Lead", "Seen by", "At best", "Likely", "At worst", "Not before", "Fixed for",
    "Deadline", "Waits for", "Owner", "Agreed in the contract", "Starts", "Ends", "Latest end", "Float in days",
    "Free float in days", "Drives the end", "Misses its date", "Started", "Finished", "Remaining", "Baseline start",
    "Baseline end", "Later in days", "Wave", "Site", "Needs", "Why", "Mark",
)  # fmt: skip
LINK_HEADS = ("Activity", "Name", "Waits for", "Its name", "How", "Lag", "Lag runs on", "Seen by")
FREEZE_HEADS = ("Freeze", "First day", "Day after the last", "Strength left in percent", "Leads", "Steps")
CLOSED_HEADS = ("Day", "Closed at", "Why")


def activity_rows(rows: PlanRows, names: Mapping[UUID, str], own: str) -> Iterator[tuple[Cell, ...]]:
    """A row of `HEADS` for each; `names` are of persons, `own` that of the asker's organisation."""
    waits = _waits(rows)
    steps = {one.key: one.name for one in rows.steps}
    keys = keys_of(rows)
    for one in rows.activities:
        yield (
            keys[one.pk], steps.get(one.step_key, one.step_key), one.name, one.get_kind_display(), one.lead,
            _audience(one, rows, own), one.low, one.likely, one.high, one.not_before_on, one.fixed_on,
            one.deadline_on, "; ".join(waits.get(one.pk, ())), names.get(one.owner_id, "") if one.owner_id else "",
            _agreed(rows.agreed.get(one.pk)), *_dates(one, rows.dates.get(one.pk), rows.plan.engagement.zone), one.wave, one.site,
            needs_text(one), rows.dates[one.pk].why if one.pk in rows.dates else "", mark_of(one),
        )  # fmt: skip


def link_rows(rows: PlanRows, own: str) -> Iterator[tuple[Cell, ...]]:
    """A row of `LINK_HEADS` for each."""
    known, keys = {one.pk: one for one in rows.activities}, keys_of(rows)
    for link in rows.links:
        before, after = known[link.before_id], known[link.after_id]
        yield (
            keys[after.pk], after.name, keys[before.pk], before.name, link.kind, link.lag, link.lag_on,
            own if link.space_id != rows.plan.space_id else BOTH,
        )  # fmt: skip


def freeze_rows(rows: PlanRows) -> Iterator[tuple[Cell, ...]]:
    """A row of `FREEZE_HEADS` for each."""
    steps = {one.key: one.name for one in rows.steps}
    for one in rows.freezes:
        named = ", ".join(steps.get(key, key) for key in one.step_keys)
        yield one.name, one.first_on, one.end_on, one.percent, ", ".join(one.leads) or "all", named or "all"


def closed_rows(rows: PlanRows, names: Mapping[str, str]) -> Iterator[tuple[Cell, ...]]:
    """The days that each side's calendar closes by name while the plan runs; `names` are the sides'."""
    zone = rows.plan.engagement.zone
    last = max((ends_on(one, zone) for one in rows.dates.values()), default=rows.plan.starts_on)
    found: list[tuple[date, str, str]] = []
    for side in SIDES:
        written = WrittenCalendar.model_validate(rows.plan.calendars[side])
        calendar = compile_calendar(written, first=rows.plan.starts_on, last=max(last, rows.plan.starts_on))
        found += [(on, names[side], why) for on, why in calendar.closed_days]
    yield from sorted(found)


def said_link(key: str, link: AnyLink) -> str:
    """What is waited for as the column says it: `prepare.goal`, `write.tone SS+2d elapsed`."""
    lag = f"{'' if link.lag.startswith('-') else '+'}{link.lag}" if link.lag else ""
    how = f"{link.kind}{lag}" if lag or link.kind != "FS" else ""
    return " ".join(one for one in (key, how, link.lag_on if lag else "") if one)


def _waits(rows: PlanRows) -> dict[UUID, list[str]]:
    keys = keys_of(rows)
    found: dict[UUID, list[str]] = {}
    for link in rows.links:
        found.setdefault(link.after_id, []).append(said_link(keys[link.before_id], link))
    return found


def _agreed(said: AgreedMilestone | None) -> str:
    """`M-2: 2026-06-26, 120,000.00 EUR, Schedule 4, 2.1`; empty where the contract fixes nothing."""
    if said is None:
        return ""
    paid = amount_text(said.payment, said.currency) if said.payment is not None else ""
    parts = [one for one in (str(said.due_on), paid, said.clause) if one]
    return f"M-{said.number}: {', '.join(parts)}"


def _audience(one: Activity, rows: PlanRows, own: str) -> str:
    return BOTH if one.space_id == rows.plan.space_id else own


def _dates(one: Activity, dates: Dates | None, zone: str) -> tuple[Cell, ...]:
    """From "Starts" to "Later in days"; empty cells while the plan is being dated for the first time."""
    baseline = agreed_on(one, zone)
    begun = one.baseline_starts_at and day_of(one.baseline_starts_at, zone)
    ends = ends_on(dates, zone) if dates else None
    said: tuple[Cell, ...] = (None,) * 7
    if dates:
        said = (
            day_of(dates.starts_at, zone), ends, day_of(dates.latest_ends_at, zone),
            _days(dates.float_us, dates.day_us), _days(dates.free_float_us, dates.day_us),
            "yes" if dates.is_critical else "", "yes" if dates.is_late else "",
        )  # fmt: skip
    later = (ends - baseline).days if ends and baseline else None
    return *said, one.started_on, one.finished_on, one.remaining, begun, baseline, later


def mark_of(one: Activity) -> str:
    """The version of a row and a part of its id: a file that comes back shows whether it is stale, or of another plan."""
    return f"{one.version}-{one.pk.hex[:MARK_LETTERS]}"


def needs_text(one: Activity) -> str:
    """`2 trainer (provider); 1 coach (client)`."""
    return "; ".join(f"{said['number']} {said['role']} ({said['side']})" for said in one.needs)


def _days(length_us: int, day_us: int) -> Decimal:
    return rounded(Fraction(length_us, day_us), 1, "down")
