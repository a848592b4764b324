"""Entries out of a spreadsheet: the rows, how they are read, what becomes of each, and then the writing."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from handfast.engagement.queries import engagement_seen_by, party_of
from handfast.foundation.files.receiving import Receiving, receiving
from handfast.foundation.refusals import NotPermitted, NotSeen, status_of
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.foundation.web.exports import exported
from handfast.governance.actions import take_in
from handfast.governance.permissions import may_keep_registers
from handfast.governance.queries.entries import register_seen_by, space_to_write_in
from handfast.governance.queries.intake import look_at
from handfast.governance.reading.columns import fields_of
from handfast.governance.refusals import NothingToTakeIn, TableRefused
from handfast.governance.web.forms import OWN, SHARED
from handfast.governance.web.intake_form import columns_shown, days_shown, read_as_of, words_shown
from handfast.governance.web.sent_table import table_sent
from handfast.kernel.refusal import Refusal
from handfast.people.queries import own_space_of

if TYPE_CHECKING:
    from handfast.engagement.models import Engagement
    from handfast.governance.queries.intake import Intake
    from handfast.governance.reading.rows import ReadAs
    from handfast.governance.reading.tables import Table
    from handfast.governance.registers import Register

PREVIEW, SAVE, REFUSED_ROWS = "preview", "save", "refused"
ROWS_SHOWN = 30


# The token stands in the body, and the body is read only once it is known where its file goes: see `_sent`.
@csrf_exempt
@page("GET", "POST")
def intake(request: ActorRequest, engagement: UUID, register: str) -> HttpResponseBase:
    """First the rows, then how they are read, then what becomes of each, and only then the entries."""
    deal = engagement_seen_by(request.actor, engagement)
    kept = register_seen_by(request.actor, deal, register)
    if not may_keep_registers(request.actor, deal.pk):
        raise NotPermitted("entries taken in: your role does not include it")
    if request.method == "GET":
        return _page(request, deal, kept)
    with receiving(request, own_space_of(request.actor, engagement).pk) as one:
        return _sent(request, deal, kept, one)


@csrf_protect
def _sent(request: ActorRequest, deal: Engagement, kept: Register, one: Receiving) -> HttpResponseBase:
    table, read_as = None, None
    try:
        table = table_sent(request, deal, one)
        table.as_text()
        read_as = read_as_of(kept, table, request.POST)
        if request.POST.get("step") not in (PREVIEW, SAVE, REFUSED_ROWS):
            return _page(request, deal, kept, table=table, read_as=read_as)
        space = space_to_write_in(request.actor, deal, is_internal=_audience(request) == OWN)
        found = look_at(request.actor, space, kept, table, read_as)
        if request.POST["step"] == REFUSED_ROWS:
            return _refused_rows(request, kept, table, found)
        if request.POST["step"] == SAVE:
            last = take_in(request.actor, space, register=kept, rows=found.rows, at=request.at)
            messages.success(request, f"Taken in, the last as {last.name}: {found.said} in the sheet.")
            return redirect("governance:entries", engagement=deal.pk, register=kept.key)
    except NotSeen:
        raise
    except Refusal as refusal:
        status = status_of(refusal)
        return _page(request, deal, kept, table=table, read_as=read_as, refusal=refusal, status=status)
    return _page(request, deal, kept, table=table, read_as=read_as, found=found)


def _audience(request: ActorRequest) -> str:
    """Both sides, or the own one. Raises TableRefused where it is neither, so that nothing is shown by a slip."""
    said = request.POST.get("audience", "")
    if said not in (SHARED, OWN):
        raise TableRefused(
            "say who sees the entries: both sides, or your own alone", [("audience", "choose one")]
        )
    return said


def _refused_rows(request: ActorRequest, kept: Register, table: Table, found: Intake) -> HttpResponseBase:
    rows = [(*one.cells, one.reasons) for one in found.of("refused")]
    return exported(request, "xlsx", f"{kept.key}-refused", (*table.heads, "Why"), rows)


def _page(  # noqa: PLR0913 - each is a part of the page
    request: ActorRequest, deal: Engagement, kept: Register, *, table: Table | None = None,
    read_as: ReadAs | None = None, found: Intake | None = None, refusal: Refusal | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    mine = party_of(deal, request.actor.organisation)
    context: dict[str, object] = {
        "engagement": deal, "register": kept, "refusal": refusal, "found": found, "mine": mine,
        "both": " and ".join(party.name for party in deal.parties.all()), "table": None,
        "audience": request.POST.get("audience", "") if request.method == "POST" else "",
        "is_over": isinstance(refusal, NothingToTakeIn),
    }  # fmt: skip
    if table is not None and read_as is not None:
        context |= {
            "table": table, "text": table.as_text(), "fields": list(fields_of(kept).items()), "read_as": read_as,
            "columns": columns_shown(table, read_as), "words": words_shown(kept, table, read_as), "days": days_shown(),
        }  # fmt: skip
    if found is not None:
        fresh = found.of("new")
        context |= {
            "fresh": [(one, kept.state(one.row.state)) for one in fresh[:ROWS_SHOWN]], "fresh_count": len(fresh),
            "others": [one for one in found.lines if one.outcome != "new"][: ROWS_SHOWN * 3],
            "others_count": len(found.lines) - len(fresh), "refused_count": len(found.of("refused")),
        }  # fmt: skip
    return shown(request, "governance/take_in.html", context, status=status)
