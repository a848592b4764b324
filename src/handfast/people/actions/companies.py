"""Link a company's account to a person, let go of it, and ask for it of all people of an organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import IntegrityError, transaction

from handfast.foundation.actions import action, unrecorded
from handfast.foundation.models import Outgoing
from handfast.people.models import CompanyAccount
from handfast.people.permissions import may_change_person, may_choose_words, may_unlink
from handfast.people.refusals import CompanyNotLinked, CompanySignInRefused

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.foundation.actor import Actor
    from handfast.people.models import Organisation, Person

MAIL_LINKED = "people.mail_linked"  # the kind of its row in the outbox
BECAUSE = "as signing in and out: with which account somebody enters is nobody else's business; they hear of it by mail"


@unrecorded(permits=may_change_person, because=BECAUSE)
def link_company_account(
    actor: Actor, person: Person, /, *, issuer: str, subject: str, at: datetime
) -> CompanyAccount:
    """From now on it opens this person's account, and no other. Raises CompanySignInRefused.

    The provider has proven who it is; the door has proven that it is this person: signed in, or by a verified address.
    """
    made = CompanyAccount(person=person, issuer=issuer, subject=subject, linked_at=at, last_used_at=at)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise CompanySignInRefused(log="linked already, to this person or another") from None
    row = Outgoing(kind=MAIL_LINKED, subject_id=made.pk, space_id=made.pk, due_at=at)
    row.person_id, row.key = person.pk, f"{MAIL_LINKED}:{made.pk}"
    row.save(force_insert=True)
    return made


@unrecorded(permits=may_unlink, because=BECAUSE)
def unlink_company_account(actor: Actor, account: CompanyAccount, /) -> None:
    """It opens nothing any more."""
    account.delete()


@action(permits=may_choose_words, records="organisation.sign_in_required")
def require_company(
    actor: Actor, organisation: Organisation, /, *, issuer: str, at: datetime
) -> Organisation:
    """Its people enter with this company's sign-in alone; empty: in any way. Holds for open sessions too.

    Only what is linked to whoever asks for it: nobody locks everybody out by a sign-in that was never tried.
    Raises CompanyNotLinked.
    """
    offered = {one.issuer for one in settings.HANDFAST_COMPANIES}
    is_tried = CompanyAccount.objects.filter(person_id__in=[actor.person], issuer=issuer).exists()
    if issuer and (issuer not in offered or not is_tried):
        said = "choose a sign-in that is offered here, and link your own account to it first"
        raise CompanyNotLinked(said, [("issuer", said)])
    organisation.required_issuer = issuer
    organisation.save(update_fields=["required_issuer"])
    return organisation


def note_entering(issuer: str, subject: str, at: datetime) -> None:
    """Keep when a company's account was last used; nobody decides it, so it is no action."""
    CompanyAccount.objects.filter(issuer=issuer, subject=subject).update(last_used_at=at)
