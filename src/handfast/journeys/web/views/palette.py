"""What Ctrl K finds: the pages of my engagements, by a part of their names."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from django.urls import reverse

from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.journeys.frame import around

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.http import HttpResponse

    from handfast.engagement.models import Engagement

MOST = 12
PAGES = (
    ("Overview", "layout-grid", "journeys:overview"),
    ("Plan", "calendar-event", "transition:plan"),
    ("Status", "flag", "transition:status"),
    ("Outlook", "chart-line", "transition:outlook"),
    ("Demand", "users", "transition:demand"),
    ("Calendar", "calendar-time", "transition:year"),
    ("Service levels", "chart-line", "operate:service_levels"),
    ("Reported values", "file-check", "operate:reported"),
    ("Statements", "report", "operate:statements"),
    ("Adjustments", "adjustments-horizontal", "operate:adjustments"),
    ("Imports", "upload", "records:imports"),
    ("Terms", "writing-sign", "contract:agreements"),
    ("Milestones and payments", "flag", "contract:milestones"),
    ("People", "users", "engagement:people"),
    ("Journal", "history", "journeys:journal"),
    ("Settings", "settings", "engagement:settings"),
)

# What belongs to an organisation and to none of its engagements.
OWN = (
    ("Portfolio", "layout-grid", "journeys:portfolio"),
    ("Your own templates", "list", "transition:templates"),
)
HOME = "your organisation"


@dataclass(frozen=True, slots=True)
class Found:
    """A page that matches."""

    name: str
    icon: str
    url: str
    where: str


@page("GET")
def palette(request: ActorRequest) -> HttpResponse:
    """The first dozen pages that match; asked without script it is a page of its own."""
    asked = request.GET.get("q", "").strip().lower()
    words = asked.split()
    every: Iterable[Found] = (one for deal in around(request, request.actor).deals for one in _pages(deal))
    if request.actor.organisation is not None:
        every = chain(every, (Found(name, icon, reverse(route), HOME) for name, icon, route in OWN))
    found = [one for one in every if all(word in f"{one.name} {one.where}".lower() for word in words)][:MOST]
    return shown(
        request, "journeys/palette.html", {"found": found, "asked": asked}, fragment="journeys/found.html"
    )


def _pages(deal: Engagement) -> Iterator[Found]:
    for name, icon, route in PAGES:
        yield Found(name, icon, reverse(route, args=[deal.pk]), deal.name)
