"""What was signed gets a place, to which its terms belong."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handfast.contract.models import Agreement
from handfast.contract.permissions import may_make_agreement
from handfast.contract.refusals import AgreementTitleTaken
from handfast.foundation.actions import action
from handfast.foundation.refusals import FieldsRefused

if TYPE_CHECKING:
    from datetime import date, datetime

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor

TITLE_LENGTH = 120
_CURRENCY = re.compile(r"[A-Z]{3}")


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
    faults = []
    if not 0 < len(named) <= TITLE_LENGTH or "\x00" in named:
        faults.append(("title", f"write a title of 1 to {TITLE_LENGTH} characters"))
    if not _CURRENCY.fullmatch(currency):
        faults.append(("currency", "three capital letters, as in CAD"))
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
