"""All engagements of whoever acts, each with its last month, its money, its dates and what is late: in a few questions."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count, F, OuterRef, Subquery

from handfast.contract.models import Agreement
from handfast.contract.queries import newest_summaries
from handfast.engagement.queries import engagements_seen_by
from handfast.governance.models import RegisterEntry
from handfast.governance.queries.entries import todays_in
from handfast.kernel.worktime.zones import zone_named
from handfast.operate.models import Statement
from handfast.transition.models import Activity, Dates

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime
    from typing import Any
    from uuid import UUID

    from handfast.contract.models import ContractSummary
    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor

DECISIONS = "decisions"


@dataclass(frozen=True, slots=True)
class LastMonth:
    """The last month that was issued: how many levels had which verdict, and the credit against its cap."""

    statement: Statement
    verdicts: tuple[str, ...]
    currency: str
    credit: Decimal | None
    cap: Decimal | None

    @property
    def met(self) -> int:
        return self.verdicts.count("met")


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The nearest milestone or gate of the shared plan that is still to come, on the day the plan computes for it."""

    name: str
    on: date
    is_late: bool


@dataclass(frozen=True, slots=True)
class Holding:
    """One engagement in the portfolio of one side; `partner` is the other side's name.

    `next_date` is the nearest of its days to come, with what it is; `late` counts entries past their day, by register.
    """

    deal: Engagement
    partner: str
    month: LastMonth | None
    next_date: tuple[str, date] | None
    late: Mapping[str, int]
    today: date
    contract: ContractSummary | None = None
    foreseen: Foreseen | None = None

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
    contracts, foreseen = newest_summaries(actor, todays), _foreseen(actor, deals)
    found = [
        Holding(
            one,
            _partner(one, actor.organisation),
            months.get(one.pk),
            _next_date(one, todays[one.pk]),
            late[one.pk],
            todays[one.pk],
            contracts.get(one.pk),
            foreseen.get(one.pk),
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


def _last_months(actor: Actor, engagements: Sequence[UUID]) -> dict[UUID, LastMonth]:
    """By engagement: of its first agreement the last month, in the revision that counts."""
    agreements: dict[UUID, Agreement] = {}
    rows = Agreement.objects.filter(engagement_id__in=engagements, space_id__in=actor.reach.reads)
    for agreement in rows:  # the oldest first
        agreements.setdefault(agreement.engagement_id, agreement)
    issued = Statement.objects.filter(agreement_id=OuterRef("agreement_id"), space_id__in=actor.reach.reads)
    last = Subquery(issued.order_by("-period", "-revision").values("pk")[:1])
    statements = Statement.objects.filter(
        agreement__in=list(agreements.values()), space_id__in=actor.reach.reads, pk=last
    ).select_related("agreement")
    return {one.agreement.engagement_id: _month(one) for one in statements}


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


def _foreseen(actor: Actor, deals: Sequence[Engagement]) -> dict[UUID, Foreseen]:
    """By engagement the nearest milestone of what both sides plan, in one question."""
    zones = {one.pk: zone_named(one.zone) for one in deals}
    days = Dates.objects.filter(activity_id=OuterRef("pk"), space_id=OuterRef("space_id"))
    rows = Activity.objects.filter(
        plan__engagement_id__in=list(zones),
        space_id__in=actor.reach.reads,
        space_id=F("plan__space_id"),
        kind__in=(Activity.Kind.MILESTONE, Activity.Kind.GATE),
        removed_at__isnull=True,
        finished_on__isnull=True,
    ).annotate(ends_at=Subquery(days.values("ends_at")[:1]), is_late=Subquery(days.values("is_late")[:1]))
    told = rows.filter(ends_at__isnull=False).order_by("-ends_at", "name")
    return {
        deal: Foreseen(name, ends_at.astimezone(zones[deal]).date(), is_late)
        for deal, name, ends_at, is_late in told.values_list(
            "plan__engagement_id", "name", "ends_at", "is_late"
        )
    }


def _next_date(deal: Engagement, today: date) -> tuple[str, date] | None:
    days = (
        ("Signed", deal.signed_on), ("Go-live", deal.live_on), ("Notice by", deal.notice_on), ("Ends", deal.ends_on),
    )  # fmt: skip
    coming = [(name, day) for name, day in days if day is not None and day >= today]
    return min(coming, key=lambda one: one[1], default=None)
