"""The address at which a survey is answered without signing in."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.db import models


class SurveyLink(models.Model):
    """Found by the digest of its secret before anybody is known, so not spaced; the secret is made again from its id.

    Of one invitation, or of all who are given it; ids only.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey_id = models.UUIDField()
    survey_space_id = models.UUIDField()
    invitation_id = models.UUIDField(null=True)
    digest = models.CharField(max_length=64, unique=True)

    journal_fields: ClassVar[tuple[str, ...]] = ("survey_id",)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("survey_id", "invitation_id"), name="survey_link_once_an_invitation"
            ),
        )

    def __str__(self) -> str:
        return f"survey link {self.pk}"
