"""What leaves the house of a month: the body as it is named, the workbook, and the bundle that recomputes it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import FileResponse, HttpResponse, HttpResponseBase

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.web.doors import ActorRequest, page
from handfast.foundation.web.workbooks import workbook
from handfast.operate.queries.bundled import MEDIA_TYPE, bundle_name, bundled
from handfast.operate.queries.causes import cause_lines
from handfast.operate.queries.computed import chosen_then
from handfast.operate.queries.statements import check_belongs, revisions_of, statement_seen_by
from handfast.operate.web.showing import signatures_of, state_words
from handfast.operate.web.workbook import StatementBook, statement_sheets
from handfast.people.queries import names_seen_by

if TYPE_CHECKING:
    from handfast.engagement.models import Engagement
    from handfast.operate.models import Statement


@page("GET")
def statement_json(request: ActorRequest, engagement: UUID, statement: UUID) -> HttpResponse:
    """The body, byte for byte as its digest names it."""
    _, found = _found(request, engagement, statement)
    response = HttpResponse(found.body, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{bundle_name(found)}.json"'
    return response


@page("GET")
def statement_xlsx(request: ActorRequest, engagement: UUID, statement: UUID) -> HttpResponseBase:
    """The statement as a workbook."""
    deal, found = _found(request, engagement, statement)
    chosen = chosen_then(found.agreement, found.inputs, as_of=found.as_of)
    causes = cause_lines(found)
    disputes = [(one.revision, dispute) for one in revisions_of(found) for dispute in one.disputes.all()]
    who = [found.issued_by_id, found.answered_by_id, *(dispute.raised_by_id for _, dispute in disputes)]
    names = names_seen_by(request.actor, [*who, *(cause.by for line in causes for cause in line.causes)])
    book = StatementBook(
        statement=found,
        state=state_words(found, deal),
        signatures=signatures_of(found, deal, names),
        adjustments=sorted(chosen.adjustments, key=lambda one: one.number),
        causes=causes,
        disputes=disputes,
        names=names,
        zone=deal.zone,
    )
    return workbook(bundle_name(found), statement_sheets(book))


@page("GET")
def statement_bundle(request: ActorRequest, engagement: UUID, statement: UUID) -> HttpResponseBase:
    """The statement with all its inputs: what `handfast verify` recomputes."""
    _, found = _found(request, engagement, statement)
    name = f"{bundle_name(found)}.zip"
    return FileResponse(bundled(found), as_attachment=True, filename=name, content_type=MEDIA_TYPE)


def _found(request: ActorRequest, engagement: UUID, statement: UUID) -> tuple[Engagement, Statement]:
    deal = engagement_seen_by(request.actor, engagement)
    found = statement_seen_by(request.actor, statement)
    check_belongs(found.agreement, deal)
    return deal, found
