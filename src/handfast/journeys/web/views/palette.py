"""What Ctrl K finds: pages by their names, and all that the reader can see by its words; asked without script a page of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from handfast.foundation.web.doors import ActorRequest, is_fragment, page, shown
from handfast.journeys.frame import around
from handfast.journeys.queries.finding import KINDS, found, sought
from handfast.journeys.web.finding import NAMED, groups_of
from handfast.journeys.web.jumping import ways
from handfast.journeys.web.recent import recent_lines

if TYPE_CHECKING:
    from django.http import HttpResponse

    from handfast.journeys.queries.finding import Sought
    from handfast.journeys.web.finding import Group

MOST_WAYS, MOST_OF_A_KIND = 6, 3  # in the palette, which is looked over at a glance
A_PAGE, ALONE = 20, 100  # on the page: of each kind, and of the one that is chosen


@page("GET")
def palette(request: ActorRequest) -> HttpResponse:
    """In the palette the first few of each; on the page more of them, of one engagement or one kind where it is chosen."""
    deals = around(request, request.actor).deals
    deal = next((one for one in deals if str(one.pk) == request.GET.get("engagement")), None)
    kind = request.GET.get("kind", "") if request.GET.get("kind") in KINDS else ""
    asked = sought(request.actor, request.GET.get("q", ""), engagement=deal.pk if deal else None)
    is_palette = is_fragment(request)
    most = MOST_OF_A_KIND if is_palette else ALONE if kind else A_PAGE
    hits = found(request.actor, asked, most=most, kinds=(kind,) if kind else ())
    groups = groups_of(request.actor, deals, hits, asked.words, most=most)
    leading = (
        [] if kind or deal or not (is_palette or asked.words) else ways(request.actor, deals, asked.words)
    )
    before = [] if asked.text else recent_lines(request.actor, deals, request.GET.getlist("recent"))
    context = {
        "recent": before,
        "ways": leading[: MOST_WAYS if is_palette else A_PAGE],
        "groups": groups,
        "asked": asked.text,
        "sentence": _sentence(asked, groups),
        "deals": deals,
        "deal": deal,
        "kinds": [(one, NAMED[one][1]) for one in KINDS],
        "kind": kind,
        "all_url": reverse("journeys:palette"),
    }
    return shown(request, "journeys/palette.html", context, fragment="journeys/found.html")


def _sentence(asked: Sought, groups: list[Group]) -> str:
    if not asked.text:
        return "Write the beginnings of words, or a number as I-12: all that you can see is looked through."
    count = sum(len(one.lines) for one in groups)
    if not count:
        return f"Nothing that you can see says “{asked.text}”."
    least = "At least " if any(one.is_more for one in groups) else ""
    return f"{least}{count} thing{'s' if count > 1 else ''} that you can see sa{'y' if count > 1 else 'ys'} “{asked.text}”."
