"""All that waits for the reader's signature in an engagement, ticked, looked at once more, and signed by one confirmation."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from handfast.engagement.queries import engagement_seen_by, names_of_sides
from handfast.evidence.actions import sign_version
from handfast.evidence.permissions import may_write_document
from handfast.evidence.queries.signing import standings_of, to_sign
from handfast.evidence.queries.together import signed_of_each
from handfast.evidence.web.signing import role_name
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.web.doors import ActorRequest, page, shown

if TYPE_CHECKING:
    from handfast.engagement.models import Engagement
    from handfast.evidence.models import Signature

OK, REFUSED = 200, 422
MOST = 200


@page("GET", "POST")
def waiting(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """The list; posted, first what was ticked is shown with its digests, then, confirmed, each is signed for itself."""
    deal = engagement_seen_by(request.actor, engagement)
    rows = list(to_sign(request.actor, deal.pk)[:MOST])
    if request.method != "POST":
        return _shown(request, deal, rows)
    if not may_write_document(request.actor, deal.space):
        raise NotPermitted("signature given: your role does not include it")
    ticked = set(request.POST.getlist("signature"))
    chosen = [one for one in rows if str(one.pk) in ticked]
    if not chosen:
        fault = "Tick what you want to sign." if not ticked else "What you ticked waits for you no longer."
        return _shown(request, deal, rows, fault=fault, status=REFUSED)
    if "confirmed" not in request.POST:
        return _shown(request, deal, chosen, is_preview=True)
    if "has_read" not in request.POST:
        fault = "Tick that you have read them, then sign."
        return _shown(request, deal, chosen, is_preview=True, fault=fault, status=REFUSED)

    def sign(one: Signature) -> None:
        digest = str(request.POST.get(f"sha256-{one.pk}", ""))
        sign_version(request.actor, one, sha256=digest, at=request.at)

    outcomes = signed_of_each(chosen, sign)
    refused = [one for one in outcomes if one.why]
    signed = len(outcomes) - len(refused)
    if signed:
        messages.success(request, f"{signed} signed.")
    for one in refused:
        messages.error(request, f"{one.signature.document_version.title}: {one.why}.")
    return redirect("evidence:to_sign", engagement=deal.pk)


def _shown(  # noqa: PLR0913 - what the page shows
    request: ActorRequest, deal: Engagement, rows: list[Signature], *, is_preview: bool = False, fault: str = "",
    status: int = OK,
) -> HttpResponse:  # fmt: skip
    documents = {one.document_version.document_id: one.document_version.document for one in rows}
    standing = standings_of(request.actor, documents.values())
    parties = names_of_sides(deal)
    lines = [
        {
            "signature": one, "version": one.document_version, "document": one.document_version.document,
            "role": role_name(one.role), "party": parties.get(one.side, ""), "due_on": one.sign_off.due_on,
            "signed_number": standing[one.document_version.document_id].signed_number,
        }
        for one in rows
    ]  # fmt: skip
    context = {
        "engagement": deal, "lines": lines, "is_preview": is_preview, "fault": fault,
        "may_sign": may_write_document(request.actor, deal.space),
    }  # fmt: skip
    return shown(request, "evidence/to_sign.html", context, status=status)
