"""What one person said in a survey."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.foundation.fence import Spaced
from handfast.surveys.models.survey import Survey
from handfast.surveys.models.survey_invitation import SurveyInvitation


class SurveyAnswer(Spaced):
    """`said` is by the id of the question: a number, a place on the scale, a choice or a text; what was left out is not in it.

    With names it says whose it is and when; of an anonymous survey it has neither, and no page shows it by itself.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="answers")
    group = models.CharField(max_length=60, blank=True)
    said = models.JSONField(default=dict)
    invitation = models.ForeignKey(
        SurveyInvitation, null=True, on_delete=models.PROTECT, related_name="answers"
    )
    answered_at = models.DateTimeField(null=True)

    journal_fields: ClassVar[tuple[str, ...]] = ("survey_id", "invitation_id", "answered_at")

    class Meta(Spaced.Meta):
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("space", "invitation"), condition=models.Q(invitation__isnull=False),
                name="survey_invitation_answered_once",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"survey answer {self.pk}"
