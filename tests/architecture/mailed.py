"""What belongs to one person of each side: a key to answer by mail with, and an account at their company."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from tests.architecture.decided import about_of, linked
from tests.factories.cast import AT

from handfast.foundation.actor import worker_in
from handfast.journeys.actions import add_channel, open_answer_key, try_channel
from handfast.journeys.queries.channels import ChannelSaid
from handfast.people.actions.accesses import note_opened
from handfast.people.actions.companies import link_company_account
from handfast.people.queries import internal_space_of

if TYPE_CHECKING:
    from tests.architecture.deals import Deal

    from handfast.people.models import Membership


def answerable(deal: Deal, side: str, member: Membership) -> None:
    """A key of one side's person to what waits for them, and the account with which they sign in."""
    home = internal_space_of(deal.organisations[side].pk, deal.engagement.pk)
    said = ChannelSaid(
        f"Chat {deal.said('channel', side)}",
        "chat",
        f"https://hooks.example/{deal.said('hook', side)}",
        ("evidence.mentioned",),
    )
    channel = add_channel(deal.actor(side), home, said=said, key="k", at=AT)
    try_channel(deal.actor(side), channel, at=datetime(2099, 1, 1, tzinfo=UTC))
    deal.own[side]["channel"] = str(channel.pk)
    about = UUID(about_of(deal, side))
    key = open_answer_key(worker_in(home.pk), home, membership=member, about=about, at=datetime.now(UTC))
    linked(deal, side, key)
    told = {word: f"https://{deal.said(word, side)}.example" for word in ("issuer", "subject")}
    account = link_company_account(deal.actor(side), deal.people[side], **told, at=AT)
    deal.own[side] |= {"account": str(account.pk), "company": "1", "population": "journal"}
    path = f"/{deal.said('opened', side)}"
    note_opened(member, method="GET", path=path, status=200, is_program=False, at=AT)
