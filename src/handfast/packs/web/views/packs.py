"""The packs of an engagement, one of them with its files, and a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import SafeString

from handfast.engagement.queries import engagement_seen_by, party_of
from handfast.foundation.refusals import NotPermitted, NotSeen, sentence_of
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.foundation.web.exports import export_urls, exported
from handfast.foundation.web.instants import shown_at
from handfast.packs.actions import make_pack, withdraw_pack
from handfast.packs.files.answering import download_of
from handfast.packs.kinds import KINDS, Asking
from handfast.packs.permissions import may_make_pack, may_withdraw_pack
from handfast.packs.queries.freezing import SHARED, frozen, kind_named, space_for
from handfast.packs.queries.packs import pack_seen_by, packs_seen_by, report_of, share_written
from handfast.packs.refusals import PackMadeAlready, PackRefused, PackTooLong
from handfast.packs.renderings.forms import FORMS
from handfast.packs.renderings.pictures import pictured, svg_of, words_of
from handfast.packs.web.forms import MakeForm
from handfast.people.queries import names_seen_by

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handfast.engagement.models import Engagement
    from handfast.foundation.models import Space
    from handfast.packs.kinds import Kind
    from handfast.packs.models import Pack
    from handfast.packs.queries.freezing import Frozen
    from handfast.packs.report import Bars, Trend

A_PAGE = 50
OK, REFUSED = 200, 422
HEADS = ("Pack", "Kind", "Who sees it", "Made by", "Made", "SHA-256", "Withdrawn")


@page("GET")
def packs(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """What was made, by whom and for whom, the newest first."""
    deal = engagement_seen_by(request.actor, engagement)
    found = packs_seen_by(request.actor, deal.pk)
    sheet = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "engagement": deal,
        "rows": _rows(request, deal, sheet),
        "page": sheet,
        "kinds": KINDS.values(),
        "forms": {key: one.name for key, one in FORMS.items()},
        "sentence": _sentence(sheet.paginator.count),
        **export_urls("packs:packs_export", deal.pk),
    }
    return shown(request, "packs/packs.html", context)


def _sentence(count: int) -> str:
    if not count:
        return "No pack has been made yet."
    return f"{count:,} pack{' was' if count == 1 else 's were'} made; each says the same for ever, in every form."


@page("GET")
def packs_export(request: ActorRequest, engagement: UUID, form: str) -> HttpResponseBase:
    """The list as CSV or XLSX."""
    deal = engagement_seen_by(request.actor, engagement)
    rows = _rows(request, deal, packs_seen_by(request.actor, deal.pk))
    cells = (
        (
            one["pack"].subject, one["kind"], one["readers"], one["by"], one["pack"].made_at, one["pack"].digest,
            one["pack"].withdrawn_at,
        )
        for one in rows
    )  # fmt: skip
    return exported(request, form, "packs", HEADS, cells)


def _rows(request: ActorRequest, deal: Engagement, found: Iterable[Pack]) -> list[dict[str, Any]]:
    rows = list(found)
    names = names_seen_by(request.actor, [one.made_by_id for one in rows])
    mine = party_of(deal, request.actor.organisation)
    return [
        {
            "pack": one,
            "kind": KINDS[one.kind].name if one.kind in KINDS else one.kind,
            "by": names.get(one.made_by_id, ""),
            "made": shown_at(one.made_at, deal.zone),
            "side": mine.side if mine and one.is_internal else "",
            "own": mine.name if mine and one.is_internal else "",
            "readers": f"only {mine.name}" if mine and one.is_internal else "shared",
        }
        for one in rows
    ]


@page("GET", "POST")
def new(request: ActorRequest, engagement: UUID) -> HttpResponse:
    """What would be made, and for whom; posted, it is frozen and made."""
    deal = engagement_seen_by(request.actor, engagement)
    form = MakeForm(request.POST if request.method == "POST" else None)
    audience = form.cleaned_data["audience"] if form.is_bound and form.is_valid() else SHARED
    space = space_for(request.actor, deal, audience)
    if not may_make_pack(request.actor, space):
        raise NotPermitted("pack made: your role does not include it")
    words = {**request.GET.dict(), **request.POST.dict()}
    kind = kind_named(words.get("kind", ""))
    asking = Asking(request.actor, deal, words, request.at)
    once = form.cleaned_data["once"] if form.is_bound and form.is_valid() else None
    fault = "" if not form.is_bound or form.is_valid() else "Choose who is to see the pack."
    try:
        found = frozen(asking, kind, audience=audience, key=once)
        if form.is_bound and form.is_valid():
            return _made(request, space, found)
        subject = found.subject
    except (PackRefused, PackTooLong, NotSeen) as refused:
        fault, subject = sentence_of(refused), kind.name
    return _asking(request, deal, subject=subject, fault=fault, asked=(kind, words))


def _made(request: ActorRequest, space: Space, found: Frozen) -> HttpResponse:
    """The pack that the form makes, or has made already: pressed twice, it makes one."""
    try:
        made = make_pack(request.actor, space, frozen=found, at=request.at)
    except PackMadeAlready:
        made = pack_seen_by(request.actor, found.id)
    else:
        messages.success(request, f"“{made.subject}” is made and will say the same for ever.")
    return redirect("packs:pack", engagement=made.engagement_id, pack=made.pk)


def drawn(part: Trend | Bars) -> SafeString:
    """The picture as markup: Vega writes every text of it as text."""
    return SafeString(svg_of(part))


def _asking(
    request: ActorRequest, deal: Engagement, *, subject: str, fault: str, asked: tuple[Kind, dict[str, str]]
) -> HttpResponse:
    kind, words = asked
    parties = [one.name for one in sorted(deal.parties.all(), key=lambda one: one.side)]
    context = {
        "engagement": deal,
        "kind": kind,
        "once": uuid4(),
        "words": {word: words[word] for word in kind.asks if words.get(word)},
        "subject": subject,
        "fault": fault,
        "own": party_of(deal, request.actor.organisation),
        "both": " and ".join(parties),
    }
    return shown(request, "packs/new.html", context, status=REFUSED if fault else OK)


@page("GET")
def pack(request: ActorRequest, engagement: UUID, pack: UUID) -> HttpResponse:
    """One pack: what it says at the top of each page, its files, and how its digest is checked."""
    deal, found = _found(request, engagement, pack)
    report = report_of(found)
    (row,) = _rows(request, deal, [found])
    context = {
        "engagement": deal,
        "row": row,
        "pack": found,
        "report": report,
        "forms": {key: one.name for key, one in FORMS.items()},
        "pictures": [] if found.withdrawn_at else [(words_of(one), drawn(one)) for one in pictured(report)],
        "share": share_written(found),
        "may_withdraw": found.withdrawn_at is None and may_withdraw_pack(request.actor, found),
        "made": f"{shown_at(found.made_at, report.zone)} {report.zone}",
    }
    return shown(request, "packs/pack.html", context)


@page("GET")
def pack_progress(request: ActorRequest, engagement: UUID, pack: UUID) -> HttpResponse:
    """How far the worker is with its files."""
    _, found = _found(request, engagement, pack)
    share = share_written(found)
    answer = shown(request, "packs/part_progress.html", {"pack": found, "share": share})
    if share is None:
        answer["HX-Refresh"] = "true"
    return answer


@page("GET")
def download(request: ActorRequest, engagement: UUID, pack: UUID, pack_form: str) -> HttpResponse:
    """One of its files."""
    _, found = _found(request, engagement, pack)
    return download_of(found, pack_form, is_being_written=share_written(found) is not None)


@page("POST")
def withdraw(request: ActorRequest, engagement: UUID, pack: UUID) -> HttpResponse:
    """Take it back."""
    deal, found = _found(request, engagement, pack)
    withdraw_pack(request.actor, found, at=request.at)
    messages.success(request, f"“{found.subject}” is withdrawn: its files are no longer given out.")
    return redirect(reverse("packs:pack", args=[deal.pk, found.pk]))


def _found(request: ActorRequest, engagement: UUID, pack: UUID) -> tuple[Engagement, Pack]:
    deal = engagement_seen_by(request.actor, engagement)
    found = pack_seen_by(request.actor, pack)
    if found.engagement_id != deal.pk:
        raise NotSeen
    return deal, found
