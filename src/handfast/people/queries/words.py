"""The words that the reader's organisation uses for the two sides."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.people.models import ClientWord, ProviderWord, Side
from handfast.people.queries.acting import organisation_of

if TYPE_CHECKING:
    from handfast.foundation.actor import Actor
    from handfast.people.models import Organisation


@dataclass(frozen=True, slots=True)
class SideWords:
    """What a reader calls the client and the provider, as common nouns; names of organisations stay names."""

    client: str = ClientWord.CLIENT.value
    provider: str = ProviderWord.PROVIDER.value

    def of(self, side: str) -> str:
        """The word for one side."""
        return self.client if side == Side.CLIENT else self.provider


def words_of(organisation: Organisation | None) -> SideWords:
    """An organisation's own words; the field's, where there is none."""
    if organisation is None:
        return SideWords()
    return SideWords(organisation.client_word, organisation.provider_word)


def side_word(actor: Actor, side: str) -> str:
    """What whoever acts calls a side: `customer`, `supplier`."""
    return words_of(organisation_of(actor)).of(side)
