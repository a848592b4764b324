"""One side's draft: written beside the linter, checked as one writes, and proposed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from handfast.contract.actions import draft_terms, propose_terms, save_draft
from handfast.contract.models import Agreement, TermsDraft
from handfast.contract.permissions import may_receive_terms
from handfast.contract.queries import draft_of, draft_seen_by, sides_of, terms_in_force
from handfast.contract.reading.checking import Checked, Remark, checked, prepared
from handfast.contract.reading.texts import LARGEST_BYTES, kept_text
from handfast.contract.refusals import TermsHaveErrors, TermsTooLarge
from handfast.contract.web.views.terms import agreement_here
from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import Conflict, FieldsRefused, NotPermitted, status_of
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.kernel.refusal import Refusal
from handfast.people.queries import own_space_of

# Forms carry more than the text; a request beyond this is refused before it is read.
LARGEST_REQUEST = 4 * LARGEST_BYTES
LARGEST_LIVE = 100_000
SPARE_LINES = 5


@csrf_exempt  # the token stands in the body, which is read only once its size is known: see `_written`
@page("GET", "POST")
def draft(request: ActorRequest, engagement: UUID, agreement: UUID) -> HttpResponse:
    """The editor; without a draft, the ways to begin one."""
    found = agreement_here(request, engagement, agreement)
    if not may_receive_terms(request.actor, found):
        raise NotPermitted("terms drafted: your role does not include it")
    if request.method == "POST":
        size = int(request.META.get("CONTENT_LENGTH") or 0)
        if size > LARGEST_REQUEST:
            raise too_large(size)
        return _written(request, found)
    mine = draft_of(request.actor, found)
    if mine is None:
        context = _context(request, found) | {"standing": terms_in_force(found)}
        return shown(request, "contract/draft_none.html", context)
    return _editor(request, found, mine, mine.text)


def too_large(size: int) -> TermsTooLarge:
    """What is said of a request that is not even read."""
    return TermsTooLarge(
        f"the request has {size:,} bytes; terms have at most {LARGEST_BYTES:,}. Move what is no term "
        "(price lists, rosters) into a document of its own, and keep here what is measured and promised"
    )


@page("POST")
def begin(request: ActorRequest, engagement: UUID, agreement: UUID) -> HttpResponse:
    """A draft begins as the version in force, or empty."""
    found = agreement_here(request, engagement, agreement)
    standing = terms_in_force(found) if request.POST.get("from") == "version" else None
    space = own_space_of(request.actor, found.engagement_id)
    draft_terms(
        request.actor, space, agreement=found, text=standing.text if standing else "",
        based_on=standing.number if standing else 0, at=request.at,
    )  # fmt: skip
    return redirect("contract:draft", engagement=engagement, agreement=agreement)


@csrf_protect
def _written(request: ActorRequest, agreement: Agreement) -> HttpResponse:
    mine = draft_seen_by(request.actor, agreement)
    text, as_seen = request.POST.get("text", ""), request.POST.get("as_seen", "")
    try:
        text = _sent_text(request, text)
        if "check" in request.POST:
            return _editor(request, agreement, mine, text, as_seen=as_seen)
        mine = save_draft(request.actor, mine, text=text, at=request.at, as_seen=as_seen)
        if "propose" in request.POST:
            return _proposed(request, agreement, mine)
    except Conflict as refusal:
        fresh = draft_seen_by(request.actor, agreement)
        # Saved once more, after theirs was seen, it is no conflict.
        both = {"conflict": refusal, "theirs": fresh.text}
        return _editor(
            request, agreement, fresh, text, as_seen=fresh.seen_as, more=both, status=status_of(refusal)
        )
    except (TermsHaveErrors, FieldsRefused) as refusal:
        fresh = draft_seen_by(request.actor, agreement)
        more = {"refusal": refusal}
        return _editor(
            request, agreement, fresh, text, as_seen=fresh.seen_as, more=more, status=status_of(refusal)
        )
    messages.success(request, "The draft is saved. Only your side sees it.")
    return redirect("contract:draft", engagement=agreement.engagement_id, agreement=agreement.pk)


def _sent_text(request: ActorRequest, text: str) -> str:
    """The text of the field, or of a file that was sent with it."""
    sent = request.FILES.get("file")
    if sent is None:
        return kept_text(text)
    if (sent.size or 0) > LARGEST_BYTES:
        raise too_large(sent.size or 0)
    try:
        return kept_text(sent.read().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        said = "this file is no text in UTF-8: save it as UTF-8 and send it again"
        raise FieldsRefused(said, [("file", said)]) from error


def _proposed(request: ActorRequest, agreement: Agreement, mine: TermsDraft) -> HttpResponse:
    sides = sides_of(agreement.engagement_id)
    side = sides.side_of.get(request.actor.organisation, "") if request.actor.organisation else ""
    version = propose_terms(
        request.actor, mine, prepared=prepared(mine.text), side=side, at=request.at, as_seen=mine.seen_as
    )
    messages.success(request, f"Version {version.number} is proposed: both sides see it now.")
    return redirect(
        "contract:version", engagement=agreement.engagement_id, agreement=agreement.pk, number=version.number
    )


@page("POST")
def check(request: ActorRequest, engagement: UUID, agreement: UUID) -> HttpResponse:
    """The remarks on a text that is being written; nothing is kept."""
    found = agreement_here(request, engagement, agreement)
    if not may_receive_terms(request.actor, found):
        raise NotPermitted("terms drafted: your role does not include it")
    text = request.POST.get("text", "")
    context = {"agreement": found, "engagement": found.engagement, **_remarks(text, is_live=True)}
    return shown(request, "contract/part_checked.html", context)


def _remarks(text: str, *, is_live: bool) -> dict[str, Any]:
    """The findings, or why there are none yet; and the numbers beside the lines."""
    if is_live and len(text) > LARGEST_LIVE:
        return {"checked": None, "gutter": gutter_of(text, ()), "is_oob": is_live}
    try:
        found = checked(text.replace("\r\n", "\n"))
    except Refusal as refusal:
        found = Checked("", (Remark(1, "error", refusal.code, str(refusal), ""),), 1)
    return {"checked": found, "gutter": gutter_of(text, found.remarks), "is_oob": is_live}


def gutter_of(text: str, remarks: tuple[Remark, ...]) -> list[tuple[str, int, str]]:
    """The line numbers in pieces: (numbers without remarks, a line that has one or 0, its worst severity)."""
    count = text.count("\n") + 1 + SPARE_LINES
    worst: dict[int, str] = {}
    for one in remarks:
        line = min(one.line, count)
        worst[line] = "error" if "error" in (one.severity, worst.get(line)) else "warning"
    pieces, start = [], 1
    for line in sorted(worst):
        pieces.append(("".join(f"{n}\n" for n in range(start, line)), line, worst[line]))
        start = line + 1
    pieces.append(("".join(f"{n}\n" for n in range(start, count + 1)), 0, ""))
    return pieces


def _editor(  # noqa: PLR0913 - what the page shows
    request: ActorRequest, agreement: Agreement, mine: TermsDraft, text: str, *, as_seen: str = "",
    more: dict[str, Any] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    context = _context(request, agreement) | {
        "draft": mine,
        "text": text,
        "as_seen": as_seen or mine.seen_as,
        "lines": text.count("\n") + 1 + SPARE_LINES,
        **_remarks(text, is_live=False),
    }
    return shown(request, "contract/draft.html", context | (more or {}), status=status)


def _context(request: ActorRequest, agreement: Agreement) -> dict[str, Any]:
    sides = sides_of(agreement.engagement_id)
    organisation = request.actor.organisation
    return {
        "engagement": engagement_seen_by(request.actor, agreement.engagement_id),
        "agreement": agreement,
        "side": sides.side_of.get(organisation, "") if organisation else "",
        "side_name": sides.name_of(organisation),
    }
