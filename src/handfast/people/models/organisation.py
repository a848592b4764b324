"""An organisation: a client or a provider, whichever it is in an engagement."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.foundation.models import Space


class ClientWord(models.TextChoices):
    """What an organisation calls whoever buys the service."""

    CLIENT = "client", "client"
    CUSTOMER = "customer", "customer"


class ProviderWord(models.TextChoices):
    """What it calls whoever delivers it."""

    PROVIDER = "provider", "provider"
    SUPPLIER = "supplier", "supplier"
    VENDOR = "vendor", "vendor"


class Organisation(models.Model):
    """A company. Its home space holds what belongs to it and to no engagement; its people read its own words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    home_space = models.ForeignKey(Space, on_delete=models.PROTECT, related_name="+")
    client_word = models.CharField(max_length=8, choices=ClientWord.choices, default=ClientWord.CLIENT)
    provider_word = models.CharField(
        max_length=8, choices=ProviderWord.choices, default=ProviderWord.PROVIDER
    )
    required_issuer = models.CharField(
        max_length=255, blank=True, default=""
    )  # by whose sign-in alone its people enter
    is_sample = models.BooleanField(default=False)

    journal_fields: ClassVar[tuple[str, ...]] = (
        "client_word", "provider_word", "required_issuer", "is_sample",
    )  # fmt: skip

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name

    @property
    def journal_space_id(self) -> uuid.UUID:
        return self.home_space_id
