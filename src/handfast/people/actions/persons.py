"""Make a person known, and let people change what is said of themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from handfast.foundation.actions import action, unrecorded
from handfast.foundation.languages import LANGUAGE_NAMES, said_later
from handfast.foundation.refusals import FieldsRefused
from handfast.foundation.texts import ADDRESS_LENGTH, checked_line
from handfast.kernel.worktime.zones import zone_names
from handfast.people.models import Membership, Person
from handfast.people.permissions import may_change_alone, may_change_own_details
from handfast.people.queries import first_membership_of
from handfast.people.refusals import AddressTaken, LanguageUnknown, NameMissing, ZoneUnknown

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.foundation.actor import Actor


@action(permits=may_change_own_details, records="person.changed")
def change_own_details(
    actor: Actor,
    membership: Membership,
    /,
    *,
    name: str,
    zone: str,
    language: str | None = None,
    at: datetime,
) -> Person:
    """Change one's own name, time zone and language, told in the journal of one's membership.

    Raises NameMissing, ZoneUnknown, LanguageUnknown.
    """
    person = Person.objects.select_for_update().get(pk=membership.person_id)
    _change(person, name, zone, language)
    return person


def change_details(
    actor: Actor, person: Person, *, name: str, zone: str, language: str | None = None, at: datetime
) -> Person:
    """One's own name, zone and language, whether one belongs somewhere or not; None leaves the language as it is.

    Raises NotPermitted, NameMissing, ZoneUnknown, LanguageUnknown.

    It is told where others know the person: in the journal of the oldest membership that the actor reaches.
    """
    member = first_membership_of(actor)
    if member is not None:
        return change_own_details(actor, member, name=name, zone=zone, language=language, at=at)
    return change_alone(actor, person, name=name, zone=zone, language=language)


@unrecorded(
    permits=may_change_alone,
    because="whoever belongs nowhere is known to nobody, and there is no space whose journal could tell of them",
)
def change_alone(
    actor: Actor, person: Person, /, *, name: str, zone: str, language: str | None = None
) -> Person:
    """Name, zone and language of somebody who belongs nowhere.

    Raises NameMissing, TextRefused, ZoneUnknown, LanguageUnknown.
    """
    _change(person, name, zone, language)
    return person


def _change(person: Person, name: str, zone: str, language: str | None) -> None:
    person.name, person.zone = checked_name(name), checked_zone(zone)
    if language is not None:
        person.language = checked_language(language)
    person.save(update_fields=["name", "zone", "language"])


def new_person(email: str, name: str, *, password: str, zone: str, at: datetime) -> Person:
    """A person who can sign in: the address counts as proven. Written by actions, and by the first founding.

    `password` is a hash, as Django makes it. Raises NameMissing, AddressTaken.
    """
    if Person.objects.filter(email__iexact=email).exists():
        raise AddressTaken("somebody signs in with this address already")
    person = Person.objects.create(
        email=email.strip().lower(), name=checked_name(name), password=password, zone=zone, joined_at=at
    )
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


def checked_address(email: str) -> str:
    """The address, in small letters. Raises FieldsRefused."""
    email = checked_line("email", email, most=ADDRESS_LENGTH).lower()
    try:
        validate_email(email)
    except ValidationError as wrong:
        raise FieldsRefused(f"{email!r} is no address", [("email", wrong.messages[0])]) from wrong
    return email


def checked_name(name: str) -> str:
    """The name without blanks around it. Raises NameMissing, TextRefused."""
    if not name.strip():
        raise NameMissing(
            "write your name, as the others should read it", [("name", said_later("write your name"))]
        )
    return checked_line("name", name)


def checked_zone(zone: str) -> str:
    """The zone, as it is called. Raises ZoneUnknown."""
    if zone not in zone_names():
        said = said_later("no such time zone: write it as Europe/Belgrade")
        raise ZoneUnknown(said, [("zone", said)])
    return zone


def checked_language(language: str) -> str:
    """The code of a language that the pages speak; empty leaves it to the browser. Raises LanguageUnknown."""
    if language and language not in LANGUAGE_NAMES:
        said = f"no such language: write one of {', '.join(LANGUAGE_NAMES)}, or nothing"
        raise LanguageUnknown(said, [("language", said)])
    return language
