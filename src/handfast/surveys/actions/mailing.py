"""What the verbs leave for the worker: a link for each who is asked, and a mail that holds it."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from handfast.foundation.models import Outgoing
from handfast.people.queries import secret_digest
from handfast.surveys.models import Survey, SurveyInvitation, SurveyLink
from handfast.surveys.queries.links import survey_secret

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

ASKED = "surveys.asked"
BATCH = 500


def ask_these(survey: Survey, invitations: Sequence[SurveyInvitation], at: datetime) -> None:
    """Make the links of those that have none, and plant a mail to each; a part of the verb that asks them."""
    known = set(SurveyLink.objects.filter(survey_id=survey.pk).values_list("invitation_id", flat=True))
    make_links(survey, [one.pk for one in invitations if one.pk not in known])
    for one in invitations:
        one.asked_at, one.asked_count = at, one.asked_count + 1
    SurveyInvitation.objects.bulk_update(invitations, ["asked_at", "asked_count"], batch_size=BATCH)
    if survey.space.is_sample:  # nobody real is asked by one, and nobody is mailed
        return
    Outgoing.objects.bulk_create(
        [
            Outgoing(
                kind=ASKED, space_id=survey.space_id, subject_id=one.pk, key=f"{ASKED}:{one.pk}:{one.asked_count}", due_at=at
            )
            for one in invitations
        ],
        batch_size=BATCH,
        ignore_conflicts=True,
    )  # fmt: skip


def make_links(survey: Survey, invitations: Sequence[uuid.UUID | None]) -> None:
    """One for each; without an invitation the one for all."""
    ids = [(uuid.uuid4(), one) for one in invitations]
    SurveyLink.objects.bulk_create(
        [
            SurveyLink(
                id=made, survey_id=survey.pk, survey_space_id=survey.space_id, invitation_id=one,
                digest=secret_digest(survey_secret(made)),
            )
            for made, one in ids
        ],
        batch_size=BATCH,
    )  # fmt: skip
