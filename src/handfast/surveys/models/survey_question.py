"""One question of a survey."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models

from handfast.foundation.fence import Spaced
from handfast.surveys.models.survey import Survey


class SurveyQuestion(Spaced):
    """In the order of `number`. `choices` are those of a choice; `is_counted` marks the one that readiness counts."""

    class Kind(models.TextChoices):
        SCORE = "score", "score 1 to 5"
        TEN = "ten", "score 0 to 10"
        AGREE = "agree", "agree"
        CHOICE = "choice", "choice"
        TEXT = "text", "text"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="questions")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=300)
    kind = models.CharField(max_length=6, choices=Kind.choices)
    choices = models.JSONField(default=list)
    is_counted = models.BooleanField(default=False)

    journal_fields: ClassVar[tuple[str, ...]] = ("number", "kind")

    class Meta(Spaced.Meta):
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("space", "survey", "number"), name="survey_question_number_once"),
        )

    def __str__(self) -> str:
        return self.text
