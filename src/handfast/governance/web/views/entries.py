"""One entry: what it says, the states that can follow, and the form that amends it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from handfast.evidence.web.beside import kept_beside
from handfast.evidence.web.talk import talk_about
from handfast.foundation.refusals import NotPermitted, sentence_of
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.governance.actions import amend_entry, move_entry
from handfast.governance.permissions import may_change_entry
from handfast.governance.queries.things import thing_of
from handfast.governance.refusals import EntryRefused, EntryUnchanged, MoveRefused
from handfast.governance.web.asking import asking_of
from handfast.governance.web.forms import EntryForm, tell
from handfast.governance.web.opening import entry_here, owners_for, seeing_one
from handfast.governance.web.rows import entry_row

if TYPE_CHECKING:
    from handfast.engagement.models import Engagement
    from handfast.governance.models import RegisterEntry
    from handfast.governance.web.asking import AskForm
    from handfast.governance.web.rows import Seeing

OK, REFUSED = 200, 422


@page("GET", "POST")
def entry(request: ActorRequest, engagement: UUID, item: UUID) -> HttpResponse:
    """Shown to whoever sees it; posted, it is amended."""
    deal, found = entry_here(request, engagement, item)
    seen = seeing_one(request, deal, found)
    people = owners_for(seen, found)
    if request.method != "POST":
        return entry_page(request, deal, found, EntryForm(entry=found, people=people), seen)
    if not may_change_entry(request.actor, found):
        raise NotPermitted("entry amended: your role does not include it")
    form = EntryForm(request.POST, entry=found, people=people)
    if not form.is_valid():
        return entry_page(request, deal, found, form, seen, status=REFUSED)
    try:
        amend_entry(
            request.actor, found, said=form.said(), at=request.at, as_seen=form.cleaned_data["as_seen"]
        )
    except (EntryRefused, MoveRefused) as refusal:
        tell(form, refusal)
        return entry_page(request, deal, found, form, seen, status=REFUSED)
    except EntryUnchanged as same:
        messages.info(request, sentence_of(same))
    else:
        messages.success(request, f"{found.name} is kept.")
    return redirect("governance:entry", engagement=deal.pk, item=found.pk)


@page("POST")
def move(request: ActorRequest, engagement: UUID, item: UUID) -> HttpResponse:
    """Let it become what can follow; where a field must be filled in before, the form says so at that field."""
    deal, found = entry_here(request, engagement, item)
    if not may_change_entry(request.actor, found):
        raise NotPermitted("entry moved: your role does not include it")
    try:
        moved = move_entry(
            request.actor,
            found,
            to=request.POST.get("to", ""),
            at=request.at,
            as_seen=request.POST.get("as_seen"),
        )
    except MoveRefused as refusal:
        seen = seeing_one(request, deal, found)
        form = EntryForm(entry=found, people=owners_for(seen, found))
        wrong = {name: fault for name, fault in refusal.fields if name in form.fields}
        return entry_page(
            request, deal, found, form, seen, refused=str(refusal), wrong=tuple(wrong), status=REFUSED
        )
    messages.success(request, f"{moved.name} is “{moved.kept_in.state(moved.state).name}”.")
    return redirect("governance:entry", engagement=deal.pk, item=moved.pk)


def entry_page(  # noqa: PLR0913 - what the page shows
    request: ActorRequest, deal: Engagement, found: RegisterEntry, form: EntryForm | None = None, seen: Seeing | None = None, *,
    refused: str = "", wrong: tuple[str, ...] = (), asking: AskForm | None = None, status: int = OK,
) -> HttpResponse:  # fmt: skip
    """The page of the entry, with whatever was refused at its form."""
    register, seen = found.kept_in, seen or seeing_one(request, deal, found)
    form = form or EntryForm(entry=found, people=owners_for(seen, found))
    context = {
        "engagement": deal,
        "entry": found,
        "register": register,
        "row": entry_row(found, seen),
        "own": [(one.label, one.shown(found.own.get(one.key, ""))) for one in register.own],
        "written_by": seen.name_of(found.created_by_id),
        "changed_by": seen.name_of(found.changed_by_id),
        "moves": list(register.after(found.state)),
        "may_change": may_change_entry(request.actor, found),
        "form": form,
        "is_open": bool(form.errors or wrong) or "amend" in request.GET,
        "refused": refused,
        "wrong": wrong,
        "asking": asking_of(request.actor, found, seen, form=asking),
        "beside": kept_beside(request.actor, deal, thing_of(found)),
        "talk": talk_about(request.actor, deal, thing_of(found)),
    }
    return shown(request, "governance/entry.html", context, status=status)
