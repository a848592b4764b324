"""Found an organisation, and choose the words that its people read."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.foundation.models import Space
from handfast.foundation.spaces import open_space
from handfast.foundation.texts import checked_line
from handfast.people.models import ClientWord, Organisation, Person, ProviderWord
from handfast.people.permissions import may_change_person, may_choose_words
from handfast.people.refusals import NameMissing, WordUnknown

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.foundation.actor import Actor


@action(permits=may_change_person, records="organisation.founded")
def found_organisation(
    actor: Actor, person: Person, /, *, name: str, is_sample: bool = False, at: datetime
) -> Organisation:
    """A new organisation with a home of its own. Raises NameMissing, TextRefused."""
    return new_organisation(name, is_sample=is_sample)


def new_organisation(name: str, *, is_sample: bool = False) -> Organisation:
    """Written by actions only."""
    if not name.strip():
        raise NameMissing("an organisation needs its name", [("name", "write the name of the organisation")])
    named = checked_line("organisation_name", name)
    key = uuid.uuid4()
    home = open_space(Space.Kind.INTERNAL, organisation=key, writers=[key], is_sample=is_sample)
    return Organisation.objects.create(id=key, name=named, home_space=home, is_sample=is_sample)


@action(permits=may_choose_words, records="organisation.words_chosen")
def choose_words(
    actor: Actor, organisation: Organisation, /, *, client_word: str, provider_word: str, at: datetime
) -> Organisation:
    """What its people read for the two sides; terms and statements stay as they are written. Raises WordUnknown."""
    told = (("client_word", client_word, ClientWord), ("provider_word", provider_word, ProviderWord))
    faults = [
        (field, f"choose one of: {', '.join(known.values)}")
        for field, word, known in told
        if word not in known.values
    ]
    if faults:
        raise WordUnknown("; ".join(fault for _, fault in faults), faults)
    organisation.client_word, organisation.provider_word = client_word, provider_word
    organisation.save(update_fields=["client_word", "provider_word"])
    return organisation
