"""One entry of the journal: what it says, its place in the chain, and the way to have it forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.erasure import erase_contents, may_erase_contents
from handfast.foundation.refusals import FieldsRefused, NotPermitted
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.journeys.queries.journal import entry_seen_by, erasing_of, payload_of
from handfast.journeys.web.forms import ErasureForm
from handfast.journeys.web.journal_words import changes_said
from handfast.journeys.web.views.journal import telling_of

if TYPE_CHECKING:
    from typing import Any

    from handfast.engagement.models import Engagement
    from handfast.foundation.models import Contents

OK, WRONG = 200, 422


@page("GET", "POST")
def entry(request: ActorRequest, engagement: UUID, entry: UUID) -> HttpResponse:
    """Shown to whoever reads its space; posted with a reason, what it says is erased."""
    deal = engagement_seen_by(request.actor, engagement)
    found = entry_seen_by(request.actor, engagement, entry)
    form = ErasureForm(request.POST if request.method == "POST" else None)
    if form.is_bound and not may_erase_contents(request.actor, found):
        raise NotPermitted("entries are erased by those who manage people")
    if form.is_bound and form.is_valid():
        try:
            erase_contents(request.actor, found, reason=form.cleaned_data["reason"], at=request.at)
        except FieldsRefused as refused:
            form.add_error("reason", str(refused))
        else:
            messages.success(request, "Erased. The chain is whole, and says so.")
            return redirect("journeys:entry", engagement, entry)
    context = _told(request, deal, found) | {"form": form}
    return shown(request, "journeys/entry.html", context, status=WRONG if form.is_bound else OK)


def _told(request: ActorRequest, deal: Engagement, found: Contents) -> dict[str, Any]:
    erasing = erasing_of(request.actor, found)
    telling = telling_of(request, deal, [found, *([erasing] if erasing else [])])
    return {
        "engagement": deal,
        "contents": found,
        "line": telling.line(found),
        "erasing": telling.line(erasing) if erasing else None,
        "changes": changes_said(payload_of(found)),
        "may_erase": may_erase_contents(request.actor, found),
    }
