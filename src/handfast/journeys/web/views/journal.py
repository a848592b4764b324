"""The journal of an engagement: every entry in words, the history of one thing, and whether the chains are whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http.response import HttpResponseBase

from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.refusals import NotSeen
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.foundation.web.exports import exported
from handfast.journeys.frame import address
from handfast.journeys.queries.journal import (
    chains_seen_by,
    entries_seen_by,
    history_of,
    kept_head,
    taken_in_with,
    told_to,
)
from handfast.journeys.web.journal_words import Telling, action_words, stood_in_for
from handfast.people.queries import names_seen_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import QuerySet

    from handfast.engagement.models import Engagement
    from handfast.foundation.models import Contents
    from handfast.foundation.web.exports import Cell
    from handfast.journeys.queries.journal import Chain

HEAD = re.compile(r"[0-9a-f]{64}")
ON_A_PAGE = 50
MOST_WALKED = 2_000
AUDIENCES = (("shared", "both sides"), ("own", "only us"))
ANYBODY, NOBODY = "people", "handfast"  # what a person did, and what the worker did by itself
HEADS = ("at", "who", "what", "action", "subject", "who sees it", "place in its chain", "hash")


@page("GET")
def journal(request: ActorRequest, engagement: UUID) -> HttpResponseBase:
    """Fifty entries a page, by action, person and audience; with what walking each chain found."""
    deal = engagement_seen_by(request.actor, engagement)
    every = entries_seen_by(request.actor, engagement)
    rows, chosen = _filtered(request, every)
    shown_page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    persons = _persons(request, every)
    telling = telling_of(request, deal, shown_page.object_list)
    chains = [_chain(one, telling) for one in chains_seen_by(request.actor, engagement, most=_most(request))]
    context = {
        "engagement": deal,
        "page": shown_page,
        "lines": [telling.line(one) for one in shown_page.object_list],
        "chains": chains,
        "actions": [{"key": one, "name": action_words(one)} for one in _actions(every)],
        "persons": persons,
        "audiences": AUDIENCES,
        "chosen": chosen,
        "sentence": _sentence(chains),
        "held": _held(request, engagement),
        "csv_url": f"{address('journeys:journal_export', deal.pk, 'csv')}?{request.GET.urlencode()}",
        "xlsx_url": f"{address('journeys:journal_export', deal.pk, 'xlsx')}?{request.GET.urlencode()}",
    }
    return shown(request, "journeys/journal.html", context)


@page("GET")
def journal_export(request: ActorRequest, engagement: UUID, form: str) -> HttpResponseBase:
    """All entries that the filters leave."""
    deal = engagement_seen_by(request.actor, engagement)
    rows, _ = _filtered(request, entries_seen_by(request.actor, engagement))
    return exported(request, form, "journal", HEADS, _cells(rows, telling_of(request, deal, rows)))


@page("GET")
def history(request: ActorRequest, engagement: UUID, subject: UUID) -> HttpResponseBase:
    """What happened to one thing."""
    deal = engagement_seen_by(request.actor, engagement)
    rows = list(history_of(request.actor, engagement, subject))
    rows = [*taken_in_with(request.actor, engagement, subject), *rows]
    if not rows:
        raise NotSeen
    telling = telling_of(request, deal, rows)
    context = {"engagement": deal, "lines": [telling.line(one) for one in rows], "subject": subject}
    return shown(request, "journeys/history.html", context)


def _filtered(request: ActorRequest, rows: QuerySet[Contents]) -> tuple[QuerySet[Contents], dict[str, str]]:
    """The entries by the filters of the address; a person that is no id is nobody."""
    chosen = {key: request.GET.get(key, "") for key in ("action", "person", "audience")}
    rows = told_to(rows, chosen["audience"])
    if chosen["action"]:
        rows = rows.filter(action=chosen["action"])
    if chosen["person"] in (ANYBODY, NOBODY):
        rows = rows.filter(person_id__isnull=chosen["person"] == NOBODY)
    elif chosen["person"]:
        try:
            rows = rows.filter(person_id=UUID(chosen["person"]))
        except ValueError:
            rows = rows.none()
    return rows, chosen


def _most(request: ActorRequest) -> int:
    """Long chains are walked when somebody asks for it."""
    return 10**9 if request.GET.get("check") else MOST_WALKED


def _actions(rows: QuerySet[Contents]) -> list[str]:
    return [one for one in rows.order_by("action").values_list("action", flat=True).distinct() if one]


def _persons(request: ActorRequest, rows: QuerySet[Contents]) -> list[dict[str, Any]]:
    """People as against the worker, then who has done anything, by name."""
    ids = rows.order_by("person_id").values_list("person_id", flat=True).distinct()
    names = sorted(names_seen_by(request.actor, ids).items(), key=lambda one: one[1])
    found = [{"key": ANYBODY, "name": "people only"}, {"key": NOBODY, "name": "Handfast by itself"}]
    return found + [{"key": str(key), "name": name} for key, name in names]


def telling_of(request: ActorRequest, deal: Engagement, rows: Iterable[Contents]) -> Telling:
    parties = list(deal.parties.all())
    return Telling(
        names_seen_by(request.actor, {one.person_id for one in rows} | {stood_in_for(one) for one in rows}),
        {one.organisation_id: (one.name, one.side) for one in parties if one.organisation_id},
        [one.zone for one in parties],
    )


def _cells(rows: QuerySet[Contents], telling: Telling) -> Iterator[list[Cell]]:
    for one in rows.iterator(chunk_size=500):
        line = telling.line(one)
        yield [
            line.at, line.who, line.what, line.action, str(line.subject or ""), line.audience, line.sequence, line.hash,
        ]  # fmt: skip


def _chain(chain: Chain, telling: Telling) -> dict[str, Any]:
    """`whole, 312 entries`."""
    name, side = telling.parties.get(chain.space.organisation_id, ("", ""))
    entries = f"{chain.entries:,} entr{'y' if chain.entries == 1 else 'ies'}"
    verdict = chain.verdict
    if verdict is None:
        said, status = f"{entries}, not checked", "open"
    elif verdict.is_whole:
        erased = f", {verdict.erased:,} erased" if verdict.erased else ""
        said, status = f"whole, {entries}{erased}", "met"
    else:
        said, status = verdict.said, "missed"
    return {"side": side, "name": name, "said": said, "status": status, "head": chain.head}


def _held(request: ActorRequest, engagement: UUID) -> dict[str, str] | None:
    """What becomes of a head that the reader kept, from the daily mail; None where none is asked about."""
    head = request.GET.get("head", "").strip().lower()
    if not head:
        return None
    if not HEAD.fullmatch(head):
        return {"head": head[:64], "status": "open", "said": "A head is 64 digits and letters from a to f."}
    found = kept_head(request.actor, engagement, head)
    if found is None:
        said = "No journal here holds this head: it was written anew or cut, or the head is another engagement's."
        return {"head": head, "status": "missed", "said": said}
    entry, verdict = found
    if not verdict.is_whole:
        return {"head": head, "status": "missed", "said": f"The journal was changed: {verdict.said}."}
    said = f"It is the head of entry {entry.sequence:,}, and every entry before and after it holds."
    return {"head": head, "status": "met", "said": said}


def _sentence(chains: list[dict[str, Any]]) -> str:
    broken = [one for one in chains if one["status"] == "missed"]
    if broken:
        return f"The journal was changed: {broken[0]['said']}."
    told = (f"{_whose(one['name'])}: {one['said']}" for one in chains)
    return "; ".join(told) + "."


def _whose(name: str) -> str:
    return f"only {name}" if name else "Shared"
