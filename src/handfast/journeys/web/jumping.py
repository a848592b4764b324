"""Where Ctrl K leads by name: the pages of my engagements, and what I may do there."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from django.urls import reverse

from handfast.foundation.search.words import says
from handfast.governance.queries.entries import is_register_of
from handfast.governance.registers import REGISTERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor

PAGES = (
    ("Overview", "layout-grid", "journeys:overview"),
    ("Plan", "calendar-event", "transition:plan"),
    ("Status", "flag", "transition:status"),
    ("Waves", "calendar-event", "transition:waves"),
    ("Weekly status", "report", "transition:weeks"),
    ("Deliverables", "file-check", "transition:deliverables"),
    ("Outlook", "chart-line", "transition:outlook"),
    ("Demand", "users", "transition:demand"),
    ("Calendar", "calendar-time", "transition:year"),
    ("Service levels", "chart-line", "operate:service_levels"),
    ("Reported values", "file-check", "operate:reported"),
    ("Statements", "report", "operate:statements"),
    ("Adjustments", "adjustments-horizontal", "operate:adjustments"),
    ("Imports", "upload", "records:imports"),
    ("Sources", "upload", "records:sources"),
    ("Contract summary", "file-text", "contract:summary"),
    ("Terms", "writing-sign", "contract:agreements"),
    ("Milestones and payments", "flag", "contract:milestones"),
    ("Documents", "file-text", "evidence:documents"),
    ("Months as reported", "file-check", "operate:reported_months"),
    ("Health check", "report", "journeys:health"),
    ("Bring in a running deal", "upload", "journeys:bring_in"),
    ("People", "users", "engagement:people"),
    ("Journal", "history", "journeys:journal"),
    ("Settings", "settings", "engagement:settings"),
)
# What belongs to an organisation and to none of its engagements.
OWN = (
    ("Portfolio", "layout-grid", "journeys:portfolio"),
    ("Your own templates", "list", "transition:templates"),
    ("Set up an engagement…", "plus", "engagement:new"),
)
# What is done in an engagement, and the capability that it takes.
DEEDS = (
    ("Import records…", "upload", "records:send", "import-records"),
    ("Invite somebody…", "users", "engagement:invite", "manage-people"),
    ("Write a document…", "file-text", "evidence:document_new", "keep-registers"),
    ("Propose an adjustment…", "adjustments-horizontal", "operate:propose", "propose-adjustments"),
)
KEEP = "keep-registers"
HOME = "your organisation"
ICON = "list"


@dataclass(frozen=True, slots=True)
class Way:
    """A page that matches."""

    name: str
    icon: str
    url: str
    where: str


def ways(actor: Actor, deals: Iterable[Engagement], asked: tuple[str, ...]) -> list[Way]:
    """Those whose names, with where they lead, say every word."""
    every: Iterable[Way] = chain.from_iterable(_in(actor, deal) for deal in deals)
    if actor.organisation is not None:
        every = chain(every, (Way(name, icon, reverse(route), HOME) for name, icon, route in OWN))
    return [one for one in every if says(f"{one.name} {one.where}", asked)]


def _in(actor: Actor, deal: Engagement) -> Iterator[Way]:
    for name, icon, route in PAGES:
        yield Way(name, icon, reverse(route, args=[deal.pk]), deal.name)
    is_keeping = actor.can(KEEP, deal.pk)
    for register in (one for one in REGISTERS.values() if is_register_of(actor, deal, one)):
        url = reverse("governance:entries", args=[deal.pk, register.key])
        yield Way(register.name, ICON, url, deal.name)
        if is_keeping:
            yield Way(f"New {register.singular}…", "plus", f"{url}#id_title", deal.name)
    for name, icon, route, capability in DEEDS:
        if actor.can(capability, deal.pk):
            yield Way(name, icon, reverse(route, args=[deal.pk]), deal.name)
