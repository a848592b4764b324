"""Somebody whom a survey is sent to."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.foundation.fence import Spaced
from handfast.surveys.models.survey import Survey


class SurveyInvitation(Spaced):
    """A person of the engagement, or an address; only the side that sends the survey is told whom.

    `is_used` says that it was answered and nothing else: not when, and not by which answer. Of a survey with names the
    answer names its invitation. An anonymous survey deletes its invitations when it closes.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="invitations")
    person_id = models.UUIDField(null=True)
    email = models.CharField(max_length=254, blank=True)
    group = models.CharField(max_length=60, blank=True)
    is_used = models.BooleanField(default=False)
    asked_at = models.DateTimeField(null=True)
    asked_count = models.PositiveSmallIntegerField(default=0)

    journal_fields: ClassVar[tuple[str, ...]] = ("survey_id",)

    class Meta(Spaced.Meta):
        ordering = ("group", "email", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("space", "survey", "person_id"), condition=models.Q(person_id__isnull=False),
                name="survey_person_invited_once",
            ),
            models.UniqueConstraint(
                fields=("space", "survey", "email"), condition=~models.Q(email=""), name="survey_address_invited_once"
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"survey invitation {self.pk}"
