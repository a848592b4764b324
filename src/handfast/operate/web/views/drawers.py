"""The drawer: the records behind a figure, and one record to the second; without script, pages of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from handfast.engagement.queries import engagement_seen_by, party_on
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.foundation.web.exports import export_urls
from handfast.operate.queries.records import PAGE, record_of, roster_of
from handfast.operate.queries.statements import check_belongs, made_seen_by
from handfast.operate.web.pictures.calendarstrip import PartyHours
from handfast.operate.web.pictures.record_figures import record_figures
from handfast.operate.web.pictures.record_timeline import record_timeline
from handfast.operate.web.pictures.segments_table import segments_table
from handfast.operate.web.pictures.wording import clock_text, day_month, local_of, month_text, value_text
from handfast.operate.web.showing import credit_of_line

if TYPE_CHECKING:
    from handfast.engagement.models import Engagement
    from handfast.kernel.servicelevels.questions import JudgedRow
    from handfast.operate.models import Statement, StatementDraft
    from handfast.operate.queries.records import RecordView

MOST_DIGITS = 9
STATUS = {"met": "met", "within": "met", "hit": "met", "missed": "missed", "excluded": "waived"}


def _made(
    request: ActorRequest, engagement: UUID, made: UUID
) -> tuple[Engagement, Statement | StatementDraft]:
    """A statement that both see, or a draft of the own side, by its id."""
    deal = engagement_seen_by(request.actor, engagement)
    found = made_seen_by(request.actor, made)
    check_belongs(found.agreement, deal)
    return deal, found


def _urls(deal: Engagement, made: Statement | StatementDraft, level: str) -> dict[str, str]:
    place = {"engagement": deal.pk, "made": made.pk, "level": level}
    month = reverse("operate:statement", kwargs={"engagement": deal.pk, "period": made.period})
    revision = getattr(made, "revision", None)
    return {
        "level_url": reverse("operate:level", kwargs=place),
        "month_url": f"{month}?revision={revision}" if revision else f"{month}?draft=1",
    }


@page("GET")
def level(request: ActorRequest, engagement: UUID, made: UUID, level: str) -> HttpResponse:
    """The records behind a level, by outcome, longest first."""
    deal, found = _made(request, engagement, made)
    number = request.GET.get("page", "1")
    at = int(number) if number.isdecimal() and len(number) <= MOST_DIGITS else 1
    outcome = request.GET.get("outcome", "")
    roster = roster_of(found, level, outcome=outcome, page=at)
    urls = _urls(deal, found, level)
    context: dict[str, Any] = urls | {
        "engagement": deal,
        "made": found,
        "title": month_text(found.period),
        "level": roster.level,
        "measured": value_text(roster.level["value"], roster.level["unit"]),
        "credit": credit_of_line(found.body, level),
        "outcome": outcome if outcome in roster.counts else "",
        "tabs": [
            {"name": name, "count": count, "url": f"{urls['level_url']}?outcome={quote(name)}"}
            for name, count in roster.counts.items()
        ],
        "all": sum(roster.counts.values()),
        "rows": [_row(one, urls["level_url"], roster.zone) for one in roster.rows],
        "total": roster.total,
        "zone": roster.zone,
        "previous_page": at - 1 if at > 1 else None,
        "next_page": at + 1 if at * PAGE < roster.total else None,
    } | export_urls(
        "operate:records_export", deal.pk, made, level,
        query=urlencode({"outcome": outcome}) if outcome in roster.counts else "",
    )  # fmt: skip
    return shown(request, "operate/level.html", context)


def _row(judged: JudgedRow, level_url: str, zone: str) -> dict[str, Any]:
    row = judged.row
    start = local_of(row.start_us, zone)
    stop = None if row.stop_us is None else local_of(row.stop_us, zone)
    return {
        "record": row.record,
        "url": f"{level_url}records/{quote(row.record, safe='')}/",
        "started": f"{day_month(start)} {start:%H:%M}",
        "stopped": f"{day_month(stop)} {stop:%H:%M}" if stop else "unfinished",
        "counted": clock_text(row.elapsed_us),
        "outcome": f"excluded: {row.excluded}" if row.excluded else judged.outcome,
        "status": STATUS.get(judged.outcome, "open"),
    }


@page("GET")
def record(request: ActorRequest, engagement: UUID, made: UUID, level: str, record: str) -> HttpResponse:
    """One record to the second."""
    deal, found = _made(request, engagement, made)
    view = record_of(found, level, record)
    urls = _urls(deal, found, level)
    context = urls | {
        "engagement": deal,
        "made": found,
        "title": month_text(found.period),
        "level": view.level,
        "measured": value_text(view.level["value"], view.level["unit"]),
        "credit": credit_of_line(found.body, level),
        "view": view,
        "figures": record_figures(view.story),
        "segments": _segments(deal, view),
        "timeline": _timeline(deal, view),
        "table_id": "segments",
        "previous": _neighbour(urls["level_url"], view.previous),
        "next": _neighbour(urls["level_url"], view.next),
        "can_propose": request.actor.can("propose-adjustments", deal.pk),
        "propose_url": _propose_url(deal, view),
    }
    return shown(request, "operate/record.html", context)


def _propose_url(deal: Engagement, view: RecordView) -> str:
    """The form of an adjustment, filled in as far as the record says: itself, its source, and its time."""
    story = view.story
    told = {"record": story.record, "source": view.source, "starts": _wall_clock(story.start_us, story.zone)}
    if story.stop_us is not None:
        told["ends"] = _wall_clock(story.stop_us, story.zone)
    return f"{reverse('operate:propose', kwargs={'engagement': deal.pk})}?{urlencode(told)}"


def _wall_clock(instant_us: int, zone: str) -> str:
    return f"{local_of(instant_us, zone):%Y-%m-%dT%H:%M:%S}"


def _neighbour(level_url: str, record: str | None) -> str:
    return f"{level_url}records/{quote(record, safe='')}/" if record else ""


def _segments(deal: Engagement, view: RecordView) -> Any:
    adjustments = view.inputs.adjustments.in_force(view.inputs.as_of_us)
    return segments_table(view.story, party_on(deal, "provider").name, adjustments=adjustments)


def _timeline(deal: Engagement, view: RecordView) -> Any:
    """Both calendars: the clock's as the provider's hours, and another of the terms as the client's, for reference."""
    calendars = view.inputs.annex.calendars
    provider, client = party_on(deal, "provider"), party_on(deal, "client")
    hours = PartyHours(provider.name, "provider", calendars[view.calendar], "this clock")
    other = next(
        (one for name, one in calendars.items() if one.zone == client.zone and name != view.calendar), None
    )
    reference = PartyHours(client.name, "client", other, "for reference") if other is not None else None
    return record_timeline(view.story, view.clock, hours, reference, table_id="segments")
