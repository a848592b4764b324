"""The frame around every page, from the address and from who acts: the deal's stages, what waits, the other deals."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.urls import reverse
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from handfast.contract.models import TermsVersion
from handfast.engagement.queries import engagements_seen_by, other_party_of
from handfast.foundation.languages import DEFAULT
from handfast.foundation.web.frame import Frame, RailPage
from handfast.foundation.web.instants import moment_words
from handfast.journeys.queries.needs import needs_of
from handfast.journeys.queries.notices import unread_by
from handfast.journeys.stages import Standing, kept_of, stages_of, through_of
from handfast.kernel.worktime.zones import zone_named
from handfast.operate.models import Statement
from handfast.people.web.reader import words_for
from handfast.transition.queries.plans import planned_and_done

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.journeys.queries.needs import Need
    from handfast.people.models import Membership

VERSION = version("handfast")
# The page of one thing, its kind, and what its address calls it: the browser keeps such an address for the palette.
THINGS = {
    "governance:entry": ("entry", "item"),
    "evidence:document": ("document", "document"),
    "transition:activity": ("activity", "activity"),
    "operate:statement": ("statement", "period"),
}
CURRENT = {"journeys:home": "needs-me", "journeys:portfolio": "portfolio", "transition:work": "my-work"}


@dataclass(frozen=True, slots=True)
class Around:
    """What a page may ask again without asking the database: the deals, and what waits."""

    deals: tuple[Engagement, ...]
    needs: tuple[Need, ...]
    unread: int


def framing(request: HttpRequest) -> dict[str, Any]:
    """`frame` and the reader's `side_words` for the templates: made when one asks, once a request; no frame for strangers."""
    return {
        "frame": SimpleLazyObject(lambda: frame_of(request)),
        "reader_language": language_for(request),
        "side_words": SimpleLazyObject(lambda: words_for(request)),
        "version": VERSION,
    }


def language_for(request: HttpRequest) -> str:
    """The reader's language, which the frame speaks around every page; the house's own where no middleware ran."""
    found: str = getattr(request, "reader_language", DEFAULT)
    return found


def frame_of(request: HttpRequest) -> Frame | None:
    """The frame of this request, made once."""
    if not hasattr(request, "made_frame"):
        with translation.override(language_for(request)):
            request.made_frame = _made(request)  # type: ignore[attr-defined]  # kept for the other templates of the answer
    return request.made_frame  # type: ignore[attr-defined, no-any-return]  # set above


def around(request: HttpRequest, actor: Actor) -> Around:
    """Deals, needs and unread notices of whoever acts, asked once a request."""
    if not hasattr(request, "made_around"):
        at: datetime = request.at  # type: ignore[attr-defined]  # the middleware of people sets it
        request.made_around = Around(  # type: ignore[attr-defined]  # kept for the page and its frame
            tuple(engagements_seen_by(actor)),
            tuple(needs_of(actor, at=at)),
            unread_by(actor).count(),
        )
    return request.made_around  # type: ignore[attr-defined, no-any-return]  # set above


def _made(request: HttpRequest) -> Frame | None:
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None or actor.person is None or not request.user.is_authenticated:
        return None
    known = around(request, actor)
    wanted = _engagement_in(request)
    page = request.resolver_match.view_name if request.resolver_match else ""
    deal = next((one for one in known.deals if one.pk == wanted), None)
    told = _person(request, actor, deal) | {
        "needs_me_count": len(known.needs),
        "needs_me_url": address("journeys:home"),
        "my_work_url": address("transition:work"),
        "portfolio_url": address("journeys:portfolio") if len(known.deals) > 1 else "",
        "notices_count": known.unread,
        "notices_url": address("journeys:notices"),
        "palette_url": address("journeys:palette"),
        "account_url": address("people:account"),
        "keys_url": address("journeys:keys"),
        "sign_out_url": address("account_logout"),
        "version": VERSION,
        "is_thing": page in THINGS,
        "current": CURRENT.get(page, ""),
        "other_engagements": _others(known.deals, deal),
    }
    return Frame(**(told | (_deal(request, deal) if deal else {})))


