"""What one side owes the other in a deal, late, and the reliefs for it, every text with a mark of its own."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from handfast.foundation.scope import entered
from handfast.governance.actions import write_entry
from handfast.governance.queries.entries import space_to_write_in
from handfast.governance.reading.said import EntrySaid
from handfast.governance.registers import REGISTERS
from handfast.readiness.actions import ask_relief, decline_relief
from handfast.readiness.reading.relief_said import ReliefSaid

if TYPE_CHECKING:
    from tests.architecture.deals import Deal

    from handfast.governance.models import RegisterEntry
    from handfast.readiness.models import Relief

PAST = date(2020, 1, 2)


def relieved(deal: Deal) -> None:
    """Two that the provider owes the client: for one a relief was declined and is free to be asked, for the other one is asked."""
    at = datetime.now(UTC)
    first, second = (_owed(deal, word, at) for word in ("first", "second"))
    declined = _asked(deal, first, "first", at)
    decline_relief(deal.actor("provider"), declined, answer=f"Not so {deal.said('relief answer')}", at=at)
    deal.shared |= {"dependency": str(first.pk), "relief": str(_asked(deal, second, "second", at).pk)}


def _owed(deal: Deal, word: str, at: datetime) -> RegisterEntry:
    client = deal.actor("client")
    said = EntrySaid(f"Owed {deal.said('dependency', word)}", due_on=PAST, own={"owed_by": "provider"})
    with entered(client.reach):
        space = space_to_write_in(client, deal.engagement, is_internal=False)
        return write_entry(client, space, register=REGISTERS["dependencies"], said=said, at=at)


def _asked(deal: Deal, entry: RegisterEntry, word: str, at: datetime) -> Relief:
    said = ReliefSaid(
        5, f"Since {deal.said('relief reason', word)}", f"Then {deal.said('relief effect', word)}"
    )
    return ask_relief(deal.actor("client"), entry, said=said, at=at)
