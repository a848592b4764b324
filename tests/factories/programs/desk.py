"""`desk.py`: opens the deal of the cast with a source; prints its ids, a token and a session of the client's owner."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import django

django.setup()

from django.conf import settings  # noqa: E402 - after Django is set up
from django.test import Client  # noqa: E402 - as above
from tests.factories.cast import make_cast  # noqa: E402 - as above
from tests.operate.month import MAPPING  # noqa: E402 - as above

from handfast.people.actions.tokens import issue_token  # noqa: E402 - as above
from handfast.people.models import Membership  # noqa: E402 - as above
from handfast.people.queries import actor_for, secret_digest  # noqa: E402 - as above
from handfast.records.actions import add_source  # noqa: E402 - as above

SECRET = "hf_of-the-desk"  # noqa: S105 - of an installation that is gone with its test


def main() -> None:
    """Make the deal, and tell how to enter it."""
    cast, at = make_cast(), datetime.now(UTC)
    owner = actor_for(cast.owner)
    source = add_source(owner, cast.engagement, key="desk", name="Help desk", mapping=MAPPING, at=at)
    member = Membership.objects.get(person=cast.owner, engagement_id=cast.engagement.pk)
    issue_token(
        owner, member, name="Export", secret=SECRET, digest=secret_digest(SECRET),
        expires_at=at + timedelta(days=1), at=at,
    )  # fmt: skip
    client = Client()
    client.force_login(cast.owner, backend="allauth.account.auth_backends.AuthenticationBackend")
    told = {
        "engagement": str(cast.engagement.pk),
        "space": str(cast.engagement.space_id),
        "source": str(source.pk),
        "token": SECRET,
        "session": client.cookies[settings.SESSION_COOKIE_NAME].value,
    }
    print(json.dumps(told))  # noqa: T201 - the answer to whoever started it


if __name__ == "__main__":
    main()