def _person(request: HttpRequest, actor: Actor, deal: Engagement | None) -> dict[str, Any]:
    """Who acts, and for whom; outside an engagement the organisation stands where its name would."""
    memberships: list[Membership] = getattr(request, "memberships", [])
    organisation_id = preview_for(request) or actor.organisation
    mine = [one for one in memberships if one.organisation_id == organisation_id]
    member = next((one for one in mine if deal and one.engagement_id == deal.pk), mine[0] if mine else None)
    person: Any = request.user
    at: datetime = request.at  # type: ignore[attr-defined]  # the middleware of people sets it
    organisation = member.organisation.name if member else _("nobody yet")
    return {
        "person_name": person.name,
        "initials": person.initials,
        "organisation_name": organisation,
        "side": member.side if member else "client",
        "engagement_name": organisation if member else "Handfast",
        "engagement_line": _("All engagements"),
        "overview_url": address("engagement:list"),
        "local_time": _time(at, person.zone, is_long=True),
    }


def _deal(request: HttpRequest, deal: Engagement) -> dict[str, Any]:
    at: datetime = request.at  # type: ignore[attr-defined]  # the middleware of people sets it
    here = overview_of(deal)
    person: Any = request.user
    return {
        "engagement_name": deal.name,
        "engagement_line": _(" with ").join(party.name for party in deal.parties.all()),
        "overview_url": here,
        "current": "overview" if request.path == here else "",
        "contract_time": _time(at, deal.zone) if deal.zone != person.zone else "",
        "stages": stages_of(deal, _standing(deal), path=request.path, today=at.date()),
        "through": through_of(deal, path=request.path),
        "kept": kept_of(deal, path=request.path),
        "is_sample": deal.is_sample,
        "other_name": _other_of(request, deal),
        **_preview(request, deal),
        "remove_sample_url": address("journeys:remove_sample", deal.pk) if deal.is_sample else "",
    }


def preview_for(request: HttpRequest) -> UUID | None:
    """For which organisation the reader looks at what both sides see; None where they look as themselves."""
    return getattr(request, "preview_for", None)


def _preview(request: HttpRequest, deal: Engagement) -> dict[str, str]:
    """The way into the preview, or out of it."""
    if preview_for(request):
        return {"preview_end_url": address("journeys:end_preview")}
    return {"preview_url": address("journeys:preview", deal.pk)}


def _other_of(request: HttpRequest, deal: Engagement) -> str:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # the middleware of people sets it
    other = other_party_of(deal, preview_for(request) or actor.organisation)
    return other.name if other else ""


def _standing(deal: Engagement) -> Standing:
    """The number of the terms in force, and the verdicts of the latest month that was issued."""
    number = (
        TermsVersion.objects.filter(agreement__engagement=deal, state__in=TermsVersion.IN_FORCE)
        .order_by("-number")
        .values_list("number", flat=True)
        .first()
    )
    body = (
        Statement.objects.filter(agreement__engagement=deal)
        .order_by("-period", "-revision")
        .values_list("body", flat=True)
        .first()
    )
    verdicts = tuple(level["verdict"] for level in json.loads(body)["levels"]) if body else ()
    return Standing(number, verdicts, *planned_and_done(deal))


def address(name: str, *given: object) -> str:
    """Where a page is. Raises NoReverseMatch: a page that is named and not there is a bug."""
    return reverse(name, args=given)


def overview_of(deal: Engagement) -> str:
    return address("journeys:overview", deal.pk)


def _engagement_in(request: HttpRequest) -> UUID | None:
    match = request.resolver_match
    found = match.kwargs.get("engagement") if match else None
    return found if isinstance(found, UUID) else None


def _time(at: datetime, zone: str, *, is_long: bool = False) -> str:
    try:
        local = at.astimezone(zone_named(zone))
    except Exception:  # noqa: BLE001 - the frame stands around every page and must not fail for a zone
        return ""
    city = zone.rpartition("/")[2].replace("_", " ")
    return f"{moment_words(local)} {city}" if is_long else f"{local:%H:%M} {city}"


def _others(deals: tuple[Engagement, ...], current: Engagement | None) -> tuple[RailPage, ...]:
    if not deals:
        return ()
    pages = [RailPage(one.name, overview_of(one), one == current) for one in deals]
    return (*pages, RailPage(_("All engagements"), address("engagement:list"), current is None))
