"""Who enters with a company's account, and which organisations ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.sight import the_one
from handfast.people.models import CompanyAccount, Person
from handfast.people.queries.acting import memberships_in_force, person_at

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    from django.db.models import QuerySet

    from handfast.foundation.actor import Actor
    from handfast.people.models import Membership


def person_linked(issuer: str, subject: str) -> Person | None:
    """Whose account at the company it is; nobody's, where they may not sign in."""
    found = CompanyAccount.objects.filter(issuer=issuer, subject=subject).select_related("person").first()
    return found.person if found is not None and found.person.is_active else None


def person_to_link(issuer: str, email: str) -> Person | None:
    """Who signs in with an address that the company has verified, while none of its accounts is theirs yet."""
    person = person_at(email) if email else None
    if person is None or not person.is_active or person.company_accounts.filter(issuer=issuer).exists():
        return None
    return person


def is_known(issuer: str, subject: str) -> bool:
    """Whether the company's account is somebody's here, who may sign in or not."""
    return CompanyAccount.objects.filter(issuer=issuer, subject=subject).exists()


def company_accounts_of(actor: Actor) -> QuerySet[CompanyAccount]:
    """A person's own, the latest first."""
    return CompanyAccount.objects.filter(person_id__in=[actor.person]).order_by("-linked_at")


def company_account_seen_by(actor: Actor, account: UUID) -> CompanyAccount:
    """One of the person's own. Raises NotSeen."""
    return the_one(company_accounts_of(actor).filter(pk=account))


def memberships_open_to(person: UUID, issuers: Collection[str]) -> list[Membership]:
    """What a person is now, without the organisations that ask for another sign-in than this session's."""
    return [one for one in memberships_in_force(person) if one.organisation.required_issuer in {"", *issuers}]


def is_shut_out(person: UUID, issuers: Collection[str]) -> bool:
    """Whether every organisation of the person asks for another sign-in than these."""
    return bool(memberships_in_force(person)) and not memberships_open_to(person, issuers)
