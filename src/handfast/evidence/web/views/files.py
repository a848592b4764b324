"""What is kept beside one thing, page by page; files attached, opened and withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from handfast.engagement.queries import engagement_seen_by
from handfast.evidence.actions import attach_file, withdraw_file
from handfast.evidence.files.answering import download_of
from handfast.evidence.files.kept import looked_through, place_for
from handfast.evidence.permissions import may_attach_file
from handfast.evidence.queries.files import file_seen_by
from handfast.evidence.queries.things import space_for, thing_seen_by
from handfast.evidence.refusals import FileNotScanned, FileRefused, FilesFull, FileStands, FileWithdrawn
from handfast.evidence.web.beside import kept_beside
from handfast.evidence.web.forms import FileForm
from handfast.foundation.files.receiving import receiving
from handfast.foundation.refusals import NotPermitted, NotSeen, sentence_of
from handfast.foundation.web.doors import ActorRequest, page, shown

if TYPE_CHECKING:
    from handfast.engagement.models import Engagement
    from handfast.evidence.models import File
    from handfast.evidence.queries.things import Thing
    from handfast.foundation.files.receiving import Receiving

A_PAGE = 50
OK, REFUSED = 200, 422
NO_FILE = "Choose the file to attach."


# The token stands in the body, and the body is read only once it is known where its files go: see `_attached`.
@csrf_exempt
@page("GET", "POST")
def files(request: ActorRequest, engagement: UUID, about: str, item: UUID) -> HttpResponse:
    """All that is kept beside the thing, fifty at a time; posted, one or several more, and back to the thing."""
    deal = engagement_seen_by(request.actor, engagement)
    thing = thing_seen_by(request.actor, deal.pk, about, item)
    if request.method != "POST":
        return _shown(request, deal, thing)
    if not may_attach_file(request.actor, thing.space):
        raise NotPermitted("file attached: your role does not include it")
    with receiving(request, thing.space.pk, place_for()) as one:
        return _attached(request, deal, thing, one)


@csrf_protect
def _attached(request: ActorRequest, deal: Engagement, thing: Thing, one: Receiving) -> HttpResponse:
    """Each file is attached by itself, so that one that is refused holds up no other."""
    form = FileForm(request.POST, is_internal=thing.is_internal)
    if not form.is_valid():
        return _shown(request, deal, thing, form=form, status=REFUSED)
    faults, done = [] if one.files else [NO_FILE], 0
    space = space_for(request.actor, thing, form.cleaned_data["audience"])
    for staged in one.files:
        try:
            with looked_through(staged, space.pk) as file:
                sent_as = form.cleaned_data["sent_as"]
                attach_file(request.actor, space, thing=thing, file=file, sent_as=sent_as, at=request.at)
        except (FileRefused, FileStands, FilesFull, FileNotScanned) as refusal:
            faults.append(sentence_of(refusal))
        else:
            done += 1
    if faults:
        said = {1: ["One file is attached."]}.get(done, [f"{done} files are attached."] if done else [])
        return _shown(request, deal, thing, form=form, faults=[*faults, *said], status=REFUSED)
    return redirect(f"{thing.url}#files")


@page("GET")
def download(request: ActorRequest, engagement: UUID, file: UUID) -> HttpResponseBase:
    """The bytes, to be saved and never shown in the page's place."""
    _, found = _here(request, engagement, file)
    return download_of(found)


@page("POST")
def withdraw(request: ActorRequest, engagement: UUID, file: UUID) -> HttpResponse:
    """Take back what one attached."""
    deal, found = _here(request, engagement, file)
    try:
        withdraw_file(request.actor, found, at=request.at)
    except FileWithdrawn as twice:
        messages.info(request, sentence_of(twice))
    thing = thing_seen_by(request.actor, deal.pk, found.about_kind, found.about_id)
    return redirect(f"{thing.url}#files")


def _here(request: ActorRequest, engagement: UUID, file: UUID) -> tuple[Engagement, File]:
    """The file, if it is one of this engagement. Raises NotSeen."""
    deal = engagement_seen_by(request.actor, engagement)
    found = file_seen_by(request.actor, file)
    if found.engagement_id != deal.pk:
        raise NotSeen
    return deal, found


def _shown(  # noqa: PLR0913 - what the page shows
    request: ActorRequest, deal: Engagement, thing: Thing, *, form: FileForm | None = None, faults: list[str] | None = None,
    status: int = OK,
) -> HttpResponse:  # fmt: skip
    number = request.GET.get("page")
    beside = kept_beside(
        request.actor, deal, thing, most=A_PAGE, number=number, form=form, faults=faults or ()
    )
    return shown(request, "evidence/files.html", {"engagement": deal, "beside": beside}, status=status)
