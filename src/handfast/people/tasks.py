"""What the worker does for people: mails invitations."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse

from handfast.foundation.outbox import handles
from handfast.people.actions.invitations import MAIL_INVITATION
from handfast.people.models import Invitation, Organisation
from handfast.people.queries import link_secret, person_known

if TYPE_CHECKING:
    from handfast.foundation.outbox import Task

ID_LETTERS = 32


@handles(MAIL_INVITATION)
def mail_invitation(task: Task) -> None:
    """Send the link, while it opens something; sent twice, it is the same mail by its Message-ID."""
    invitation = Invitation.objects.filter(
        pk=task.subject, used_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=task.now()
    ).first()
    if invitation is None:
        return
    inviter = person_known(invitation.invited_by_id)
    told = {
        "inviter": inviter.name if inviter else "",
        "organisation": Organisation.objects.get(pk=invitation.inviting_organisation_id).name,
        "side": invitation.side,
        "until": invitation.expires_at,
        "link": settings.HANDFAST_ADDRESS + join_path(invitation),
    }
    EmailMessage(
        subject=f"{told['organisation']} invites you to Handfast",
        body=render_to_string("people/mail/invitation.txt", told),
        to=[invitation.email],
        headers={"Message-ID": message_id(task.key), "Auto-Submitted": "auto-generated"},
    ).send()


def join_path(invitation: Invitation) -> str:
    """Where the link of an invitation leads; the page stands in a later room, and is known here by its address only."""
    return reverse("engagement:join", args=[link_secret(invitation.pk)])


def message_id(key: str) -> str:
    """The same for the same task, and nothing of the task can be read from it."""
    host = settings.HANDFAST_ADDRESS.partition("://")[2].partition(":")[0]
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:ID_LETTERS]}@{host}>"
