"""A person who signs in."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from handfast.foundation.languages import LANGUAGE_NAMES, LONGEST


class Persons(BaseUserManager["Person"]):
    """Persons, found by their address whatever its case."""

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Known by a work address. What a person may see hangs on memberships alone: nobody is above them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    zone = models.CharField(max_length=64, default="UTC")
    language = models.CharField(
        max_length=LONGEST, choices=list(LANGUAGE_NAMES.items()), blank=True, default=""
    )  # empty: as the browser asks
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(null=True)
    is_mailed_approvals = models.BooleanField(default=True)
    is_mailed_mentions = models.BooleanField(default=True)
    digest_hour = models.PositiveSmallIntegerField(null=True, default=8)  # None: no daily mail

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    journal_fields: ClassVar[tuple[str, ...]] = ("zone", "language", "is_active")

    objects: ClassVar[Persons] = Persons()

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        """Two letters for the round mark beside a name."""
        parts = self.name.split()
        return (parts[0][:1] + (parts[-1][:1] if len(parts) > 1 else "")).upper()
