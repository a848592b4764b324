"""Write down what must be known of a contract; an amendment is the next version."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from handfast.contract.models import ContractSummary
from handfast.contract.permissions import may_write_summary
from handfast.contract.reading.summaries import checked_summary
from handfast.contract.refusals import SummaryOvertaken, SummaryRefused
from handfast.engagement.actions.engagements import keep_contract_days
from handfast.foundation.actions import action
from handfast.foundation.outbox import later

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.contract.reading.summaries import SummarySaid
    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor

WATCH_NOTICE = "contract.watch_notice"  # the kind of a row in the outbox that a later room does


@action(permits=may_write_summary, records="summary.written")
def write_summary(
    actor: Actor, engagement: Engagement, /, *, said: SummarySaid, after: int, at: datetime
) -> ContractSummary:
    """Write the version after `after`, 0 for the first; the deal's own days follow it.

    Raises SummaryRefused by its fields, SummaryOvertaken where somebody has written a version meanwhile.
    """
    checked = checked_summary(said, engagement.currency)
    last = ContractSummary.objects.filter(engagement=engagement).order_by("number").last()
    if (last.number if last else 0) != after:
        raise _overtaken(last.number if last else 0)
    if last is not None and checked.effective_on < last.effective_on:
        fault = f"version {last.number} counts from {last.effective_on}: an amendment counts from then on, or later"
        raise SummaryRefused(f"effective_on: {fault}", [("effective_on", fault)])
    try:
        with transaction.atomic():
            made = _made(actor, engagement, checked, after + 1, at)
    except IntegrityError as taken:
        raise _overtaken(after + 1) from taken
    keep_contract_days(
        actor, engagement, signed_on=checked.signed_on, notice_on=checked.notice_on, ends_on=checked.ends_on, at=at
    )  # fmt: skip
    if not engagement.is_sample:
        plant_watch(made, at=at)
    return made


def plant_watch(summary: ContractSummary, *, at: datetime) -> None:
    """The look of a day at how near the last day of notice is; planted again for the same day it stays one."""
    later(WATCH_NOTICE, summary, due_at=at, key=f"{WATCH_NOTICE}:{summary.pk}:{at.date()}")


def _made(
    actor: Actor, engagement: Engagement, said: SummarySaid, number: int, at: datetime
) -> ContractSummary:
    made: ContractSummary = ContractSummary.objects.create(
        space_id=engagement.space_id,
        engagement=engagement,
        number=number,
        title=said.title,
        reference=said.reference,
        signed_on=said.signed_on,
        effective_on=said.effective_on,
        starts_on=said.starts_on,
        ends_on=said.ends_on,
        renewal=said.renewal,
        renewal_months=said.renewal_months,
        notice_months=said.notice_months,
        notice_on=said.notice_on,
        governing_law=said.governing_law,
        yearly_value=said.yearly_value,
        currency=engagement.currency if said.yearly_value is not None else "",
        client_contact=said.client_contact,
        provider_contact=said.provider_contact,
        changes=said.changes,
        written_at=at,
        written_by_id=actor.person,
        written_for_id=actor.organisation,
    )
    return made


def _overtaken(number: int) -> SummaryOvertaken:
    return SummaryOvertaken(
        f"version {number} is the newest by now: open the page again, and write yours after it"
    )
