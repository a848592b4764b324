"""The form of the usual terms, over the same draft: the text stays what counts."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Min
from django.http import HttpResponse
from django.shortcuts import redirect

from handfast.contract.actions import draft_terms, save_draft
from handfast.contract.models import Agreement
from handfast.contract.permissions import may_receive_terms
from handfast.contract.queries import draft_of, sides_of
from handfast.contract.reading.usual import Usual, usual_in, usual_text
from handfast.contract.web.forms import UsualForm
from handfast.contract.web.views.terms import agreement_here
from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import Conflict, FieldsRefused, NotPermitted, status_of
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.kernel.document import read_document
from handfast.kernel.worktime.windows import DAYS
from handfast.kernel.worktime.zones import zone_named
from handfast.people.queries import own_space_of
from handfast.records.queries import batches_seen_by, sources_seen_by
from handfast.records.reading.mappings import mapping_from_preset, presets

if TYPE_CHECKING:
    from datetime import date

    from handfast.engagement.models import Engagement

KEPT = "kept"
A_YEAR = timedelta(days=365)


@page("GET", "POST")
def usual_form(request: ActorRequest, engagement: UUID, agreement: UUID) -> HttpResponse:
    """Opened on the side's draft, where the form can hold all that it says."""
    found = agreement_here(request, engagement, agreement)
    if not may_receive_terms(request.actor, found):
        raise NotPermitted("terms drafted: your role does not include it")
    mine = draft_of(request.actor, found)
    text = mine.text if mine else ""
    held = usual_in(text)
    if held is None and text.strip():
        return shown(request, "contract/usual.html", _context(request, found) | {"text": text})
    sources = _sources(request, engagement, held)
    if request.method == "GET":
        initial = _initial(held) if held else _first_values(request, found)
        form = UsualForm(sources=sources, initial=initial | {"as_seen": mine.seen_as if mine else ""})
        return shown(request, "contract/usual.html", _context(request, found) | {"form": form})
    form = UsualForm(request.POST, sources=sources)
    if not form.is_valid():
        return shown(request, "contract/usual.html", _context(request, found) | {"form": form}, status=422)
    try:
        written = usual_text(_usual(request, engagement, form, held), text)
        if mine is None:
            space = own_space_of(request.actor, found.engagement_id)
            draft_terms(request.actor, space, agreement=found, text=written, based_on=0, at=request.at)
        else:
            save_draft(request.actor, mine, text=written, at=request.at, as_seen=form.cleaned_data["as_seen"])
    except (Conflict, FieldsRefused) as refusal:
        context = _context(request, found) | {"form": form, "refusal": refusal}
        return shown(request, "contract/usual.html", context, status=status_of(refusal))
    messages.success(request, "The form has written the terms. This text is what counts.")
    return redirect("contract:draft", engagement=engagement, agreement=agreement)


def _context(request: ActorRequest, agreement: Agreement) -> dict[str, Any]:
    sides, organisation = sides_of(agreement.engagement_id), request.actor.organisation
    return {
        "engagement": engagement_seen_by(request.actor, agreement.engagement_id),
        "agreement": agreement,
        "side": sides.side_of.get(organisation, "") if organisation else "",
        "side_name": sides.name_of(organisation),
    }


def _sources(request: ActorRequest, engagement: UUID, held: Usual | None) -> list[tuple[str, str]]:
    """The mapping that stands in the text, those of the engagement's sources, and the presets."""
    found = [(KEPT, f"{held.source}, as it stands in the terms")] if held and held.mapping else []
    found += [(f"source:{one.key}", one.name) for one in sources_seen_by(request.actor, engagement)]
    return found + [(f"preset:{one.name}", f"{one.title} (a first guess)") for one in presets()]


def _usual(request: ActorRequest, engagement: UUID, form: UsualForm, held: Usual | None) -> Usual:
    given = form.cleaned_data
    names = {one.name for one in fields(Usual)} & set(given) - {"first", "end", "source"}
    key, mapping = _mapping(request, engagement, given["source"], held)
    return Usual(
        **{name: given[name] for name in names},
        first=given["first"].isoformat(), end=given["end"].isoformat(), hours=form.hours(),
        source=key, mapping=mapping, promises=form.promises(),
    )  # fmt: skip


def _mapping(request: ActorRequest, engagement: UUID, chosen: str, held: Usual | None) -> tuple[str, Any]:
    """The source's key and its columns as the terms write them."""
    kind, _, name = chosen.partition(":")
    if kind == KEPT and held is not None:
        return held.source, held.mapping
    if kind == "source":
        text = sources_seen_by(request.actor, engagement).get(key=name).mapping
    else:
        name, text = "desk", mapping_from_preset(name, "desk")
    return name, read_document(text, name="mapping").content["sources"][name]


def _initial(held: Usual) -> dict[str, Any]:
    given: dict[str, Any] = {name: value for name, value in asdict(held).items() if isinstance(value, str)}
    given |= {f"hours_{day}": held.hours.get(day, "") for day in DAYS}
    for key, promise in held.promises.items():
        given |= {f"{key}_{part}": value for part, value in asdict(promise).items()} | {
            f"{key}_is_chosen": True
        }
    return given | {"source": KEPT}


def _first_day(request: ActorRequest, deal: Engagement) -> date | None:
    """The day of the first event of any file that stands, in the deal's zone."""
    standing = batches_seen_by(request.actor, deal.pk).filter(withdrawn_at__isnull=True)
    first = standing.order_by().aggregate(first=Min("first_stamp_at"))["first"]
    return None if first is None else first.astimezone(zone_named(deal.zone)).date()


def _first_values(request: ActorRequest, agreement: Agreement) -> dict[str, Any]:
    """What a new form proposes: the engagement's own zone, a year, office hours, a reply within four hours.

    The year begins when the deal went live, else with the first record that came in: what is there can be judged.
    """
    deal = engagement_seen_by(request.actor, agreement.engagement_id)
    names = sides_of(agreement.engagement_id).names
    begins = (deal.live_on or _first_day(request, deal) or request.at.date()).replace(day=1)
    return {
        "name": agreement.title,
        "zone": deal.zone,
        "first": begins,
        "end": (begins + A_YEAR + timedelta(days=1)).replace(day=1),
        "client": names.get("client", ""),
        "provider": names.get("provider", ""),
        **{f"hours_{day}": "09:00-17:00" for day in DAYS[:5]},
        "first_response_is_chosen": True,
        "first_response_target": 4,
        "first_response_unit": "h",
        "resolution_unit": "h",
        "first_response_expected": "90",
        "first_response_minimum": "80",
    }
