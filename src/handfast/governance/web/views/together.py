"""The ticked entries changed together: what is wanted, a preview of what becomes of each, and then the change."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import HttpResponse

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.governance.actions import change_entry
from handfast.governance.permissions import may_keep_registers
from handfast.governance.queries.entries import register_seen_by, today_in
from handfast.governance.queries.together import chosen_entries, columns_for, together_said, told_of_each
from handfast.governance.refusals import EntryRefused
from handfast.governance.web.rows import entry_row, people_of, seeing
from handfast.governance.web.together_form import TogetherForm

if TYPE_CHECKING:
    from handfast.engagement.models import Engagement
    from handfast.governance.models import RegisterEntry
    from handfast.governance.queries.together import Line
    from handfast.governance.registers import Register

OK, REFUSED = 200, 422
PREVIEW, CHANGE = "preview", "change"


@page("POST")
def together(request: ActorRequest, engagement: UUID, register: str) -> HttpResponse:
    """First the form with the ticked rows, then the preview, then what became of each."""
    deal = engagement_seen_by(request.actor, engagement)
    kept = register_seen_by(request.actor, deal, register)
    if not may_keep_registers(request.actor, deal.pk):
        raise NotPermitted("entries changed together: your role does not include it")
    step = request.POST.get("step", "")
    form = TogetherForm(
        request.POST if step in (PREVIEW, CHANGE) else None,
        register=kept,
        people=people_of(request.actor, deal),
    )
    fault, lines, entries = "", [], []
    try:
        entries = chosen_entries(request.actor, deal.pk, kept, _ids(request.POST.getlist("entry")))
    except EntryRefused as refused:
        fault = f"{refused}."
    if entries and form.is_bound and form.is_valid():
        wanted, seen = form.wanted(), _seen(request.POST.getlist("seen"))

        def change(one: RegisterEntry) -> None:
            change_entry(request.actor, one, wanted=wanted, at=request.at, as_seen=seen.get(one.pk, ""))

        def look(one: RegisterEntry) -> None:
            columns_for(one, wanted)

        lines = told_of_each(entries, change if step == CHANGE else look)
    is_done = step == CHANGE and bool(lines)
    context = {
        "fault": fault,
        "form": form,
        "is_done": is_done,
        "rows": _rows(request, deal, entries, lines),
        "said": together_said(lines, is_done=is_done),
    }
    return _shown(request, deal, kept, context, is_refused=bool(fault or form.errors))


def _shown(
    request: ActorRequest, deal: Engagement, kept: Register, context: dict[str, object], *, is_refused: bool
) -> HttpResponse:
    status = REFUSED if is_refused else OK
    told = {"engagement": deal, "register": kept} | context
    return shown(request, "governance/together.html", told, status=status)


def _rows(
    request: ActorRequest, deal: Engagement, entries: list[RegisterEntry], lines: list[Line]
) -> list[dict[str, object]]:
    """Each entry as the list shows it, with what becomes of it where that is known."""
    owners = [one.owner_id for one in entries]
    seen = seeing(request.actor, deal, people_of(request.actor, deal), owners, today_in(deal, request.at))
    told = {one.entry.pk: one for one in lines}
    return [{"row": entry_row(one, seen), "line": told.get(one.pk)} for one in entries]


def _ids(said: list[str]) -> list[UUID]:
    found = []
    for one in said:
        try:
            found.append(UUID(one))
        except ValueError:
            continue
    return found


def _seen(said: list[str]) -> dict[UUID, str]:
    """By id the version that was looked at, as the preview wrote them."""
    parts = (one.partition(" ") for one in said)
    return {item: version for name, _, version in parts for item in _ids([name])}
