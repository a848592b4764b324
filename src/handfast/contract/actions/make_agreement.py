"""What was signed gets a place, to which its terms belong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.contract.models import Agreement
from handfast.contract.permissions import may_make_agreement
from handfast.contract.refusals import AgreementTitleTaken
from handfast.foundation.actions import action
from handfast.foundation.refusals import FieldsRefused
from handfast.foundation.texts import currency_fault, lines_faults

if TYPE_CHECKING:
    from datetime import date, datetime

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor


@action(permits=may_make_agreement, records="agreement.made")
def make_agreement(
    actor: Actor,
    engagement: Engagement,
    /,
    *,
    title: str,
    currency: str,
    signed_on: date | None,
    at: datetime,
) -> Agreement:
    """Add an agreement to the engagement. Raises AgreementTitleTaken, FieldsRefused."""
    named = title.strip()
    faults = lines_faults([("title", named)])
    if fault := currency_fault(currency):
        faults.append(("currency", fault))
    if faults:
        raise FieldsRefused("the agreement cannot be made so", faults)
    if Agreement.objects.filter(space_id=engagement.space_id, title=named).exists():
        raise AgreementTitleTaken(
            f"there is an agreement {named!r} already: open it, or choose another title"
        )
    agreement: Agreement = Agreement.objects.create(
        space_id=engagement.space_id, engagement=engagement, title=named, currency=currency,
        signed_on=signed_on, made_at=at,
    )  # fmt: skip
    return agreement
