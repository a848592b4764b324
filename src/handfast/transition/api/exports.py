"""The plan as a file, by the API. Annotations are values here: ninja reads them."""

from typing import Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from handfast.foundation.web.doors import ActorRequest
from handfast.foundation.web.exports import disposition
from handfast.transition.queries.exports.files import plan_file
from handfast.transition.queries.pictures.leaves import Paper, PaperName
from handfast.transition.queries.plans import plan_seen_by

router = Router(tags=["transition"])


@router.get("/engagements/{uuid:engagement}/plan/exports/{form}", response=bytes)
def show_plan_export(
    request: ActorRequest,
    engagement: UUID,
    form: str,
    paper: PaperName = "a4",
    pages: Literal["one", "many"] = "many",
) -> HttpResponse:
    """The plan as csv, xlsx, json (the format of `handfast plan`), xml (Microsoft Project), ics or pdf.

    `paper` and `pages` are for pdf: one page is as large as it must be, in the proportions of the paper.
    """
    plan = plan_seen_by(request.actor, engagement)
    file = plan_file(request.actor, plan, form, at=request.at, paper=Paper(paper, pages == "one"))
    answer = HttpResponse(file.content, content_type=file.media_type)
    answer["Content-Disposition"] = disposition(file.name, file.form)
    return answer
