"""A person's account at their company, by which they sign in here too."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

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
