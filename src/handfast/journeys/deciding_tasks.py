"""The mails about a decision that is asked of somebody: the link that needs no sign-in, and that it was used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from handfast.foundation.post import send_mail
from handfast.governance.models import DecisionRequest
from handfast.journeys.actions import open_answer_key
from handfast.journeys.queries.answer_keys import answer_secret
from handfast.journeys.queries.readers import read_as
from handfast.journeys.telling import because_of, said_of

if TYPE_CHECKING:
    from uuid import UUID

    from handfast.foundation.models import Space
    from handfast.foundation.outbox import Task
    from handfast.people.models import Membership


def mail_decision(task: Task, space: Space, member: Membership, notice: UUID) -> None:
    """The link, while it can be used; not a word of what is to be decided."""
    with read_as(member) as actor:
        rows = DecisionRequest.objects.filter(
            pk=task.subject,
            space_id__in=actor.reach.reads,
            answered_at__isnull=True,
            withdrawn_at__isnull=True,
        )
        by = rows.values_list("entry__due_on", flat=True).first()
    if by is None:
        return
    key = open_answer_key(task.actor, space, membership=member, about=task.subject, at=task.now())
    kind = "governance.decision_asked"
    chosen = settings.HANDFAST_ADDRESS + reverse("people:mail")
    told = {
        "name": member.person.name, "by": by, "until": key.expires_at, "because": because_of(kind), "settings": chosen,
        "decide": settings.HANDFAST_ADDRESS + reverse("journeys:decide", args=[answer_secret(key.pk)]),
        "link": settings.HANDFAST_ADDRESS + reverse("journeys:notice", args=[notice]),
    }  # fmt: skip
    body = render_to_string("journeys/mail/decision.txt", told)
    send_mail(member.person.email, said_of(kind), body, key=task.key, settings_link=chosen)


def mail_decided(task: Task, made: DecisionRequest, member: Membership) -> None:
    """To the address that the person is known by, so that they hear of it whoever used the link."""
    where = reverse("governance:entry", args=[made.entry.engagement_id, made.entry_id])
    told = {"name": member.person.name, "link": settings.HANDFAST_ADDRESS + where}
    body = render_to_string("journeys/mail/decided.txt", told)
    send_mail(member.person.email, "A decision was given in your name by mail", body, key=f"{task.key}:told")
