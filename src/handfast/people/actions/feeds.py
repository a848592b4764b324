"""Make a calendar feed, and revoke it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.people.models import Feed, Membership
from handfast.people.permissions import may_make_feed, may_revoke_feed
from handfast.people.refusals import FeedRevoked

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.foundation.actor import Actor


@action(permits=may_make_feed, records="feed.made")
def make_feed(
    actor: Actor, membership: Membership, /, *, digest: str, at: datetime, holds: str = Feed.Holds.MINE
) -> Feed:
    """Keep the digest of an address that the door made and shows once; the one before it ends."""
    for former in Feed.objects.filter(membership=membership, revoked_at__isnull=True):
        revoke_feed(actor, former, at=at)
    return Feed.objects.create(membership=membership, holds=holds, digest=digest, made_at=at)


@action(permits=may_revoke_feed, records="feed.revoked")
def revoke_feed(actor: Actor, feed: Feed, /, *, at: datetime) -> Feed:
    """Its address shows nothing from now on. Raises FeedRevoked."""
    if feed.revoked_at is not None:
        raise FeedRevoked("this calendar feed was revoked before")
    feed.revoked_at = at
    feed.save(update_fields=["revoked_at"])
    return feed
