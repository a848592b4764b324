"""What leaves the house of a month: the body as it is named, the workbook, and the bundle that recomputes it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.http import FileResponse, HttpResponse, HttpResponseBase

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.web.doors import ActorRequest, page
from handfast.foundation.web.workbooks import workbook
from handfast.operate.queries.bundled import MEDIA_TYPE, bundle_name, bundled
from handfast.operate.queries.computed import chosen_then
from handfast.operate.queries.statements import check_belongs, statement_seen_by
from handfast.operate.web.workbook import book_of, statement_sheets

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
    book = book_of(request.actor, deal, found, chosen)
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
