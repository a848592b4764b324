"""Things linked with each other, and links taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.shortcuts import redirect

from handfast.engagement.queries import engagement_seen_by
from handfast.evidence.actions import relate_things, remove_relation
from handfast.evidence.permissions import may_relate
from handfast.evidence.queries.relations import relation_seen_by, thing_meant
from handfast.evidence.queries.things import space_for, thing_seen_by
from handfast.evidence.refusals import AudienceRefused, RelationRefused, RelationStands
from handfast.evidence.web.beside import kept_beside
from handfast.evidence.web.forms import RelationForm
from handfast.foundation.refusals import NotPermitted, NotSeen, sentence_of
from handfast.foundation.web.doors import ActorRequest, page, shown

if TYPE_CHECKING:
    from django.http import HttpResponse

    from handfast.engagement.models import Engagement
    from handfast.evidence.queries.things import Thing

REFUSED = 422


@page("POST")
def relate(request: ActorRequest, engagement: UUID, about: str, item: UUID) -> HttpResponse:
    """Link the thing with another one, and back to it."""
    deal = engagement_seen_by(request.actor, engagement)
    thing = thing_seen_by(request.actor, deal.pk, about, item)
    if not may_relate(request.actor, thing.space):
        raise NotPermitted("relation made: your role does not include it")
    form = RelationForm(request.POST, is_internal=thing.is_internal)
    if not form.is_valid():
        return _refused(request, deal, thing, form)
    try:
        to = thing_meant(request.actor, thing, form.cleaned_data["thing"])
        narrower = to if to.is_internal else thing
        space = space_for(request.actor, narrower, form.cleaned_data["audience"])
        relate_things(request.actor, space, thing=thing, to=to, at=request.at)
    except (RelationRefused, AudienceRefused) as refusal:
        form.tell(refusal)
        return _refused(request, deal, thing, form)
    except RelationStands as twice:
        messages.info(request, sentence_of(twice))
    return redirect(f"{thing.url}#files")


@page("POST")
def remove(request: ActorRequest, engagement: UUID, relation: UUID) -> HttpResponse:
    """Take a link away, and back to the thing on whose page it was taken away."""
    deal = engagement_seen_by(request.actor, engagement)
    found = relation_seen_by(request.actor, relation)
    if found.engagement_id != deal.pk:
        raise NotSeen
    remove_relation(request.actor, found, at=request.at)
    is_other = request.POST.get("seen_on") == str(found.other_id)
    kind, item = (found.other_kind, found.other_id) if is_other else (found.one_kind, found.one_id)
    return redirect(f"{thing_seen_by(request.actor, deal.pk, kind, item).url}#files")


def _refused(request: ActorRequest, deal: Engagement, thing: Thing, form: RelationForm) -> HttpResponse:
    context = {"engagement": deal, "beside": kept_beside(request.actor, deal, thing, link_form=form)}
    return shown(request, "evidence/files.html", context, status=REFUSED)
