"""The plan as a file, as whoever asks sees it."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.web.doors import ActorRequest, page
from handfast.foundation.web.exports import disposition
from handfast.transition.queries.exports.files import plan_file
from handfast.transition.queries.pictures.leaves import Paper
from handfast.transition.queries.plans import plan_seen_by


@page("GET")
def plan_export(request: ActorRequest, engagement: UUID, form: str) -> HttpResponse:
    """Sheets, a calendar, Microsoft Project XML, the plan format of `handfast plan`, or a PDF for the printer."""
    engagement_seen_by(request.actor, engagement)
    paper = Paper("a3" if request.GET.get("paper") == "a3" else "a4", request.GET.get("pages") == "one")
    file = plan_file(request.actor, plan_seen_by(request.actor, engagement), form, at=request.at, paper=paper)
    answer = HttpResponse(file.content, content_type=file.media_type)
    answer["Content-Disposition"] = disposition(file.name, file.form)
    return answer
