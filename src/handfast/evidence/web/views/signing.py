"""Roles asked to sign a version, and what each answers: one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from handfast.engagement.queries import engagement_seen_by, names_of_sides
from handfast.evidence.actions import ask_sign_off, decline_signature, sign_version, withdraw_sign_off
from handfast.evidence.permissions import may_ask_sign_off, may_sign
from handfast.evidence.queries.documents import version_seen_by
from handfast.evidence.queries.signing import (
    sides_that_see,
    sign_off_seen_by,
    signature_seen_by,
    standings_of,
)
from handfast.evidence.reading.markdown import rendered
from handfast.evidence.refusals import (
    SignatureAnswered,
    SignatureRefused,
    SignOffEnded,
    SignOffRefused,
    SignOffStands,
)
from handfast.evidence.web.contents import content_of
from handfast.evidence.web.document_rows import document_row, seeing
from handfast.evidence.web.opening import document_here
from handfast.evidence.web.sign_forms import DeclineForm, SignForm, SignOffForm
from handfast.evidence.web.signing import role_name, signatures_of
from handfast.foundation.refusals import NotPermitted, NotSeen, sentence_of
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.people.queries import members_seen_by

if TYPE_CHECKING:
    from handfast.engagement.models import Engagement
    from handfast.evidence.models import Document, DocumentVersion, Signature

OK, REFUSED = 200, 422
NOT_YOURS = "signature given: it is asked of another role, or of another side"


@page("GET", "POST")
def sign_off_ask(request: ActorRequest, engagement: UUID, document: UUID) -> HttpResponse:
    """Ask roles to sign the newest version."""
    deal, found = document_here(request, engagement, document)
    version = version_seen_by(request.actor, found, found.last_number)
    form = _ask_form(request, deal, version)
    if request.method != "POST":
        return _asking(request, deal, found, version, form)
    if not may_ask_sign_off(request.actor, version):
        raise NotPermitted("sign-off asked: that is for the document's owner")
    if not form.is_valid():
        return _asking(request, deal, found, version, form, status=REFUSED)
    try:
        ask_sign_off(request.actor, version, said=form.said(), at=request.at)
    except SignOffRefused as refusal:
        form.tell(refusal)
        return _asking(request, deal, found, version, form, status=REFUSED)
    except SignOffStands as twice:
        form.add_error("roles", sentence_of(twice))
        return _asking(request, deal, found, version, form, status=REFUSED)
    messages.success(request, f"They are asked to sign version {version.number}, and hear of it at once.")
    return redirect("evidence:document", engagement=deal.pk, document=found.pk)


@page("POST")
def sign_off_withdraw(request: ActorRequest, engagement: UUID, sign_off: UUID) -> HttpResponse:
    """Ask no longer whoever has not answered."""
    deal = engagement_seen_by(request.actor, engagement)
    found = sign_off_seen_by(request.actor, sign_off)
    document = found.document_version.document
    if document.engagement_id != deal.pk:
        raise NotSeen
    try:
        withdraw_sign_off(request.actor, found, at=request.at)
    except SignOffEnded as done:
        messages.info(request, sentence_of(done))
    return redirect("evidence:document", engagement=deal.pk, document=document.pk)


@page("GET", "POST")
def signature(request: ActorRequest, engagement: UUID, signature: UUID) -> HttpResponse:
    """What is signed, with its digest; posted, it is signed for the role."""
    deal, found = _here(request, engagement, signature)
    if request.method != "POST":
        return _shown(request, deal, found)
    if not may_sign(request.actor, found):
        raise NotPermitted(NOT_YOURS)
    form = SignForm(request.POST)
    if not form.is_valid():
        return _shown(request, deal, found, form=form, status=REFUSED)
    try:
        sign_version(request.actor, found, sha256=form.cleaned_data["sha256"], at=request.at)
    except SignatureRefused as refusal:
        form.add_error(None, sentence_of(refusal))
        return _shown(request, deal, found, form=form, status=REFUSED)
    except SignatureAnswered as twice:
        messages.info(request, sentence_of(twice))
    else:
        version = found.document_version
        messages.success(request, f"You signed version {version.number} of {version.document.name}.")
    return _back(deal, found)


@page("POST")
def signature_decline(request: ActorRequest, engagement: UUID, signature: UUID) -> HttpResponse:
    """Say why the role does not sign."""
    deal, found = _here(request, engagement, signature)
    if not may_sign(request.actor, found):
        raise NotPermitted(NOT_YOURS)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return _shown(request, deal, found, declined=form, status=REFUSED)
    try:
        decline_signature(request.actor, found, reason=form.cleaned_data["reason"], at=request.at)
    except SignatureRefused as refusal:
        for name, fault in refusal.fields:
            form.add_error(name, f"{fault[0].upper()}{fault[1:]}.")
        return _shown(request, deal, found, declined=form, status=REFUSED)
    except SignatureAnswered as twice:
        messages.info(request, sentence_of(twice))
    else:
        messages.success(request, "You declined; the owner hears of it with your reason.")
    return _back(deal, found)


def _here(request: ActorRequest, engagement: UUID, signature: UUID) -> tuple[Engagement, Signature]:
    """The signature, if it is one of this engagement. Raises NotSeen."""
    deal = engagement_seen_by(request.actor, engagement)
    found = signature_seen_by(request.actor, signature)
    if found.engagement_id != deal.pk:
        raise NotSeen
    return deal, found


def _back(deal: Engagement, found: Signature) -> HttpResponse:
    version = found.document_version
    return redirect(
        "evidence:document_version", engagement=deal.pk, document=version.document_id, number=version.number
    )


def _ask_form(request: ActorRequest, deal: Engagement, version: DocumentVersion) -> SignOffForm:
    held: dict[tuple[str, str], str] = {}
    for one in members_seen_by(request.actor, deal.pk):
        for role in one.roles:
            names = held.get((one.side, role))
            held[one.side, role] = f"{names}, {one.person.name}" if names else one.person.name
    given = request.POST if request.method == "POST" else None
    return SignOffForm(given, parties=names_of_sides(deal), sides=sides_that_see(version), held=held)


def _asking(  # noqa: PLR0913 - what the page shows
    request: ActorRequest, deal: Engagement, found: Document, version: DocumentVersion, form: SignOffForm, *, status: int = OK
) -> HttpResponse:  # fmt: skip
    context = {
        "engagement": deal, "document": found, "version": version, "form": form,
        "row": document_row(found, seeing(request.actor, deal, [found.owner_id])),
        "may_ask": may_ask_sign_off(request.actor, version),
    }  # fmt: skip
    return shown(request, "evidence/sign_off_ask.html", context, status=status)


def _shown(  # noqa: PLR0913 - what the page shows
    request: ActorRequest, deal: Engagement, found: Signature, *, form: SignForm | None = None,
    declined: DeclineForm | None = None, status: int = OK,
) -> HttpResponse:  # fmt: skip
    version = found.document_version
    document = version.document
    read = rendered(version.text)
    signed = signatures_of(request.actor, deal, document)
    context = {
        "engagement": deal,
        "document": document,
        "version": version,
        "signature": found,
        "role": role_name(found.role),
        "party": names_of_sides(deal).get(found.side, ""),
        "row": document_row(
            document, seeing(request.actor, deal, [document.owner_id]), standings_of(request.actor, [document])[document.pk]
        ),
        "signatures": signed.of(version.number),
        "html": read.with_marks(lambda _: ""),
        "headings": read.headings,
        "content": content_of(deal.pk, document, version),
        "is_waiting": found.state == found.State.WAITING,
        "is_mine": found.state == found.State.WAITING and found.space_id in request.actor.reach.writes and may_sign(request.actor, found),
        "form": form or SignForm(initial={"sha256": version.sha256}),
        "declined": declined or DeclineForm(),
        "is_declining": declined is not None,
    }  # fmt: skip
    return shown(request, "evidence/signature.html", context, status=status)
