"""What the worker does for people: mails invitations and the links for a new password."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from handfast.foundation.outbox import SENDING, handles
from handfast.foundation.post import send_mail
from handfast.people.actions.companies import MAIL_LINKED
from handfast.people.actions.invitations import MAIL_INVITATION
from handfast.people.actions.resets import MAIL_RESET
from handfast.people.models import CompanyAccount, Invitation, Organisation, Person
from handfast.people.queries import link_secret, person_known

if TYPE_CHECKING:
    from handfast.foundation.outbox import Task


@handles(MAIL_INVITATION, SENDING)
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
    send_mail(
        invitation.email,
        f"{told['organisation']} invites you to Handfast",
        render_to_string("people/mail/invitation.txt", told),
        key=task.key,
    )


@handles(MAIL_RESET, SENDING)
def mail_reset(task: Task) -> None:
    """The link for a new password, to whoever asked; an address that nobody signs in with gets nothing.

    The link is made when it is sent, so that it is kept nowhere; one that comes late works as long as any other.
    """
    person = Person.objects.filter(pk=task.subject, is_active=True).first()
    if person is None:
        return
    key = f"{user_pk_to_url_str(person)}-{default_token_generator.make_token(person)}"
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
    told = {"name": person.name, "link": settings.HANDFAST_ADDRESS + path.replace("UID-KEY", key)}
    body = render_to_string("people/mail/reset.txt", told)
    send_mail(person.email, "A new password for Handfast", body, key=task.key)


@handles(MAIL_LINKED, SENDING)
def mail_linked(task: Task) -> None:
    """That a company's account opens theirs, to the person: they know whether it was them. Nothing, once it is let go of."""
    account = CompanyAccount.objects.filter(pk=task.subject).select_related("person").first()
    if account is None:
        return
    named = (one.name for one in settings.HANDFAST_COMPANIES if one.issuer == account.issuer)
    told = {
        "name": account.person.name,
        "company": next(named, account.issuer),
        "link": settings.HANDFAST_ADDRESS + reverse("people:account"),
    }
    body = render_to_string("people/mail/linked.txt", told)
    send_mail(account.person.email, "Another way to sign in to Handfast", body, key=task.key)


def join_path(invitation: Invitation) -> str:
    """Where the link of an invitation leads; the page stands in a later room, and is known here by its address only."""
    return reverse("engagement:join", args=[link_secret(invitation.pk)])
