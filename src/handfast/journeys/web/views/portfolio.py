"""All my engagements on one page: whose levels, money, dates and decisions ask for a look."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from handfast.contract.web.summary_words import notice_line, passed_line
from handfast.foundation.web.doors import ActorRequest, page, shown
from handfast.foundation.web.exports import export_urls, exported
from handfast.journeys.frame import address, around, overview_of
from handfast.journeys.queries.portfolio import (
    DECISIONS,
    credits_by_currency,
    notices_of,
    portfolio_of,
    values_by_currency,
)
from handfast.journeys.stages import Standing, day_text
from handfast.journeys.web.portfolio_words import month_marks, month_words, range_words
from handfast.operate.web.pictures.wording import amount_text, month_text
from handfast.operate.web.showing import answer_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from uuid import UUID

    from django.http import HttpResponse, HttpResponseBase

    from handfast.foundation.web.exports import Cell
    from handfast.journeys.queries.portfolio import Holding

HEADS = (
    "Other side", "Engagement", "Month", "Levels met", "Levels", "Worst", "Currency", "Credit", "Cap", "Next date",
    "On", "Next milestone of the plan", "Foreseen on", "Late by the plan", "P50", "P80", "Levels met by month", "Notice by", "Yearly value", "Value's currency", "Late decisions", "Other late entries", "Needs me",
)  # fmt: skip
SOON_DAYS = 60


@page("GET")
def portfolio(request: ActorRequest) -> HttpResponse:
    """By the other side, every engagement with its last month."""
    holdings = portfolio_of(request.actor, at=request.at)
    needs = _needs(request)
    partners = [
        {"name": name, "rows": [_row(one, needs[one.deal.pk]) for one in each]}
        for name, each in groupby(holdings, key=lambda one: one.partner)
    ]
    context = {
        "partners": partners,
        "sentence": _sentence(holdings),
        "credits": [
            f"{amount_text(str(credit))} {currency}"
            for currency, credit in credits_by_currency(holdings).items()
        ],
        "values": [
            f"{amount_text(str(value))} {currency}"
            for currency, value in values_by_currency(holdings).items()
        ],
        "notices": [_notice(one) for one in notices_of(holdings)],
        "new_url": address("engagement:new"),
        **export_urls("journeys:portfolio_export"),
    }
    return shown(request, "journeys/portfolio.html", context)


@page("GET")
def portfolio_export(request: ActorRequest, form: str) -> HttpResponseBase:
    """The same rows as CSV or XLSX."""
    needs = _needs(request)
    rows = [_cells(one, needs[one.deal.pk]) for one in portfolio_of(request.actor, at=request.at)]
    return exported(request, form, "portfolio", HEADS, rows)


def _needs(request: ActorRequest) -> Counter[UUID]:
    """How many things wait for whoever acts, by engagement."""
    return Counter(one.engagement for one in around(request, request.actor).needs)


def _row(one: Holding, needs: int) -> dict[str, object]:
    month = one.month
    told: dict[str, object] = {
        "deal": one.deal,
        "url": overview_of(one.deal),
        "needs": needs,
        "contract_url": address("contract:summary", one.deal.pk),
        "late_decisions": one.late_decisions,
        "late_others": one.late_others,
        "decisions_url": address("governance:entries", one.deal.pk, DECISIONS) + "?overdue=1",
    }
    if one.next_date:
        name, day = one.next_date
        told |= {"date_name": name, "date": day_text(day), "is_soon": _is_soon(day, one.today)}
    if one.foreseen:
        told |= {
            "range": range_words(one.foreseen.range),
            "foreseen": f"{one.foreseen.name}, foreseen {day_text(one.foreseen.on)}",
            "is_foreseen_late": one.foreseen.is_late,
            "plan_url": address("transition:plan", one.deal.pk),
            "range_url": address("transition:outlook", one.deal.pk),
        }
    if one.contract and one.contract.yearly_value is not None:
        value = amount_text(str(one.contract.yearly_value))
        told["value"] = f"{value} {one.contract.currency}"
    if month:
        told |= {
            "marks": month_marks(one.months),
            "months": month_words(one.months),
            "month": month_text(month.statement.period),
            "month_url": address("operate:statement", one.deal.pk, month.statement.period),
            "state": answer_words(month.statement, one.deal),
            "status": Standing(None, month.verdicts).worst,
            "levels": f"{month.met} of {len(month.verdicts)} met",
            "credit": "" if month.credit is None else amount_text(str(month.credit)),
            "cap": amount_text(str(month.cap)) if month.cap else "",
            "currency": month.currency,
        }
    return told


def _is_soon(day: date, today: date) -> bool:
    return (day - today).days <= SOON_DAYS


def _cells(one: Holding, needs: int) -> Sequence[Cell]:
    return (
        one.partner,
        one.deal.name,
        *_month_cells(one),
        *_date_cells(one),
        *_foreseen_cells(one),
        "; ".join(f"{each.statement.period} {each.met}/{len(each.verdicts)}" for each in one.months) or None,
        one.notice_on,
        *_value_cells(one),
        one.late_decisions,
        one.late_others,
        needs,
    )


def _month_cells(one: Holding) -> Iterator[Cell]:
    month = one.month
    if month is None:
        yield from (None,) * 7
        return
    yield from (month.statement.period, month.met, len(month.verdicts), Standing(None, month.verdicts).worst)
    yield from (month.currency, month.credit, month.cap)


def _date_cells(one: Holding) -> tuple[Cell, Cell]:
    return one.next_date or (None, None)


def _foreseen_cells(one: Holding) -> tuple[Cell, ...]:
    if one.foreseen is None:
        return (None,) * 5
    found = one.foreseen.range
    days = (found.p50_on, found.p80_on) if found else (None, None)
    return one.foreseen.name, one.foreseen.on, "late" if one.foreseen.is_late else "on time", *days


def _value_cells(one: Holding) -> tuple[Cell, Cell]:
    if one.contract is None or one.contract.yearly_value is None:
        return None, None
    return one.contract.yearly_value, one.contract.currency


def _notice(one: Holding) -> dict[str, object]:
    """A contract whose notice comes or was due, in words, and where they stand."""
    day = one.notice_on or one.today
    left = (day - one.today).days
    told = f"Notice {'was due' if one.is_notice_passed else 'by'} {day_text(day)}"
    if one.contract:
        told = passed_line(one.contract, one.today) if one.is_notice_passed else notice_line(one.contract)
    return {
        "name": one.deal.name,
        "partner": one.partner,
        "said": told,
        "left": "today" if left == 0 else f"{_many(abs(left), 'day')} {'left' if left > 0 else 'ago'}",
        "is_soon": _is_soon(day, one.today) and not one.is_notice_passed,
        "is_passed": one.is_notice_passed,
        "url": address("contract:summary", one.deal.pk),
    }


def _sentence(holdings: Sequence[Holding]) -> str:
    """As in `3 engagements with 2 other sides: 1 missed a level in the last month`."""
    if not holdings:
        return "You are in no engagement yet."
    partners = len({one.partner for one in holdings})
    begin = f"{_many(len(holdings), 'engagement')} with {_many(partners, 'other side')}"
    missed = sum(one.month is not None and "missed" in one.month.verdicts for one in holdings)
    passed = sum(one.is_notice_passed and one.is_notice_told for one in holdings)
    late = sum(one.late_decisions > 0 for one in holdings)
    facts = [f"{missed} missed a level in the last month"] if missed else []
    facts += [f"{late} {'has' if late == 1 else 'have'} late decisions"] if late else []
    facts += [f"{passed} {'is' if passed == 1 else 'are'} past the last day of notice"] if passed else []
    return f"{begin}: {', '.join(facts) if facts else 'no level missed, no decision late'}."


def _many(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"
