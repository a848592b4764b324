"""What is owed in a deal: one deliverable under review, one that was rejected and then accepted on a condition."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from tests.architecture.gating import gated
from tests.architecture.relieving import relieved
from tests.architecture.surveying import surveyed
from tests.architecture.teaching import taught
from tests.transition.owed import SAID

from handfast.foundation.scope import entered
from handfast.people.actions.delegating import hand_over
from handfast.people.queries import own_space_of
from handfast.people.queries.delegating import colleagues_of
from handfast.transition.actions import (
    accept_deliverable,
    plan_deliverable,
    reject_deliverable,
    submit_deliverable,
)
from handfast.transition.reading.deliverables import Condition

if TYPE_CHECKING:
    from tests.architecture.deals import Deal

    from handfast.transition.models import Deliverable


def owing(deal: Deal) -> None:
    """The provider hands in, the client reviews; every text has a mark of its own."""
    client, provider, at = deal.actor("client"), deal.actor("provider"), datetime.now(UTC)
    waiting = submit_deliverable(
        provider, _planned(deal, "waiting"), note=f"First {deal.said('note')}", at=at
    )
    done = submit_deliverable(provider, _planned(deal, "done"), note="", at=at)
    done = reject_deliverable(client, done, reasons=[f"Not so {deal.said('rejection')}"], at=at)
    done = submit_deliverable(provider, done, note="", at=at)
    condition = Condition(f"Mend {deal.said('condition')}", date(2027, 1, 15), deal.people["provider"].pk)
    accept_deliverable(client, done, conditions=[condition], at=at)
    deal.shared["deliverable"] = str(waiting.pk)
    gated(deal)
    surveyed(deal)
    relieved(deal)
    taught(deal)
    _away(deal)


def _away(deal: Deal) -> None:
    """What the client's owner has handed to a colleague for days that are far off."""
    client = deal.actor("client")
    other = next(iter(colleagues_of(client)), None)
    if other is None or other.engagement_id != deal.engagement.pk:
        return
    with entered(client.reach):
        space = own_space_of(client, deal.engagement.pk)
    hand_over(
        client,
        space,
        to=other.pk,
        words=(),
        starts_on=date(2099, 7, 1),
        ends_on=date(2099, 7, 9),
        at=datetime.now(UTC),
    )


def _planned(deal: Deal, word: str) -> Deliverable:
    client = deal.actor("client")
    said = replace(
        SAID, title=f"Owed {deal.said('owed', word)}", text=f"Told {deal.said('owed text', word)}",
        reviewer_id=client.person,
    )  # fmt: skip
    with entered(client.reach):
        return plan_deliverable(client, deal.engagement, said=said, at=datetime.now(UTC))
