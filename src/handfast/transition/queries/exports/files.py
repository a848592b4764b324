"""The plan as a file of each form, for who asks and as of when."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.engagement.queries import names_of_sides, party_of
from handfast.foundation.web.exports import SHEET_KIND, ExportUnknown, csv_content
from handfast.foundation.web.workbooks import Row, Sheet, workbook_content
from handfast.kernel.scheduling.mspdi_writing import mspdi_text
from handfast.kernel.scheduling.writing import plan_text
from handfast.people.queries import names_seen_by
from handfast.transition.queries.exports.calendar_entries import plan_calendar
from handfast.transition.queries.exports.pdf import plan_pdf
from handfast.transition.queries.exports.rows import (
    CLOSED_HEADS,
    FREEZE_HEADS,
    HEADS,
    LINK_HEADS,
    activity_rows,
    closed_rows,
    freeze_rows,
    link_rows,
)
from handfast.transition.queries.exports.seen import seen_schedule
from handfast.transition.queries.pictures.leaves import Paper
from handfast.transition.queries.plans import rows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from handfast.engagement.models import Party
    from handfast.foundation.actor import Actor
    from handfast.foundation.web.exports import Cell
    from handfast.kernel.scheduling.plan import Side
    from handfast.transition.models import Plan
    from handfast.transition.queries.plans import PlanRows


@dataclass(frozen=True, slots=True)
class PlanFile:
    """A file as it is sent: `name` without its ending, which is `form`."""

    name: str
    form: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Asked:
    """What is written: the rows that the asker sees, who asks for which side, names of persons, when, and on what paper."""

    rows: PlanRows
    mine: Party | None
    names: Mapping[UUID, str]
    at: datetime
    paper: Paper

    @property
    def side(self) -> Side | None:
        """None of somebody who acts for neither, and sees what both see."""
        return self.mine.side if self.mine else None  # type: ignore[return-value]  # its choices are the sides

    @property
    def who(self) -> str:
        return self.mine.name if self.mine else ""

    @property
    def own(self) -> str:
        """How what is internal to the asker's side is marked."""
        return f"only {self.who}"

    @property
    def sides(self) -> dict[str, str]:
        return names_of_sides(self.rows.plan.engagement)


def plan_file(actor: Actor, plan: Plan, form: str, *, at: datetime, paper: Paper = Paper()) -> PlanFile:  # noqa: B008 - it never changes
    """The plan that the actor sees, as a file. Raises ExportUnknown, PlanRefused, PlanTooLongToPrint."""
    if form not in FORMS:
        raise ExportUnknown(f"a plan can be had as {', '.join(FORMS)}, not as {form[:20]!r}")
    mine = party_of(plan.engagement, actor.organisation)
    rows = rows_of(plan)
    names = names_seen_by(actor, [one.owner_id for one in rows.activities])
    media_type, written = FORMS[form]
    asked = Asked(rows, mine, names, at, paper)
    return PlanFile(f"plan-{plan.engagement.name}-{at:%Y-%m-%d}", form, media_type, written(asked))


def _csv(asked: Asked) -> bytes:
    return csv_content(HEADS, activity_rows(asked.rows, asked.names, asked.own))


def _xlsx(asked: Asked) -> bytes:
    rows = asked.rows
    return workbook_content(
        [
            _sheet("Activities", HEADS, activity_rows(rows, asked.names, asked.own)),
            _sheet("Links", LINK_HEADS, link_rows(rows, asked.own)),
            _sheet("Freezes", FREEZE_HEADS, freeze_rows(rows)),
            _sheet("Closed days", CLOSED_HEADS, closed_rows(rows, asked.sides)),
            _sheet("About", ("About", "This file"), _about(asked)),
        ]
    )


def _sheet(title: str, heads: tuple[str, ...], rows: Iterable[tuple[Cell, ...]]) -> Sheet:
    return Sheet(title, (Row(heads, is_strong=True), *(Row(cells) for cells in rows)))


def _about(asked: Asked) -> list[tuple[Cell, ...]]:
    plan = asked.rows.plan
    return [
        ("Engagement", plan.engagement.name),
        ("Seen by", asked.who),
        ("Taken at (UTC)", asked.at),
        ("Version of the plan", plan.version),
        ("Status as of", plan.as_of_on),
        ("Days are of the zone", plan.engagement.zone),
        ("Baseline", plan.baseline_number or "none agreed"),
    ]


def _json(asked: Asked) -> bytes:
    text = plan_text(seen_schedule(asked.rows, asked.side).plan)
    return f"{json.dumps(text, indent=1, ensure_ascii=False)}\n".encode()


def _mspdi(asked: Asked) -> bytes:
    dated = seen_schedule(asked.rows, asked.side)
    return mspdi_text(dated.plan, dated, seen_by=asked.side or "shared").encode()


def _ics(asked: Asked) -> bytes:
    return plan_calendar(asked.rows, asked.own.capitalize(), at=asked.at)


def _pdf(asked: Asked) -> bytes:
    return plan_pdf(asked.rows, asked.sides, asked.who, asked.paper, at=asked.at)


FORMS: dict[str, tuple[str, Callable[[Asked], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", _csv),
    "xlsx": (SHEET_KIND, _xlsx),
    "json": ("application/json", _json),
    "xml": ("application/xml; charset=utf-8", _mspdi),
    "ics": ("text/calendar; charset=utf-8", _ics),
    "pdf": ("application/pdf", _pdf),
}
