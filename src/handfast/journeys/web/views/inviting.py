"""Several people at once: their rows are pasted, then what becomes of each is shown, and only then they are invited."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import NotPermitted, NotSeen, status_of
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.journeys.actions import invite_people
from handfast.journeys.inviting.rows import MOST_PEOPLE, columns_of, read_people, rows_in
from handfast.journeys.queries.inviting import people_looked_at, sides_of
from handfast.journeys.refusals import PeopleRefused
from handfast.kernel.refusal import Refusal
from handfast.people.queries import own_space_of
from handfast.people.roles import names_of, roles_of_side

if TYPE_CHECKING:
    from handfast.engagement.models import Engagement
    from handfast.governance.reading.tables import Table
    from handfast.journeys.inviting.rows import Sides
    from handfast.journeys.queries.inviting import Looked

SAVE = "save"
LONGEST_PASTE = 100_000
GLYPHS = {"new": "running", "member": "met", "invited": "met", "refused": "missed"}
NAMES = {"new": "New", "member": "Here already", "invited": "Invited before", "refused": "Refused"}


@page("GET", "POST")
def people_several(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """The rows, then what becomes of each; with the step `save`, the invitations."""
    deal = engagement_seen_by(request.actor, engagement)
    if not request.actor.can("manage-people", engagement):
        raise NotPermitted("people are managed by those whose role includes it, each side its own")
    sides = sides_of(request.actor, deal)
    if request.method != "POST":
        return _page(request, deal, sides)
    table, looked = None, None
    try:
        table = read_people(_pasted(request))
        rows = rows_in(table, sides)
        looked = people_looked_at(request.actor, deal, rows, at=request.at)
        if request.POST.get("step") == SAVE:
            sent = invite_people(
                request.actor, own_space_of(request.actor, deal.pk), rows=rows, at=request.at
            )
            on_way = (
                "1 invitation is on its way"
                if len(sent) == 1
                else f"{len(sent)} invitations are on their way"
            )
            messages.success(request, f"{on_way}. Each link works once, for 14 days.")
            return redirect("engagement:people", deal.pk)
    except NotSeen:
        raise
    except Refusal as refusal:
        return _page(request, deal, sides, table, looked, refusal, status_of(refusal))
    return _page(request, deal, sides, table, looked)


def _pasted(request: ActorRequest) -> str:
    """Raises PeopleRefused where there is nothing, or more than is read."""
    pasted = request.POST.get("pasted", "")
    fault = ""
    if not pasted.strip():
        fault = "paste at least one row"
    elif len(pasted) > LONGEST_PASTE:
        fault = f"paste at most {LONGEST_PASTE:,} characters"
    if fault:
        raise PeopleRefused(f"nobody is invited: {fault}", [("pasted", fault)])
    return pasted


def _page(  # noqa: PLR0913, PLR0917 - each is a part of the page
    request: ActorRequest, deal: Engagement, sides: Sides, table: Table | None = None,
    looked: list[Looked] | None = None, refusal: Refusal | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    counted = Counter[str](one.outcome for one in looked or ())
    open_sides = [side for side in sides.names if side != sides.taken]
    context: dict[str, Any] = {
        "engagement": deal,
        "refusal": refusal,
        "pasted": request.POST.get("pasted", ""),
        "counted": counted,
        "sentence": _sentence(counted) if looked else "",
        "lines": [_line(one, sides) for one in looked or ()],
        "left_out": _left_out(table) if looked and table else "",
        "can_save": counted["new"] > 0 and not counted["refused"],
        "roles": [
            (sides.names[side], ", ".join(str(one.name) for one in roles_of_side(side)))
            for side in open_sides
        ],
        "has_other": len(open_sides) > 1,
        "most": MOST_PEOPLE,
    }
    return shown(request, "journeys/people_several.html", context, status=status)


def _line(one: Looked, sides: Sides) -> dict[str, str]:
    row = one.row
    return {
        "number": str(row.number),
        "title": row.email or row.name or "without an address",
        "name": row.name if row.email else "",
        "roles": names_of(row.roles),
        "side": row.side,
        "party": sides.names.get(row.side, ""),
        "glyph": GLYPHS[one.outcome],
        "state": NAMES[one.outcome],
        "why": one.why,
    }


def _left_out(table: Table) -> str:
    """The columns that nobody reads, so that nothing is dropped in silence."""
    read = set(columns_of(table.heads).values())
    return ", ".join(head for place, head in enumerate(table.heads) if place not in read)


def _sentence(counted: Counter[str]) -> str:
    """As in `Of 3 rows 1 is new, 1 is here or invited already, 1 is refused`."""
    known = counted["member"] + counted["invited"]
    told = [
        f"{number} {'is' if number == 1 else 'are'} {what}"
        for number, what in (
            (counted["new"], "new"),
            (known, "here or invited already"),
            (counted["refused"], "refused"),
        )
        if number
    ]
    total = counted.total()
    return f"Of {total} row{'' if total == 1 else 's'} {', '.join(told)}."
