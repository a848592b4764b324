"""Bring in a deal that runs already: one list of steps, what is there of each, and where it is done."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.journeys.actions import skip_step, take_up_step
from handfast.journeys.frame import address
from handfast.journeys.permissions import may_skip_step
from handfast.journeys.queries.bringing import bringing_in, skipped_seen_by
from handfast.journeys.refusals import SkippedWithoutReason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handfast.engagement.models import Engagement
    from handfast.journeys.queries.bringing import Standing

REFUSED = 422
# Where a step is done, what its button says, and the ways beside it.
WAYS: dict[str, tuple[tuple[str, tuple[str, ...], str], ...]] = {
    "parties": (("engagement:people", (), "See the parties"),),
    "summary": (("contract:summary", (), "Write the summary"), ("contract:summary_sheet", (), "Fill it from a sheet"), ("engagement:settings", (), "Write the days alone")),
    "terms": (("contract:agreements", (), "Write the terms"),),
    "figures": (("records:imports", (), "Import records"), ("operate:bring_in_figures", (), "Bring in a sheet")),
    "issues": (("governance:take_in", ("issues",), "Take in issues"),),
    "actions": (("governance:take_in", ("actions",), "Take in actions"),),
    "documents": (
        ("evidence:documents_several", (), "Take in the documents"),
        ("evidence:documents", (), "Open the documents"),
    ),
    "people": (("journeys:people_several", (), "Invite the people"), ("engagement:invite", (), "Invite somebody")),
}  # fmt: skip
GLYPHS = {"done": "met", "partly": "running", "open": "not-yet"}


@page("GET")
def bring_in(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """The steps, as far as they really are."""
    return _page(request, engagement_seen_by(request.actor, engagement))


@page("POST")
def skip(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """Leave a step out, with the reason."""
    deal = engagement_seen_by(request.actor, engagement)
    step, reason = request.POST.get("step", ""), request.POST.get("reason", "")
    try:
        skip_step(request.actor, deal, step=step, reason=reason, at=request.at)
    except SkippedWithoutReason as refusal:
        return _page(request, deal, wrong=(step, refusal.fields[0][1]), status=REFUSED)
    messages.success(request, "The step is left out.")
    return redirect("journeys:bring_in", engagement)


@page("POST")
def take_up(request: ActorRequest, engagement: UUID, skipped: UUID) -> HttpResponse:
    """Take up a step that was left out."""
    take_up_step(request.actor, skipped_seen_by(request.actor, engagement, skipped), at=request.at)
    messages.success(request, "The step stands in the list again.")
    return redirect("journeys:bring_in", engagement)


def _page(
    request: ActorRequest, deal: Engagement, *, wrong: tuple[str, str] = ("", ""), status: int = 200
) -> HttpResponse:
    steps = bringing_in(request.actor, deal, at=request.at)
    following = next((one for one in steps if not one.is_over), None)
    rows = [
        {
            "one": one,
            "glyph": "waived" if one.skipped else GLYPHS[one.state],
            "state": "left out" if one.skipped else one.state,
            "is_next": one is following,
            "ways": [
                (address(name, deal.pk, *more), said, place == 0)
                for place, (name, more, said) in enumerate(WAYS[one.step.key])
            ],
            "wrong": wrong[1] if wrong[0] == one.step.key else "",
        }
        for one in steps
    ]
    context = {
        "engagement": deal,
        "rows": rows,
        "sentence": _sentence(deal, steps, following),
        "is_over": following is None,
        "may_skip": may_skip_step(request.actor, deal),
    }
    return shown(request, "journeys/bring_in.html", context, status=status)


def _sentence(deal: Engagement, steps: Sequence[Standing], following: Standing | None) -> str:
    """As in `3 of 8 steps of Customer Support are done, about 25 minutes are left. Next: write the terms`."""
    over = sum(one.is_over for one in steps)
    if following is None:
        return f"All {len(steps)} steps of {deal.name} are done. The health check says what is still missing."
    left = sum(one.step.minutes for one in steps if not one.is_over)
    title = following.step.title
    begin = f"{over} of {len(steps)} steps of {deal.name} {'is' if over == 1 else 'are'} done"
    return f"{begin}, about {left} minutes are left. Next: {title[:1].lower()}{title[1:]}."
