"""The page of dependencies and relief, also with a form on it that was refused."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms

from handfast.engagement.queries import names_of_sides
from handfast.foundation.web.doors import ActorRequest, shown
from handfast.foundation.web.exports import export_urls
from handfast.governance.web.rows import people_of, seeing
from handfast.readiness.permissions import may_answer_relief, may_ask_relief, may_withdraw_relief
from handfast.readiness.queries.dependencies import dependencies_of
from handfast.readiness.queries.gates import today_in
from handfast.readiness.reading.relief_said import MOST_DAYS, ReliefSaid

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from uuid import UUID

    from django.http import HttpResponse

    from handfast.engagement.models import Engagement
    from handfast.foundation.web.exports import Cell
    from handfast.governance.web.rows import Seeing
    from handfast.readiness.queries.dependencies import DependencyNow

OK = 200
HEADS = (
    "Number", "Dependency", "Owed by", "Due", "Delivered", "Days late", "Holds up", "Go-live later by (working days)",
    "Ask until", "Relief", "Days asked", "Days granted", "State",
)  # fmt: skip
LINES = {"rows": 2}


class AskReliefForm(forms.Form):
    """What is asked for a late dependency."""

    days = forms.IntegerField(label="Days by which your own dates move", min_value=1, max_value=MOST_DAYS)
    reason = forms.CharField(label="Why", max_length=2_000, widget=forms.Textarea(attrs=LINES))
    effect = forms.CharField(
        label="What it does to plan and service levels", max_length=2_000, widget=forms.Textarea(attrs=LINES)
    )

    def said(self) -> ReliefSaid:
        given = self.cleaned_data
        return ReliefSaid(given["days"], given["reason"], given["effect"])


class AnswerReliefForm(forms.Form):
    """How much is granted, or why not."""

    as_seen = forms.CharField(widget=forms.HiddenInput, max_length=20, required=False)
    days = forms.IntegerField(label="Days granted", min_value=1, max_value=MOST_DAYS, required=False)
    reason = forms.CharField(
        label="Reason, where you grant less or decline", max_length=2_000, required=False,
        widget=forms.Textarea(attrs=LINES),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class DependencyRow:
    """One with what the reader may do; `ask` and `answer` are forms, None where they may not."""

    now: DependencyNow
    owner: str
    asked_by: str
    answered_by: str
    ask: forms.Form | None
    answer: forms.Form | None
    is_open: bool
    may_withdraw: bool


def dependencies_page(
    request: ActorRequest, deal: Engagement, *, at_item: UUID | None = None, form: forms.Form | None = None, status: int = OK
) -> HttpResponse:  # fmt: skip
    """All of them; `form` was refused at the dependency or relief `at_item`."""
    actor = request.actor
    found = dependencies_of(actor, deal, at=request.at)
    today = today_in(deal, request.at)
    seen = seeing(actor, deal, people_of(actor, deal), _persons(found), today)
    rows = [_row(request, one, seen, at_item, form) for one in found]
    context: dict[str, Any] = {
        "engagement": deal, "rows": rows, "names": names_of_sides(deal), "sentence": sentence_of(found), "today": today,
        **export_urls("readiness:dependencies_export", deal.pk),
    }  # fmt: skip
    return shown(request, "readiness/dependencies.html", context, status=status)


def _row(
    request: ActorRequest, one: DependencyNow, seen: Seeing, at_item: UUID | None, form: forms.Form | None
) -> DependencyRow:
    actor, relief = request.actor, one.relief
    ask: forms.Form | None = None
    if one.may_be_asked(seen.today) and may_ask_relief(actor, one.entry):
        ask = form if at_item == one.entry.pk and form else AskReliefForm(auto_id=f"id_{one.entry.pk}_%s")
    answer: forms.Form | None = None
    if relief and relief.state == "asked" and may_answer_relief(actor, relief):
        initial = {"as_seen": relief.seen_as, "days": relief.days}
        answer = (
            form
            if at_item == relief.pk and form
            else AnswerReliefForm(initial=initial, auto_id=f"id_{relief.pk}_%s")
        )
    is_open = at_item is not None and at_item in (one.entry.pk, relief.pk if relief else None)
    return DependencyRow(
        one, seen.name_of(one.entry.owner_id), seen.name_of(relief.asked_by_id if relief else None),
        seen.name_of(relief.answered_by_id if relief else None), ask, answer, is_open,
        relief is not None and relief.state == "asked" and may_withdraw_relief(actor, relief),
    )  # fmt: skip


def _persons(found: Iterable[DependencyNow]) -> set[UUID | None]:
    reliefs = [one.relief for one in found if one.relief]
    return {one.entry.owner_id for one in found} | {
        person for one in reliefs for person in (one.asked_by_id, one.answered_by_id)
    }


def sentence_of(found: Sequence[DependencyNow]) -> str:
    """What the page says at its head."""
    if not found:
        return "Nothing that one side owes the other is written down yet."
    late = [one for one in found if one.late_days and one.is_open]
    known = [one.plan_days for one in late if one.plan_days]
    told = f"{len(late)} of {len(found)} {'is' if len(late) == 1 else 'are'} late"
    if not late:
        return f"None of {len(found)} is late."
    return (
        f"{told}; the worst of them moves the go-live by {max(known)} working days." if known else f"{told}."
    )


def export_rows(found: Iterable[DependencyNow]) -> Iterator[tuple[Cell, ...]]:
    """A row of `HEADS` for each."""
    for one in found:
        relief = one.relief
        yield (
            one.entry.name, one.entry.title, one.owed_by, one.entry.due_on, one.delivered_on, one.late_days,
            ", ".join(each.name for each in one.holds_up), one.plan_days, one.ask_until,
            relief.name if relief else None, relief.days if relief else None, relief.granted_days if relief else None,
            relief.get_state_display() if relief else None,
        )  # fmt: skip
