"""The list of a register as its address asks for it, with its views beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.core.paginator import Paginator

from handfast.foundation.web.doors import ActorRequest, shown
from handfast.foundation.web.exports import export_urls
from handfast.governance.permissions import may_change_view, may_keep_registers, may_remove_view
from handfast.governance.queries.asked import asked_of, chosen
from handfast.governance.queries.columns import columns_of, shown_columns
from handfast.governance.queries.counting import ALL, OVERDUE, counts_of
from handfast.governance.queries.entries import entries_seen_by, today_in
from handfast.governance.reading.usual import usual_rows
from handfast.governance.web.cell_form import cells_of
from handfast.governance.web.filters import filters_of, owner_asked, register_sentence, words_of
from handfast.governance.web.forms import OWN, SHARED, WriteForm
from handfast.governance.web.rows import entry_row, people_of, seeing
from handfast.governance.web.tabs import undo_seconds, views_of
from handfast.governance.web.view_form import ViewForm

if TYPE_CHECKING:
    from django.http import HttpResponse

    from handfast.engagement.models import Engagement
    from handfast.governance.registers import Register
    from handfast.governance.web.rows import Person, Seeing
    from handfast.governance.web.tabs import Views

ROWS_A_PAGE = 50
OK, REFUSED = 200, 422


def listing(  # noqa: PLR0913 - what the page shows
    request: ActorRequest, deal: Engagement, kept: Register, *, people: list[Person] | None = None,
    form: WriteForm | None = None, named: ViewForm | None = None, renamed: ViewForm | None = None, status: int = OK,
) -> HttpResponse:  # fmt: skip
    """The page; `form` writes its last row, `named` and `renamed` name a view and were refused."""
    actor, today, asked = request.actor, today_in(deal, request.at), asked_of(kept, words_of(request.GET))
    every = entries_seen_by(actor, deal.pk, kept)
    views = views_of(actor, deal, kept, asked, request.GET.get("view", ""), request.at)
    counts = counts_of(every, views.counted, kept, deal, today=today)
    pages = Paginator(chosen(every, asked, kept, deal, today=today), ROWS_A_PAGE)
    if asked.narrowing in counts:
        pages.count = counts[asked.narrowing]  # known already: of 50,000 the count is half of the answer
    rows = pages.get_page(request.GET.get("page"))
    people = people_of(actor, deal) if people is None else people
    persons = {
        one for row in rows.object_list for one in (row.owner_id, row.created_by_id, row.changed_by_id)
    }
    persons |= {owner_asked(asked), *(one.kept.person_id for one in views.saved)}
    seen = seeing(actor, deal, people, persons, today)
    context = {
        "engagement": deal,
        "register": kept,
        "columns": columns_of(kept),
        "shown": shown_columns(kept, asked.columns),
        "cells": cells_of(kept),
        "cell_query": f"?{urlencode({'columns': asked.columns})}" if asked.columns else "",
        "rows": [entry_row(one, seen) for one in rows.object_list],
        "page": rows,
        "total": counts[ALL],
        "usual": len(usual_rows(kept, deal.size)) if not counts[ALL] else 0,
        "asked": asked,
        "filters": filters_of(kept, asked, seen),
        "sentence": register_sentence(kept, pages.count, counts[ALL], counts[OVERDUE]),
        "form": form
        or WriteForm(people=people, register=kept, initial={"audience": OWN if kept.side else SHARED}),
        "mine": seen,
        "both": " and ".join(party.name for party in deal.parties.all()),
        "may_write": may_keep_registers(actor, deal.pk),
        "tabs": views.tabs(seen, actor, counts),
        **_views(request, views, seen, named, renamed),
        **export_urls("governance:entries_export", deal.pk, kept.key, query=request.GET.urlencode()),
    }
    return shown(request, "governance/entries.html", context, status=status)


def _views(
    request: ActorRequest, views: Views, seen: Seeing, named: ViewForm | None, renamed: ViewForm | None
) -> dict[str, object]:
    """What the page offers about views: to save what is shown, or to change the view that one came by."""
    own = {"side": seen.own_side, "own": seen.own_name}
    found: dict[str, object] = {
        "views": views, "query": request.GET.urlencode(), "removed": views.removed,
        "undo_seconds": undo_seconds(views.removed, request.at), "named": named or ViewForm(**own),
        "is_naming": named is not None, "is_renaming": renamed is not None,
    }  # fmt: skip
    if views.origin is not None:
        kept = views.origin.kept
        usual = ViewForm(
            initial={"name": kept.name, "shared_with": kept.shared_with}, auto_id="id_view_%s", **own
        )
        found |= {
            "may_change_view": may_change_view(request.actor, kept),
            "may_remove_view": may_remove_view(request.actor, kept),
            "renamed": renamed or usual,
        }
    return found
