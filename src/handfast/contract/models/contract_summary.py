"""What must be known of a contract on one page, as it was written down from what was signed."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.engagement.models import Engagement
from handfast.foundation.fence import Spaced


class ContractSummary(Spaced):
    """A version in the space that both sides see. It never changes: an amendment is the next version.

    `ends_on` is the last day of the term, none where it runs until notice. `notice_months` stand before the end;
    `renewal_months` is the length of a renewal. `yearly_value` is in `currency`, the engagement's on that day.
    """

    class Renewal(models.TextChoices):
        NONE = "none", "It ends"
        AUTOMATIC = "automatic", "It renews unless notice is given"
        OPTION = "option", "One side may renew it"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="contract_summaries")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200)
    reference = models.CharField(max_length=120, blank=True)
    signed_on = models.DateField(null=True)
    effective_on = models.DateField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    renewal = models.CharField(max_length=9, choices=Renewal.choices)
    renewal_months = models.PositiveSmallIntegerField(null=True)
    notice_months = models.PositiveSmallIntegerField(null=True)
    notice_on = models.DateField(null=True)
    governing_law = models.CharField(max_length=120, blank=True)
    yearly_value = models.DecimalField(max_digits=15, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, blank=True)
    client_contact = models.CharField(max_length=200, blank=True)
    provider_contact = models.CharField(max_length=200, blank=True)
    changes = models.CharField(max_length=500, blank=True)
    written_at = models.DateTimeField()
    written_by_id = models.UUIDField(null=True)
    written_for_id = models.UUIDField()

    journal_fields: ClassVar[tuple[str, ...]] = (
        "number", "signed_on", "effective_on", "starts_on", "ends_on", "renewal", "renewal_months", "notice_months",
        "notice_on", "yearly_value", "currency", "written_for_id",
    )  # fmt: skip

    class Meta(Spaced.Meta):
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(
                fields=("space", "engagement", "number"), name="contract_summary_number_once"
            ),
        )

    def __str__(self) -> str:
        return self.title
