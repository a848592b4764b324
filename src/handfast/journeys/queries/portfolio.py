"""All engagements of whoever acts, each with its last month, its money, its dates and what is late: in a few questions."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef

from handfast.contract.models import Agreement
from handfast.contract.queries import newest_summaries
from handfast.engagement.queries import engagements_seen_by
from handfast.governance.models import RegisterEntry
from handfast.governance.queries.entries import todays_in
from handfast.journeys.queries.foreseen import foreseen_of
from handfast.operate.models import Statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime
    from typing import Any
    from uuid import UUID

    from handfast.contract.models import ContractSummary
    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.journeys.queries.foreseen import Foreseen

DECISIONS = "decisions"
MOST_MONTHS = 6


@dataclass(frozen=True, slots=True)
class LastMonth:
    """A month that was issued, in the revision that counts: how many levels had which verdict, and the credit against its cap."""

    statement: Statement
    verdicts: tuple[str, ...]
    currency: str
    credit: Decimal | None
    cap: Decimal | None

    @property
    def met(self) -> int:
        return self.verdicts.count("met")


@dataclass(frozen=True, slots=True)
class Holding:
    """One engagement in the portfolio of one side; `partner` is the other side's name.

    `months` are the last ones that were issued, the latest first; `month` is that one. `next_date` is the nearest of its days to come, with what it is; `late` counts entries past their day, by register.
    """

    deal: Engagement
    partner: str
    month: LastMonth | None
    next_date: tuple[str, date] | None
    late: Mapping[str, int]
    today: date
    contract: ContractSummary | None = None
    foreseen: Foreseen | None = None
    months: tuple[LastMonth, ...] = ()

    @property
    def notice_on(self) -> date | None:
        """The last day of notice, as the contract's newest summary says it, or else the deal."""
        return self.contract.notice_on if self.contract else self.deal.notice_on

    @property
    def is_notice_passed(self) -> bool:
        return self.notice_on is not None and self.notice_on < self.today

    @property
    def is_notice_told(self) -> bool:
        """To come; or passed, while the term runs at whose end it was to be heard: until then something can be done."""
        ends_on = self.contract.ends_on if self.contract else self.deal.ends_on
        return self.notice_on is not None and (
            not self.is_notice_passed or ends_on is None or ends_on >= self.today
        )

    @property
    def late_decisions(self) -> int:
        return self.late.get(DECISIONS, 0)

    @property
    def late_others(self) -> int:
        return sum(self.late.values()) - self.late_decisions


def portfolio_of(actor: Actor, *, at: datetime) -> list[Holding]:
    """Every engagement that the actor is in, by the other side's name and then by its own."""
    deals = list(engagements_seen_by(actor))
    todays = todays_in(deals, at)
    months = _last_months(actor, [one.pk for one in deals])
    late = _late(actor, todays)
    contracts, foreseen = newest_summaries(actor, todays), foreseen_of(actor, deals)
    found = [
        Holding(
            one,
            _partner(one, actor.organisation),
            next(iter(months[one.pk]), None),
            _next_date(one, todays[one.pk]),
            late[one.pk],
            todays[one.pk],
            contracts.get(one.pk),
            foreseen.get(one.pk),
            tuple(months[one.pk]),
        )
        for one in deals
    ]
    return sorted(found, key=lambda one: (one.partner.casefold(), one.deal.name.casefold(), str(one.deal.pk)))


def credits_by_currency(holdings: Iterable[Holding]) -> dict[str, Decimal]:
    """The credits of the months shown: currencies are never added to each other."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for one in holdings:
        if one.month is not None and one.month.credit is not None:
            found[one.month.currency] += one.month.credit
    return dict(sorted(found.items()))


def values_by_currency(holdings: Iterable[Holding]) -> dict[str, Decimal]:
    """The yearly values of the contracts that say one: currencies are never added to each other."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for one in holdings:
        if one.contract is not None and one.contract.yearly_value is not None:
            found[one.contract.currency] += one.contract.yearly_value
    return dict(sorted(found.items()))


def notices_of(holdings: Iterable[Holding]) -> list[Holding]:
    """Those whose contract asks for notice on a day to come, or did on one that still matters; the earliest first."""
    asked = [one for one in holdings if one.is_notice_told]
    return sorted(asked, key=lambda one: (str(one.notice_on), one.partner.casefold(), str(one.deal.pk)))


def _partner(deal: Engagement, own: UUID | None) -> str:
    return ", ".join(one.name for one in deal.parties.all() if one.organisation_id != own)


def _last_months(actor: Actor, engagements: Sequence[UUID]) -> dict[UUID, list[LastMonth]]:
    """By engagement: of its first agreement the last months, each in the revision that counts, the latest first."""
    agreements: dict[UUID, Agreement] = {}
    rows = Agreement.objects.filter(engagement_id__in=engagements, space_id__in=actor.reach.reads)
    for agreement in rows:  # the oldest first
        agreements.setdefault(agreement.engagement_id, agreement)
    seen = Statement.objects.filter(space_id__in=actor.reach.reads)
    same = seen.filter(agreement_id=OuterRef("agreement_id"))
    newer = same.filter(period=OuterRef("period"), revision__gt=OuterRef("revision"))
    later = same.filter(period__gt=OuterRef("period"), revision=1).order_by()
    statements = (
        seen.filter(~Exists(newer), agreement__in=list(agreements.values()))
        .alias(is_older=Exists(later[MOST_MONTHS - 1 : MOST_MONTHS]))
        .filter(is_older=False)
        .select_related("agreement")
        .order_by("-period")
    )
    found: dict[UUID, list[LastMonth]] = {one: [] for one in engagements}
    for one in statements:
        found[one.agreement.engagement_id].append(_month(one))
    return found


def _month(statement: Statement) -> LastMonth:
    body: dict[str, Any] = json.loads(statement.body)
    money = body["consequence"] or {}
    return LastMonth(
        statement,
        tuple(level["verdict"] for level in body["levels"]),
        money.get("currency") or statement.agreement.currency,
        _amount(money.get("credit")),
        _amount(money.get("cap")),
    )


def _amount(said: str | None) -> Decimal | None:
    return None if said is None else Decimal(said)


def _late(actor: Actor, todays: Mapping[UUID, date]) -> dict[UUID, Counter[str]]:
    """By engagement and register the entries that are past their day in the contract's zone and not done."""
    found: dict[UUID, Counter[str]] = {one: Counter() for one in todays}
    if not todays:
        return found
    rows = RegisterEntry.objects.filter(
        engagement_id__in=list(todays),
        space_id__in=actor.reach.reads,
        is_done=False,
        due_on__lt=max(todays.values()),
    )
    days = rows.order_by().values_list("engagement_id", "register", "due_on").annotate(number=Count("*"))
    for engagement, register, due_on, number in days:
        if due_on < todays[engagement]:
            found[engagement][register] += number
    return found


def _next_date(deal: Engagement, today: date) -> tuple[str, date] | None:
    days = (
        ("Signed", deal.signed_on), ("Go-live", deal.live_on), ("Notice by", deal.notice_on), ("Ends", deal.ends_on),
    )  # fmt: skip
    coming = [(name, day) for name, day in days if day is not None and day >= today]
    return min(coming, key=lambda one: one[1], default=None)
