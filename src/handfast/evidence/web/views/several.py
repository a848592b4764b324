"""Several documents at once: the files are chosen, and all of them are taken in or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from handfast.engagement.queries import engagement_seen_by, party_of
from handfast.evidence.actions import take_in_documents
from handfast.evidence.models import Document
from handfast.evidence.permissions import may_write_document
from handfast.evidence.queries.documents import space_for_document
from handfast.evidence.reading.several import MOST_FILES, TEXTS, TextFile, documents_in
from handfast.evidence.web.forms import BY_AUDIENCE, SHARED
from handfast.foundation.refusals import FieldsRefused, NotPermitted
from handfast.foundation.web.doors import ActorRequest, page, shown

if TYPE_CHECKING:
    from handfast.engagement.models import Engagement

OK, REFUSED = 200, 422


class SeveralForm(forms.Form):
    """What they are, who will see them, and whether they hold as they are."""

    kind = forms.ChoiceField(label="Kind", choices=Document.Kind.choices)
    audience = forms.ChoiceField(
        label="Who will see this", choices=BY_AUDIENCE, initial=SHARED, required=False
    )
    is_published = forms.BooleanField(
        label="They hold as they are: publish each as version 1", required=False, initial=True
    )


@page("GET", "POST")
def documents_several(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """The form; posted, all are taken in, or each that is at fault is named."""
    deal = engagement_seen_by(request.actor, engagement)
    if request.method != "POST":
        return _page(request, deal, SeveralForm())
    if not may_write_document(request.actor, deal.space):
        raise NotPermitted("documents taken in: your role does not include it")
    form = SeveralForm(request.POST)
    if not form.is_valid():
        return _page(request, deal, form, status=REFUSED)
    given = form.cleaned_data
    try:
        files = [TextFile(one.name or "", one.read()) for one in request.FILES.getlist("files")]
        found = documents_in(files, given["kind"])
        space = space_for_document(request.actor, deal, given["audience"] or SHARED)
        made = take_in_documents(
            request.actor, space, documents=found, is_published=given["is_published"], at=request.at
        )
    except FieldsRefused as refusal:
        return _page(request, deal, form, faults=[fault for _, fault in refusal.fields], status=REFUSED)
    messages.success(request, f"{len(made)} document{'s are' if len(made) > 1 else ' is'} taken in.")
    return redirect("evidence:documents", engagement=deal.pk)


def _page(
    request: ActorRequest, deal: Engagement, form: SeveralForm, *, faults: list[str] | None = None, status: int = OK
) -> HttpResponse:  # fmt: skip
    mine = party_of(deal, request.actor.organisation)
    context: dict[str, Any] = {
        "engagement": deal,
        "form": form,
        "faults": faults or [],
        "own_side": mine.side if mine else "",
        "own_name": mine.name if mine else "",
        "is_own_chosen": form["audience"].value() == "own",
        "may_write": may_write_document(request.actor, deal.space),
        "accepted": ",".join(TEXTS),
        "most": MOST_FILES,
    }
    return shown(request, "evidence/documents_several.html", context, status=status)
