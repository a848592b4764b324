"""The monthly service report: levels with their trend, money, what stands open, the plan's next dates, what was decided."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from handfast.foundation.refusals import NotSeen
from handfast.governance.queries.asked import LEVEL, OPEN, Asked, choice_of, chosen
from handfast.governance.queries.entries import entries_seen_by, register_named, today_in
from handfast.operate.queries.computed import agreement_in
from handfast.operate.queries.statements import current_statements
from handfast.operate.web.pictures.statement_sentence import sentence_of, share_of
from handfast.operate.web.pictures.verdictwords import verdict_words
from handfast.operate.web.pictures.wording import UNITS, amount_text, counted, month_text
from handfast.operate.web.showing import answer_words
from handfast.operate.web.workbook import number_of
from handfast.packs.kinds.declared import Kind, Told
from handfast.packs.kinds.tables import cell_of
from handfast.packs.report import Bars, Column, Day, Link, Page, Point, Table, Trend
from handfast.people.queries import names_seen_by
from handfast.transition.models import Activity
from handfast.transition.queries.plans import plans_seen_by, rows_of
from handfast.transition.queries.told import agreed_on, ends_on
from handfast.transition.queries.told import today_in as plan_today

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from handfast.governance.models import RegisterEntry
    from handfast.operate.models import Statement
    from handfast.packs.kinds.declared import Asking
    from handfast.packs.report import Cell

    Months = Sequence[tuple[Statement, Mapping[str, Any]]]

MONTHS = 12
MOST_OPEN = 40
AHEAD = timedelta(days=60)


def service_report_told(asking: Asking) -> Told:
    """One month that was issued, with the eleven before it. Raises NotSeen."""
    deal, period = asking.deal, asking.words["period"]
    statements = sorted(current_statements(agreement_in(deal)), key=lambda one: one.period)
    months = [(one, json.loads(one.body)) for one in statements if one.period <= period][-MONTHS:]
    if not months or months[-1][0].period != period:
        raise NotSeen("no statement of this month is issued: issue one first")
    path = reverse("operate:statement", args=[deal.pk, period])
    pages = (
        _levels(asking, months, path),
        _money(asking, months),
        *_open(asking),
        *_plan(asking),
        _decided(asking, period),
    )
    return Told(f"Service report, {month_text(period)}", path, pages)


def _levels(asking: Asking, months: Months, path: str) -> Page:
    made, body = months[-1]
    columns = (
        Column(name="Service level", share=6), Column(name="Measured", is_number=True, share=3),
        Column(name="Month before", is_number=True, share=3), Column(name=body["words"]["minimum"].capitalize(), is_number=True, share=3),
        Column(name=body["words"]["expected"].capitalize(), is_number=True, share=3), Column(name="Verdict", share=3),
        Column(name="Met", share=4),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    for level in body["levels"]:
        found = [_level(one, level["id"]) for _, one in months]
        judged = [one for one in found if one is not None and one["verdict"] != "no data"]
        met = sum(one["verdict"] == "met" for one in judged)
        before, unit = found[-2] if len(found) > 1 else None, UNITS[level["unit"]]
        link = Link(
            said=level["name"], path=reverse("operate:level", args=[asking.deal.pk, made.pk, level["id"]])
        )
        figures = (level["value"], before and before["value"], level["minimum"], level["expected"])
        rows.append(
            (link, *(cell_of(number_of(one, unit)) for one in figures), verdict_words(level), f"{met} of {counted(len(judged), 'month')}")
        )  # fmt: skip
    table = Table(title="Levels", columns=columns, rows=tuple(rows), none="No level is measured.")
    trends = tuple(_trend(level, months) for level in body["levels"])
    said = "".join(part.text for part in sentence_of(body))
    return Page(
        title=f"Service levels, {month_text(made.period)}", sentence=said, parts=(table, *trends), path=path
    )


def _level(body: Mapping[str, Any], key: str) -> Mapping[str, Any] | None:
    return next((one for one in body["levels"] if one["id"] == key), None)


def _trend(level: Mapping[str, Any], months: Months) -> Trend:
    points = []
    for made, body in months:
        found = _level(body, level["id"])
        value = Decimal(found["value"]) if found and found["value"] is not None else None
        points.append(
            Point(month=made.period, value=value, verdict=verdict_words(found) if found else "No data")
        )
    expected, minimum = (
        None if level[end] is None else Decimal(level[end]) for end in ("expected", "minimum")
    )
    return Trend(
        title=level["name"],
        unit=UNITS[level["unit"]],
        points=tuple(points),
        expected=expected,
        minimum=minimum,
    )


def _money(asking: Asking, months: Months) -> Page:
    """Credits of each month against what is at risk, as far as money hangs on the months."""
    rows: list[tuple[Cell, ...]] = []
    total, currency = Decimal(0), ""
    for made, body in months:
        found = body["consequence"] or {}
        credit, charges = found.get("credit"), found.get("charges")
        if credit is None or charges is None:
            continue
        total, currency = total + Decimal(credit), found["currency"]
        link = Link(
            said=month_text(made.period),
            path=reverse("operate:statement", args=[asking.deal.pk, made.period]),
        )
        figures = tuple(cell_of(number_of(one)) for one in (charges, found.get("cap"), credit))
        rows.append((link, *figures, share_of(credit, charges), answer_words(made, asking.deal)))
    unit = f", {currency}" if currency else ""
    columns = (
        Column(name="Month", share=4), Column(name=f"Charges{unit}", is_number=True, share=4),
        Column(name=f"Cap{unit}", is_number=True, share=4), Column(name=f"Credit{unit}", is_number=True, share=4),
        Column(name="Of charges", share=3), Column(name="Answer", share=6),
    )  # fmt: skip
    said = (
        f"Credits of {counted(len(rows), 'month')} sum to {amount_text(str(total))} {currency}."
        if rows
        else "No money hangs on these months."
    )
    table = Table(title="Credits by month", columns=columns, rows=tuple(rows), none="None.")
    return Page(
        title="Money",
        sentence=said,
        parts=(table,),
        path=reverse("operate:statements", args=[asking.deal.pk]),
    )


def _open(asking: Asking) -> list[Page]:
    """What stands open in issues and actions, the most severe or the first due at the top."""
    return [_open_page(asking, key) for key in ("issues", "actions")]


def _open_page(asking: Asking, key: str) -> Page:
    deal, register = asking.deal, register_named(key)
    today, field = today_in(deal, asking.at), choice_of(register)
    asked = Asked(state=OPEN, sort=LEVEL if field and field.is_level else "due")
    rows = list(chosen(entries_seen_by(asking.actor, deal.pk, register), asked, register, deal, today=today))
    late = sum(one.due_on is not None and one.due_on < today for one in rows)
    names = names_seen_by(asking.actor, [one.owner_id for one in rows])
    parts: list[Bars | Table] = []
    if field is not None:
        found = Counter(one.own.get(field.key, "") for one in rows)
        bars = tuple((said, found[level]) for level, said in reversed(field.choices))
        parts.append(Bars(title=f"Open by {field.label.lower()}", bars=bars))
    heads = ["Number", "Title", *([field.label] if field else []), "Owner", "Due", "State"]
    shares = {"Number": 2, "Title": 9, "Owner": 4, "Due": 3, "State": 3}
    lines = tuple(
        (
            Link(said=one.name, path=reverse("governance:entry", args=[deal.pk, one.pk])), one.title,
            *([field.shown(one.own.get(field.key, ""))] if field else []), _owner(one, names),
            Day(on=one.due_on) if one.due_on else None, register.state(one.state).name,
        )
        for one in rows[:MOST_OPEN]
    )  # fmt: skip
    note = f"And {len(rows) - MOST_OPEN:,} more, in the register." if len(rows) > MOST_OPEN else ""
    columns = tuple(Column(name=head, share=shares.get(head, 3)) for head in heads)
    none = f"No {register.singular} is open."
    parts.append(
        Table(title=f"Open {register.name.lower()}", columns=columns, rows=lines, note=note, none=none)
    )
    said = f"{counted(len(rows), register.singular)} open, {late:,} of them late." if rows else none
    path = reverse("governance:entries", args=[deal.pk, key]) + f"?state={OPEN}"
    return Page(title=f"Open {register.name.lower()}", sentence=said, parts=tuple(parts), path=path)


def _owner(entry: RegisterEntry, names: Mapping[Any, str]) -> str:
    return names.get(entry.owner_id, "") if entry.owner_id else ""


def _plan(asking: Asking) -> list[Page]:
    """The milestones and gates of the next sixty days, and those that are late; nothing where there is no plan."""
    plan = plans_seen_by(asking.actor, asking.deal.pk).select_related("engagement").first()
    if plan is None:
        return []
    rows, today, zone = rows_of(plan), plan_today(plan, asking.at), asking.deal.zone
    points = [
        (ends_on(rows.dates[one.pk], zone), one)
        for one in rows.activities
        if one.kind != Activity.Kind.WORK and one.finished_on is None and one.pk in rows.dates
    ]
    coming = sorted(
        ((day, one) for day, one in points if day <= today + AHEAD), key=lambda pair: (pair[0], pair[1].name)
    )
    lines = tuple(
        (
            Link(said=one.name, path=reverse("transition:activity", args=[asking.deal.pk, one.pk])), one.lead,
            Day(on=day), Day(on=agreed) if (agreed := agreed_on(one, zone)) else None,
        )
        for day, one in coming[:MOST_OPEN]
    )  # fmt: skip
    columns = (
        Column(name="Milestone", share=9),
        Column(name="Lead", share=3),
        Column(name="Day", share=3),
        Column(name="Agreed", share=3),
    )
    said = (
        f"{counted(len(coming), 'milestone')} by {_day(today + AHEAD)}, the first on {_day(coming[0][0])}."
        if coming
        else f"No milestone falls before {_day(today + AHEAD)}."
    )
    table = Table(title="Next dates", columns=columns, rows=lines, none="None.")
    return [
        Page(
            title="Plan",
            sentence=said,
            parts=(table,),
            path=reverse("transition:plan", args=[asking.deal.pk]),
        )
    ]


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _decided(asking: Asking, period: str) -> Page:
    register = register_named("decisions")
    every = entries_seen_by(asking.actor, asking.deal.pk, register).filter(state="decided")
    rows = [one for one in every if one.own.get("decided_on", "").startswith(period)]
    lines = tuple(
        (
            Link(said=one.name, path=reverse("governance:entry", args=[asking.deal.pk, one.pk])), one.title,
            one.own.get("decided", ""), Day(on=date.fromisoformat(one.own["decided_on"])),
        )
        for one in sorted(rows, key=lambda one: one.own["decided_on"])
    )  # fmt: skip
    columns = (
        Column(name="Number", share=2),
        Column(name="Title", share=7),
        Column(name="What was decided", share=9),
        Column(name="On", share=3),
    )
    none = f"Nothing was decided in {month_text(period)}."
    said = f"{counted(len(rows), 'decision')} in {month_text(period)}." if rows else none
    table = Table(title="Decisions", columns=columns, rows=lines, none=none)
    path = reverse("governance:entries", args=[asking.deal.pk, "decisions"])
    return Page(title="Decided", sentence=said, parts=(table,), path=path, is_continued=True)


SERVICE_REPORT = Kind(
    key="service-report",
    name="Monthly service report",
    purpose="A month for those who steer: levels with their trend, money, what stands open, next dates, decisions.",
    asks=("period",),
    telling=service_report_told,
)
