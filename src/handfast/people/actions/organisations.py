"""Found an organisation."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

from handfast.foundation.actions import action
from handfast.foundation.models import Space
from handfast.foundation.spaces import open_space
from handfast.people.models import Organisation, Person
from handfast.people.permissions import may_change_person
from handfast.people.refusals import NameMissing

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.foundation.actor import Actor


@action(permits=may_change_person, records="organisation.founded")
def found_organisation(
    actor: Actor, person: Person, /, *, name: str, is_sample: bool = False, at: datetime
) -> Organisation:
    """A new organisation with a home of its own. Raises NameMissing."""
    return new_organisation(name, is_sample=is_sample)


def new_organisation(name: str, *, is_sample: bool = False) -> Organisation:
    """Written by actions only."""
    if not name.strip():
        raise NameMissing("an organisation needs its name", [("name", "write the name of the organisation")])
    key = uuid.uuid4()
    home = open_space(Space.Kind.INTERNAL, organisation=key, writers=[key])
    return Organisation.objects.create(id=key, name=name.strip(), home_space=home, is_sample=is_sample)
