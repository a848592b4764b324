"""Addresses elsewhere put beside things, with their copies, and taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from handfast.engagement.queries import engagement_seen_by
from handfast.evidence.actions import add_reference, remove_reference
from handfast.evidence.files.kept import looked_through_if_any, place_for
from handfast.evidence.permissions import may_add_reference
from handfast.evidence.queries.references import reference_seen_by
from handfast.evidence.queries.things import space_for, thing_seen_by
from handfast.evidence.refusals import (
    FileNotScanned,
    FileRefused,
    FilesFull,
    FileStands,
    ReferenceRefused,
    ReferenceStands,
)
from handfast.evidence.web.beside import kept_beside
from handfast.evidence.web.forms import ReferenceForm
from handfast.foundation.files.receiving import receiving
from handfast.foundation.refusals import NotPermitted, NotSeen, sentence_of
from handfast.foundation.web.doors import ActorRequest, page, shown

if TYPE_CHECKING:
    from django.http import HttpResponse

    from handfast.engagement.models import Engagement
    from handfast.evidence.queries.things import Thing
    from handfast.foundation.files.receiving import Receiving

REFUSED = 422


# The token stands in the body, and the body is read only once it is known where its file goes: see `_added`.
@csrf_exempt
@page("POST")
def add(request: ActorRequest, engagement: UUID, about: str, item: UUID) -> HttpResponse:
    """Put an address beside the thing, with a copy or without, and back to it."""
    deal = engagement_seen_by(request.actor, engagement)
    thing = thing_seen_by(request.actor, deal.pk, about, item)
    if not may_add_reference(request.actor, thing.space):
        raise NotPermitted("reference added: your role does not include it")
    with receiving(request, thing.space.pk, place_for(1)) as one:
        return _added(request, deal, thing, one)


@csrf_protect
def _added(request: ActorRequest, deal: Engagement, thing: Thing, one: Receiving) -> HttpResponse:
    form = ReferenceForm(request.POST, is_internal=thing.is_internal)
    if not form.is_valid():
        return _refused(request, deal, thing, form)
    space = space_for(request.actor, thing, form.cleaned_data["audience"])
    try:
        with looked_through_if_any(one.files, space.pk) as frozen:
            add_reference(request.actor, space, thing=thing, said=form.said(), frozen=frozen, at=request.at)
    except ReferenceRefused as refusal:
        form.tell(refusal)
        return _refused(request, deal, thing, form)
    except (FileRefused, FileStands, FilesFull, FileNotScanned) as refusal:
        form.add_error(None, sentence_of(refusal))
        return _refused(request, deal, thing, form)
    except ReferenceStands as twice:
        messages.info(request, sentence_of(twice))
    return redirect(f"{thing.url}#files")


@page("POST")
def remove(request: ActorRequest, engagement: UUID, reference: UUID) -> HttpResponse:
    """Take an address away."""
    deal = engagement_seen_by(request.actor, engagement)
    found = reference_seen_by(request.actor, reference)
    if found.engagement_id != deal.pk:
        raise NotSeen
    remove_reference(request.actor, found, at=request.at)
    thing = thing_seen_by(request.actor, deal.pk, found.about_kind, found.about_id)
    return redirect(f"{thing.url}#files")


def _refused(request: ActorRequest, deal: Engagement, thing: Thing, form: ReferenceForm) -> HttpResponse:
    context = {"engagement": deal, "beside": kept_beside(request.actor, deal, thing, reference_form=form)}
    return shown(request, "evidence/files.html", context, status=REFUSED)
