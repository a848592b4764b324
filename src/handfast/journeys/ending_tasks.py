"""What the worker does before a contract's last day of notice: tells whoever keeps it, 90, 30 and 7 days before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.contract.actions.summaries import WATCH_NOTICE, plant_watch
from handfast.contract.models import ContractSummary
from handfast.foundation.models import Outgoing
from handfast.foundation.outbox import Task, handles
from handfast.journeys.calling import call
from handfast.journeys.queries.readers import members_who_can
from handfast.journeys.telling import FOR, NOTICE_WITHIN
from handfast.people.queries import local_day

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from handfast.engagement.models import Engagement


def watch_newest(engagement: Engagement, *, at: datetime) -> None:
    """Have today's look at the newest summary, where one is written down."""
    newest = _versions(engagement.pk)[:1]
    if newest:
        plant_watch(newest[0], at=at)


@handles(WATCH_NOTICE)
def tell_notice(task: Task) -> None:
    """Each member by their own day: the nearest threshold that has passed, once for every date of notice.

    Nobody hears of a day that is over, nor of one that a newer version has put elsewhere.
    """
    summary = ContractSummary.objects.filter(pk=task.subject).first()
    versions = _versions(summary.engagement_id) if summary else []
    if summary is None or versions[0].pk != summary.pk or summary.notice_on is None:
        return
    since = _first_to_say_so(versions)
    for days, kind in NOTICE_WITHIN.items():
        able = members_who_can(FOR[kind], summary.engagement_id)
        told = [
            one
            for one in able
            if _threshold((summary.notice_on - local_day(one.person, task.now())).days) == days
        ]
        row = Outgoing(
            kind=kind, space_id=task.row.space_id, subject_id=since, key=f"{kind}:{since}", due_at=task.now()
        )
        call(Task(row, task.now), summary.engagement_id, told)


def _threshold(left: int) -> int | None:
    """The smallest that holds so many days; none before the first and after the day."""
    return min((days for days in NOTICE_WITHIN if 0 <= left <= days), default=None)


def _versions(engagement: UUID) -> list[ContractSummary]:
    """The newest first."""
    return list(ContractSummary.objects.filter(engagement_id=engagement).order_by("-number"))


def _first_to_say_so(versions: list[ContractSummary]) -> UUID:
    """The version that set the day of the newest: an amendment of other things does not make it be told again."""
    found = versions[0]
    for one in versions[1:]:
        if one.notice_on != found.notice_on:
            break
        found = one
    return found.pk
