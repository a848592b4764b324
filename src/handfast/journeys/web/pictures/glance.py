"""How an engagement stands, from the statements that were issued: the month shown, the money, the life-line."""

from __future__ import annotations

import json
from calendar import monthrange
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from handfast.contract.models import TermsVersion
from handfast.contract.queries import agreements_of, parsed_terms
from handfast.journeys.queries.months import running_draft
from handfast.journeys.stages import Standing
from handfast.journeys.web.pictures.lifeline import Dates, life_line
from handfast.operate.models import Statement
from handfast.operate.queries.statements import current_statements
from handfast.operate.web.pictures.statement_sentence import Part
from handfast.operate.web.pictures.statement_view import statement_view
from handfast.operate.web.pictures.wording import amount_text, month_text
from handfast.operate.web.showing import STATUS, state_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from handfast.contract.models import Agreement
    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.journeys.web.pictures.lifeline import LifeLine
    from handfast.operate.models import StatementDraft
    from handfast.operate.web.pictures.statement_view import StatementView

SHOWN_MONTHS = 4
HUNDRED = 100
STATUS_OF_NOTHING = "no-data"


@dataclass(frozen=True, slots=True)
class Money:
    """One month's credit against its cap; `share` in whole percent of the cap, for the bar."""

    period: str
    title: str
    second: str
    credit: str
    cap: str
    share: int
    tone: str


@dataclass(frozen=True, slots=True)
class ShownMonth:
    """The month whose levels are on the page: the last that was issued, or the own draft of the one that runs."""

    period: str
    title: str
    view: StatementView
    is_draft: bool
    day: str
    words: str
    status: str


@dataclass(frozen=True, slots=True)
class Glance:
    """All that the overview says of an engagement; before its first figure that is little."""

    agreement: Agreement | None
    sentence: tuple[Part, ...]
    life: LifeLine | None
    month: ShownMonth | None
    money: tuple[Money, ...]
    currency: str


def glance_of(actor: Actor, deal: Engagement, *, at: datetime) -> Glance:
    """The engagement as the actor sees it; the own side's draft of a running month is part of it."""
    agreement = agreements_of(deal).first()
    issued = current_statements(agreement) if agreement else []
    bodies = {one.period: json.loads(one.body) for one in issued}
    draft = running_draft(actor, deal, issued)
    month = _shown(agreement, deal, issued, draft, bodies) if agreement else None
    # A sample stays at the day that it tells of, and names it: it is not today.
    today = draft.as_of.date() if draft and deal.is_sample else at.date()
    name = f"{today.day} {today:%b}" if today != at.date() else "Today"
    dates = Dates(deal.signed_on, deal.live_on, deal.notice_on, deal.ends_on, today, name)
    currency = agreement.currency if agreement else deal.currency
    return Glance(
        agreement,
        _sentence(month) if month else (),
        life_line(dates, {period: worst_of(body) for period, body in bodies.items()}),
        month,
        tuple(_money(issued, bodies, deal)),
        currency,
    )


def worst_of(body: dict[str, Any]) -> str:
    """The glyph of the worst verdict of a month."""
    found = Standing(None, tuple(level["verdict"] for level in body["levels"])).worst
    return STATUS_OF_NOTHING if found == "open" else found


def _shown(
    agreement: Agreement,
    deal: Engagement,
    issued: Sequence[Statement],
    draft: StatementDraft | None,
    bodies: dict[str, dict[str, Any]],
) -> ShownMonth | None:
    made: Statement | StatementDraft | None = draft or (issued[0] if issued else None)
    if made is None:
        return None
    body = json.loads(made.body)
    terms = TermsVersion.objects.filter(agreement=agreement, pk=made.inputs["terms"]).first()
    earlier = [one for period, one in bodies.items() if period < made.period]
    view = statement_view(body, parsed_terms(terms).first if terms else None, earlier)
    if isinstance(made, Statement):
        words, status = state_words(made, deal), STATUS[Statement.State(made.state)]
    else:
        words, status = "Own draft", "running"
    return ShownMonth(
        made.period,
        month_text(made.period),
        view,
        made is draft,
        _day_of(made) if made is draft else "",
        words,
        status,
    )


def _day_of(made: Statement | StatementDraft) -> str:
    """`day 16 of 30`, for a month that was computed while it ran."""
    day = made.as_of.date()
    return f"day {day.day} of {monthrange(day.year, day.month)[1]}" if f"{day:%Y-%m}" == made.period else ""


def _sentence(month: ShownMonth) -> tuple[Part, ...]:
    first, *others = month.view.sentence
    begin = f"{month.title}{' so far' if month.day else ''}: {first.text[:1].lower()}{first.text[1:]}"
    end = Part("" if month.is_draft else f" {month.words}.")
    return (Part(begin, first.is_strong), *others, end)


def _money(issued: Sequence[Statement], bodies: dict[str, dict[str, Any]], deal: Engagement) -> list[Money]:
    """The last months in which the terms judge money, the latest first."""
    found = []
    for one in issued[:SHOWN_MONTHS]:
        consequence = bodies[one.period]["consequence"]
        if not consequence or consequence.get("credit") is None:
            continue
        credit, cap = Decimal(consequence["credit"]), Decimal(consequence.get("cap") or 0)
        share = int(min(credit / cap, Decimal(1)) * HUNDRED) if cap else 0
        found.append(
            Money(
                one.period,
                month_text(one.period),
                state_words(one, deal),
                amount_text(consequence["credit"]),
                amount_text(consequence["cap"]) if cap else "",
                share,
                "missed" if credit else "met",
            )
        )
    return found
