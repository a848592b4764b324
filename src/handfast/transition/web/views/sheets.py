"""Rows from a spreadsheet: pasted or sent as a file, held against the plan row by row, and then saved by one action."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from handfast.engagement.queries import engagement_seen_by, party_of
from handfast.foundation.files.receiving import Receiving, receiving
from handfast.foundation.files.staged import NoFileSent, path_of
from handfast.foundation.refusals import NotPermitted, NotSeen, status_of
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.foundation.web.exports import disposition
from handfast.kernel.refusal import Refusal
from handfast.people.queries import own_space_of
from handfast.transition.actions import add_own_rows, date_now, save_sheet
from handfast.transition.models import Plan
from handfast.transition.permissions import may_manage_plan
from handfast.transition.queries.offering import content_at
from handfast.transition.queries.plans import plan_seen_by
from handfast.transition.queries.sheets import read_sheet, refused_file
from handfast.transition.reading.tables import as_text, read_pasted, read_table
from handfast.transition.web.planning_forms import SHARED
from handfast.transition.web.sheet_form import SheetForm

if TYPE_CHECKING:
    from handfast.transition.queries.sheets import SheetRead
    from handfast.transition.reading.tables import Table

REFUSED = 422


# The token stands in the body, and the body is read only once it is known where its file goes: see `_sent`.
@csrf_exempt
@page("GET", "POST")
def sheet(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """First the rows, then what comes of each, then the change itself."""
    engagement_seen_by(request.actor, engagement)
    plan = plan_seen_by(request.actor, engagement)
    if party_of(plan.engagement, request.actor.organisation) is None or not may_manage_plan(
        request.actor, plan
    ):
        raise NotPermitted("bring rows in: your role does not include it")
    if request.method == "GET":
        return _page(request, plan, _form(request, plan))
    with receiving(request, own_space_of(request.actor, engagement).pk) as one:
        return _sent(request, plan, one)


@csrf_protect
def _sent(request: ActorRequest, plan: Plan, one: Receiving) -> HttpResponse:
    form = _form(request, plan, is_sent=True)
    if not form.is_valid():
        return _page(request, plan, form, status=REFUSED)
    try:
        table = _table(request, plan, form, one)
        read = read_sheet(request.actor, plan, table, is_internal=form.is_internal)
    except NotSeen:
        raise
    except Refusal as refusal:
        return _page(request, plan, form, refusal=refusal, status=status_of(refusal))
    step, reason = request.POST.get("step", ""), form.cleaned_data["reason"].strip()
    if step == "refused":
        answer = HttpResponse(refused_file(read), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = disposition(f"refused-rows-{plan.engagement.name}", "csv")
        return answer
    if step == "save" and read.of("proposed") and not reason:
        form.add_error("reason", "Say why: the other side reads it.")
    if step != "save" or form.errors or not read.has_something:
        return _page(
            request, plan, form, read=read, text=as_text(table), status=REFUSED if form.errors else 200
        )
    return _saved(request, plan, read, reason)


def _saved(request: ActorRequest, plan: Plan, read: SheetRead, reason: str) -> HttpResponse:
    if read.space.pk == plan.space_id:
        save_sheet(
            request.actor, plan, together=read.together, addition=read.addition, effect=read.effect, reason=reason,
            at=request.at, as_seen=request.POST.get("as_seen", ""),
        )  # fmt: skip
    else:
        add_own_rows(request.actor, read.space, plan=plan, addition=read.addition, at=request.at)
    date_now(plan.engagement_id, at=request.at)
    messages.success(request, f"The sheet is saved: {read.said}.")
    return redirect("transition:plan", engagement=plan.engagement_id)


def _table(request: ActorRequest, plan: Plan, form: SheetForm, one: Receiving) -> Table:
    """What was sent: the file where one was chosen, else what was pasted. Raises PlanFileRefused and NoFileSent."""
    try:
        staged = one.staged
    except NoFileSent:
        if not form.cleaned_data["pasted"].strip():
            raise NoFileSent("nothing was sent: paste rows, or choose a file (XLSX or CSV)") from None
        return read_pasted(form.cleaned_data["pasted"])
    space = own_space_of(request.actor, plan.engagement_id)
    content = content_at(path_of(space.pk, staged.name), staged.file_name, staged.size_bytes)
    return read_table(content, staged.file_name)


def _form(request: ActorRequest, plan: Plan, *, is_sent: bool = False) -> SheetForm:
    mine = party_of(plan.engagement, request.actor.organisation)
    both = " and ".join(party.name for party in plan.engagement.parties.all())
    return SheetForm(
        request.POST if is_sent else None,
        both=both,
        own=mine.name if mine else "",
        initial={"audience": SHARED},
    )


def _page(  # noqa: PLR0913 - each is a part of the page
    request: ActorRequest,
    plan: Plan,
    form: SheetForm,
    *,
    read: SheetRead | None = None,
    text: str = "",
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "engagement": plan.engagement, "plan": plan, "form": form, "read": read, "text": text, "refusal": refusal,
        "audience": form.data.get("audience") or SHARED,
    }  # fmt: skip
    return shown(request, "transition/sheet.html", context, status=status)
