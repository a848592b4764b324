"""Choose what is mailed to oneself, and have the daily mail made every morning."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.foundation.models import Outgoing
from handfast.people.models import Membership, Person
from handfast.people.permissions import may_change_own_details
from handfast.people.queries import next_morning
from handfast.people.refusals import HourUnknown

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.foundation.actor import Actor
    from handfast.people.models import Organisation

MAIL_DIGEST = "journeys.mail_digest"  # the kind of a row in the outbox that a later room does
HOURS = range(24)


@action(permits=may_change_own_details, records="mail.chosen")
def choose_mail(
    actor: Actor,
    membership: Membership,
    /,
    *,
    is_mailed_approvals: bool,
    is_mailed_mentions: bool,
    digest_hour: int | None,
    at: datetime,
) -> Person:
    """What comes at once, and at which hour the rest; None for no daily mail. Raises HourUnknown.

    The journal tells that it was chosen, not what: how somebody reads their mail is nobody else's business.
    """
    if digest_hour is not None and digest_hour not in HOURS:
        said = "choose an hour from 0 to 23, or no daily mail"
        raise HourUnknown(said, [("digest_hour", said)])
    person = Person.objects.select_for_update().get(pk=membership.person_id)
    person.is_mailed_approvals, person.is_mailed_mentions = is_mailed_approvals, is_mailed_mentions
    person.digest_hour = digest_hour
    person.save(update_fields=["is_mailed_approvals", "is_mailed_mentions", "digest_hour"])
    return person


def plant_digest(person: Person, organisation: Organisation, *, at: datetime) -> None:
    """The row of the next morning, in the organisation's home; planted again for the same morning it stays one.

    It plants its next, and ends where the person is nowhere any more: whoever joins plants it anew. A sample's
    addresses lead nowhere.
    """
    if organisation.is_sample:
        return
    due_at = next_morning(person, at)
    row = Outgoing(
        kind=MAIL_DIGEST,
        space_id=organisation.home_space_id,
        subject_id=person.pk,
        organisation_id=organisation.pk,
        person_id=person.pk,
        key=f"{MAIL_DIGEST}:{person.pk}:{organisation.pk}:{due_at.isoformat()}",
        due_at=due_at,
    )
    Outgoing.objects.bulk_create([row], ignore_conflicts=True)
