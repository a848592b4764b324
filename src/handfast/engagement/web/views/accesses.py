"""What an auditor of the own side opened, as a page and as a file."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.urls import reverse

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.foundation.web.exports import exported
from handfast.people.permissions import may_manage_membership
from handfast.people.queries import access_seen_by, auditor_seen_by
from handfast.people.roles import names_of

if TYPE_CHECKING:
    from handfast.foundation.actor import Actor
    from handfast.people.models import Membership

HEADS = ("At", "Asked", "Address", "Answer", "By")
ON_A_PAGE = 100
AUDITOR = "auditor"


def is_auditing(actor: Actor, member: Membership) -> bool:
    """Whether the actor is told what this member opened: an auditor themselves, or whoever manages their side."""
    return AUDITOR in member.roles and (
        (member.person_id == actor.person and member.organisation_id == actor.organisation)
        or may_manage_membership(actor, member)
    )


@page("GET")
def access(request: ActorRequest, engagement: UUID, membership: UUID) -> HttpResponse:
    """The latest first, a hundred a page. Raises NotSeen, NotPermitted."""
    deal = engagement_seen_by(request.actor, engagement)
    member = auditor_seen_by(request.actor, engagement, membership)
    rows = Paginator(access_seen_by(request.actor, member), ON_A_PAGE).get_page(request.GET.get("page"))
    url = reverse("engagement:person_access_export", args=[engagement, membership, "csv"])
    context = {
        "engagement": deal, "member": member, "page": rows, "roles": names_of(member.roles),
        "csv_url": url, "xlsx_url": url.removesuffix("csv") + "xlsx",
    }  # fmt: skip
    return shown(request, "engagement/access.html", context)


@page("GET")
def access_export(request: ActorRequest, engagement: UUID, membership: UUID, form: str) -> HttpResponseBase:
    """All of it. Raises NotSeen, NotPermitted."""
    engagement_seen_by(request.actor, engagement)
    member = auditor_seen_by(request.actor, engagement, membership)
    rows = (
        (one.at, one.method, one.path, one.status, "program" if one.is_program else "browser")
        for one in access_seen_by(request.actor, member)
    )
    return exported(request, form, "opened", HEADS, rows)
