"""Forget who somebody was: what they did stays told by an id that leads to nobody."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.db.models.functions import Now

from handfast.foundation.actions import unrecorded
from handfast.people.models import CompanyAccount, Feed, Invitation, Membership, Person, Token, lasting
from handfast.people.permissions import may_change_person
from handfast.people.refusals import ErasureUnconfirmed, StillBelongs

if TYPE_CHECKING:
    from handfast.foundation.actor import Actor

# No mail is delivered there: RFC 2606 keeps the ending for what is meant not to exist.
NOWHERE = "erased.invalid"


@unrecorded(
    permits=may_change_person,
    because="whoever belongs nowhere is known to nobody; that a membership ended stands in each journal, by its id",
)
def erase_person(actor: Actor, person: Person, /, *, typed: str) -> Person:
    """Erase name, address and every way in; the person is then `Former member` with the letters of their id.

    `typed` is the address, written once more. Where somebody still belongs, that is ended first by whoever manages the people
    there, so that nobody vanishes from work that waits for them. Raises StillBelongs, ErasureUnconfirmed.
    """
    if Membership.objects.filter(lasting(with_later=True), person=person).exists():
        raise StillBelongs(
            "you still belong to an engagement: ask whoever manages the people of your side to end that first; where that is "
            "you alone, invite somebody as your successor, who ends it once they have joined"
        )
    if typed.strip().lower() != person.email.lower():
        said = "write the address that you sign in with, so that nobody is erased by a slip"
        raise ErasureUnconfirmed(said, [("email", said)])
    for session in UserSession.objects.filter(user=person):
        session.end()
    for ways_in in (
        Authenticator.objects.filter(user=person),
        EmailAddress.objects.filter(user=person),
        CompanyAccount.objects.filter(person=person),
        Token.objects.filter(membership__person=person),
        Feed.objects.filter(membership__person=person),
    ):
        ways_in.delete()
    nobody = f"{person.pk.hex}@{NOWHERE}"
    invited = Invitation.objects.filter(email__iexact=person.email)
    invited.filter(used_at__isnull=True, withdrawn_at__isnull=True).update(withdrawn_at=Now())
    invited.update(email=nobody)
    person.email, person.name = nobody, f"Former member {person.pk.hex[:4].upper()}"
    person.password, person.last_login = make_password(None), None
    person.zone, person.language = "UTC", ""
    person.is_active = person.is_mailed_approvals = person.is_mailed_mentions = False
    person.digest_hour = None
    person.save()
    return person
