"""The usual entries of a register, taken over in one click."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import redirect

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.web.doors import ActorRequest, page
from handfast.governance.actions import take_in
from handfast.governance.permissions import may_keep_registers
from handfast.governance.queries.entries import register_seen_by, space_to_write_in
from handfast.governance.reading.usual import usual_rows

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse


@page("POST")
def take_usual(request: ActorRequest, engagement: UUID, register: str) -> HttpResponse:
    """What a deal of this size begins with; from then on these entries are the engagement's own."""
    deal = engagement_seen_by(request.actor, engagement)
    kept = register_seen_by(request.actor, deal, register)
    if not may_keep_registers(request.actor, deal.pk):
        raise NotPermitted("entries taken in: your role does not include it")
    space = space_to_write_in(request.actor, deal, is_internal=bool(kept.side))
    last = take_in(request.actor, space, register=kept, rows=usual_rows(kept, deal.size), at=request.at)
    messages.success(
        request, f"The usual list is taken over, the last as {last.name}: change it as you need."
    )
    return redirect("governance:entries", engagement=deal.pk, register=kept.key)
