"""A contract's summary out of a spreadsheet: what it says is shown in the form, and nothing is written before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.forms import ChoiceField, Field
from django.http import HttpResponse, HttpResponseBase
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from handfast.contract.models import ContractSummary
from handfast.contract.permissions import may_write_summary
from handfast.contract.queries import summaries_seen_by
from handfast.contract.reading.summaries import checked_summary
from handfast.contract.reading.summary_sheets import read_summary
from handfast.contract.refusals import SummaryRefused
from handfast.contract.web.summary_forms import SummaryForm, begun_from
from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.files.receiving import Receiving, receiving
from handfast.foundation.files.staged import NoFileSent, path_of
from handfast.foundation.refusals import NotPermitted, NotSeen, status_of
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.governance.queries.entries import today_in
from handfast.governance.reading.tables import MOST_BYTES, PASTED_NAME
from handfast.kernel.refusal import Refusal
from handfast.people.queries import own_space_of

if TYPE_CHECKING:
    from handfast.contract.reading.summary_sheets import SummarySheet
    from handfast.engagement.models import Engagement

LONGEST_PASTE = 200_000


@csrf_exempt  # the body is read by `receiving`; the view under it asks for the token
@page("GET", "POST")
def summary_sheet(request: ActorRequest, engagement: UUID) -> HttpResponseBase:
    """First the sheet; posted, the form of the next version as the sheet fills it."""
    deal = engagement_seen_by(request.actor, engagement)
    if not may_write_summary(request.actor, deal):
        raise NotPermitted("summary written: your role does not include it")
    if request.method == "GET":
        return _page(request, deal)
    with receiving(request, own_space_of(request.actor, engagement).pk) as one:
        return _sent(request, deal, one)


@csrf_protect
def _sent(request: ActorRequest, deal: Engagement, one: Receiving) -> HttpResponseBase:
    try:
        content, name = _rows(request, deal, one)
        return _page(request, deal, read_summary(content, name, deal.currency))
    except NotSeen:
        raise
    except Refusal as refusal:
        return _page(request, deal, refusal=refusal, status=status_of(refusal))


def _rows(request: ActorRequest, deal: Engagement, one: Receiving) -> tuple[bytes, str]:
    """The file, where one was chosen; else what was pasted. Raises NoFileSent, SummaryRefused."""
    pasted = request.POST.get("pasted", "")
    try:
        staged = one.staged
    except NoFileSent:
        if not pasted.strip():
            raise NoFileSent("nothing was sent: paste rows, or choose a file (XLSX or CSV)") from None
        if len(pasted) > LONGEST_PASTE:
            said = f"more than {LONGEST_PASTE:,} characters were pasted: paste the cells of one contract"
            raise SummaryRefused(said, [("sheet", said)]) from None
        return pasted.strip("\r\n").encode("utf-8", "replace"), PASTED_NAME
    if staged.size_bytes > MOST_BYTES:
        said = f"{staged.file_name}: {staged.size_bytes:,} bytes; at most {MOST_BYTES:,} are read"
        raise SummaryRefused(said, [("sheet", said)])
    space = own_space_of(request.actor, deal.pk)
    return path_of(space.pk, staged.name).read_bytes(), staged.file_name


def _filled(request: ActorRequest, deal: Engagement, sheet: SummarySheet) -> SummaryForm:
    """The form as it opens, with what the sheet says in it; a field that is refused stands empty, with the reason.

    It must be filled in before the form goes: what the sheet says in two ways is not left out by a slip.
    """
    last = summaries_seen_by(request.actor, deal.pk).first()
    told = begun_from(last, deal, today_in(deal, request.at)) | sheet.values
    if last is None and "starts_on" in sheet.values:
        told["effective_on"] = sheet.values.get("effective_on", told["starts_on"])
    faults = [(name, fault) for name, fault in sheet.faults if name in SummaryForm.base_fields]
    told |= dict.fromkeys((name for name, _ in faults), "")
    form = SummaryForm({name: "" if value is None else str(value) for name, value in told.items()})
    for name, _ in faults:
        _ask_for(form.fields[name])
    if form.is_valid() and not faults:
        try:
            checked_summary(form.said(), deal.currency)
        except SummaryRefused as refused:
            faults = list(refused.fields)
    for name, fault in faults:
        form.errors.pop(name, None)  # that it is empty is said better by why
        form.add_error(name, f"{fault[0].upper()}{fault[1:]}.")
    return form


def _ask_for(field: Field) -> None:
    """One that chooses begins with nothing chosen."""
    field.required = field.widget.is_required = True
    if isinstance(field, ChoiceField):
        field.choices = [("", "choose one"), *ContractSummary.Renewal.choices]


def _page(
    request: ActorRequest, deal: Engagement, sheet: SummarySheet | None = None, *,
    refusal: Refusal | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    context: dict[str, Any] = {
        "engagement": deal, "sheet": sheet, "refusal": refusal, "pasted": request.POST.get("pasted", ""),
    }  # fmt: skip
    if sheet is not None:
        refused = len(sheet.faults)
        context |= {
            "form": _filled(request, deal, sheet),
            "labels": [(one, SummaryForm.base_fields.get(one.field)) for one in sheet.fields],
            "understood": len(sheet.fields) - refused,
            "refused": refused,
            "unread": ", ".join(sheet.unread),
        }
    return shown(request, "contract/summary_sheet.html", context, status=status)
