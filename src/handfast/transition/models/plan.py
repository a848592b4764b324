"""The plan of a transition: where it begins, on whose calendars, and which version of it was dated last."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.engagement.models import Engagement
from handfast.foundation.fence import Spaced


class Plan(Spaced):
    """One for an engagement, in the space that both sides share.

    Calendars are as the kernel's format writes them, `sites` by side and name. `released` is how many of each
    role each side has released: {"client": {"process owner": 2}}. Every change raises `version`;
    `dated_version` is the version that the dates answer. `baseline_asked_for_id` is the side that proposes the
    dates of `baseline_asked_version` as the baseline; both are empty where nobody does. `outlook` holds the last
    simulation's answers, `told` the day of each shared milestone, by its id, as both sides were last told;
    `extended` how many activities were taken over at once last, and the digest of their ids. `made_from` names the
    organisation's own template that it was made from, and what later waves take of it; empty for a shipped one.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="plans")
    size = models.CharField(max_length=8, choices=Engagement.Size.choices)
    starts_on = models.DateField()
    as_of_on = models.DateField(null=True)
    calendars = models.JSONField()
    sites = models.JSONField(default=dict)
    released = models.JSONField(default=dict)
    risks = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)
    dated_version = models.PositiveIntegerField(default=0)
    dated_at = models.DateTimeField(null=True)
    baseline_number = models.PositiveSmallIntegerField(default=0)
    baseline_at = models.DateTimeField(null=True)
    baseline_asked_for_id = models.UUIDField(null=True)
    baseline_asked_version = models.PositiveIntegerField(null=True)
    outlook = models.JSONField(null=True)
    extended = models.CharField(max_length=80, blank=True)
    told = models.JSONField(default=dict)
    made_from = models.JSONField(default=dict)
    made_at = models.DateTimeField()

    journal_fields: ClassVar[tuple[str, ...]] = (
        "size", "starts_on", "as_of_on", "version", "dated_version", "extended", "baseline_number",
        "baseline_asked_for_id", "baseline_asked_version",
    )  # fmt: skip

    class Meta(Spaced.Meta):
        constraints = (models.UniqueConstraint(fields=("space", "engagement"), name="plan_once_a_deal"),)

    def __str__(self) -> str:
        return f"plan of {self.engagement_id}"

    @property
    def site_names(self) -> list[str]:
        """The sites of both sides, each once."""
        return sorted({name for own in self.sites.values() for name in own})

    @property
    def is_of_own_template(self) -> bool:
        """Whether it was made from an organisation's own template, and has not grown out of it."""
        return bool(self.made_from) and self.made_from["size"] == self.size

    def leads_at(self, site: str) -> frozenset[str]:
        """Whose work can run at a site: that of the sides that have it, and what both do."""
        sides = {side for side, own in self.sites.items() if site in own}
        return frozenset(sides | {"joint", "either"}) if sides else frozenset()

    @property
    def seen_as(self) -> str:
        return f"{self.version}.{self.baseline_number}.{self.baseline_asked_version or 0}"
