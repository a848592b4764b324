"""A person's account at their company, by which they sign in here too."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from handfast.people.models.person import Person


class CompanyAccount(models.Model):
    """Found by the provider and its name for the person, before anybody is known, so not spaced.

    Addresses are handed on from one employee to the next, subjects are not: after the first time only they count.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="company_accounts")
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    linked_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = ("person_id", "linked_at")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("issuer", "subject"), name="company_account_of_one_person"),
            models.UniqueConstraint(fields=("person", "issuer"), name="company_account_once_an_issuer"),
        )

    def __str__(self) -> str:
        return f"account at {self.issuer}"


PROVEN_FOR = timedelta(days=30)


def proven(to: str) -> models.Q:
    """Of a membership that `to` leads to: whether its person entered lately as its organisation asks of them, if it does.

    For what opens without a sign-in (tokens, feeds, links and addresses in mails): a company that lets somebody go is
    asked only when they sign in, so what was never proven opens nothing, and what was proven does not last.
    """
    lately = CompanyAccount.objects.filter(
        person_id=models.OuterRef(f"{to}person_id"),
        issuer=models.OuterRef(f"{to}organisation__required_issuer"),
        last_used_at__gt=Now() - PROVEN_FOR,
    )
    return models.Q(**{f"{to}organisation__required_issuer": ""}) | models.Q(models.Exists(lately))
