"""Decisions that are asked of somebody: one that was made, one that waits, and the link by which it is given."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from tests.factories.cast import AT

from handfast.governance.actions import ask_decision, give_decision, write_entry
from handfast.governance.queries.entries import space_to_write_in
from handfast.governance.reading.said import EntrySaid
from handfast.governance.registers import REGISTERS
from handfast.journeys.queries.answer_keys import answer_secret

if TYPE_CHECKING:
    from tests.architecture.deals import Deal

    from handfast.journeys.models import AnswerKey


def about_of(deal: Deal, side: str) -> str:
    """What waits for the person of a side: a comment, or a decision."""
    if "decision_request" not in deal.shared:
        _decision_asked(deal)
    return deal.shared["comment" if side == "client" else "decision_request"]


def linked(deal: Deal, side: str, key: AnswerKey) -> None:
    """The secret of the link that decides."""
    deal.own[side]["decide_secret"] = answer_secret(key.pk)


def _decision_asked(deal: Deal) -> None:
    """Two that both sides read: one that the client made, and one that is asked of the provider."""
    client = deal.actor("client")
    space = space_to_write_in(client, deal.engagement, is_internal=False)
    for word in ("made", "asked"):
        person = deal.people["client" if word == "made" else "provider"]
        said = EntrySaid(f"Decide {deal.said('decision', word)}", "", client.person, date(2030, 4, 20))
        entry = write_entry(client, space, register=REGISTERS["decisions"], said=said, at=AT)
        silent = f"Then {deal.said('silent', word)}"
        asked = ask_decision(client, entry, person=person.pk, if_silent=silent, at=AT)
        if word == "made":
            reason = f"Not so {deal.said('decision reason')}"
            give_decision(
                client, asked, answer="rejected", reason=reason, sha256=asked.sha256, is_by_mail=False, at=AT
            )
    deal.shared |= {"decision_request": str(asked.pk), "decider": str(deal.people["provider"].pk)}
