"""What the installation holds of a person, found by machine: every table is asked for the rows that carry their ids or address."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.functions import Cast

from handfast.foundation.fence import Spaced
from handfast.people.models import Membership, Person
from handfast.people.queries import person_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

    from django.db.models.options import Options

    from handfast.foundation.actor import Actor

MOST_ROWS = 20_000
# What opens something, or is a hash of it: of no use to whoever reads, and of much to whoever finds the file.
SECRETS = frozenset(
    {"password", "digest", "session_key", "data", "key", "salt", "payload", "staged_name", "prefix"}
)
ABOUT = frozenset({"person", "person_id", "user", "membership"})  # whose rows are the person's own
WROTE = {"evidence.Comment": frozenset({"text"})}  # what a person said in their own words
SAID = {"foundation.Contents": "entries of the journal", "foundation.Outgoing": "work in the queue"}
NOT_IN_IT = (
    "What others wrote about you in a text: search for your name.",
    "What you did where you may no longer look, or for another organisation: act for that one and ask again.",
    "Passwords, tokens and the like: of most only a hash is kept, and none is told.",
)


@dataclass(frozen=True, slots=True)
class Held:
    """The rows of one table that carry a person: how many there are, and the newest that a file takes."""

    table: str
    name: str
    count: int
    rows: list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class OwnData:
    """All that is held of one person within one reach."""

    person: Person
    at: datetime
    held: list[Held]

    @property
    def rows(self) -> int:
        return sum(one.count for one in self.held)

    def as_plain(self) -> dict[str, Any]:
        who = {"id": self.person.pk, "name": self.person.name, "email": self.person.email}
        return {
            "person": who, "at": self.at, "held": [asdict(one) for one in self.held], "not_in_it": NOT_IN_IT,
        }  # fmt: skip


def own_data(actor: Actor, *, at: datetime) -> OwnData:
    """What the actor's reach holds of themselves, table by table in the order of the rooms."""
    person = person_of(actor)
    ids = [person.pk, *Membership.objects.filter(person=person).values_list("pk", flat=True)]
    found = (_held(model, ids, person.email, actor) for model in apps.get_models())
    return OwnData(person, at, [one for one in found if one is not None])


def naming_columns(model: type[models.Model]) -> Iterator[models.Field[Any, Any]]:
    """The columns in which a row of a table can carry a person: any id, any address, and what is kept as it was once told."""
    for column in _meta(model).concrete_fields:
        if isinstance(column, models.ForeignKey):
            if column.related_model in {Person, Membership}:
                yield column
        elif isinstance(column, models.EmailField | models.JSONField) or (
            isinstance(column, models.UUIDField) and (not column.primary_key or model in {Person, Membership})
        ):
            yield column


def _held(model: type[models.Model], ids: list[UUID], email: str, actor: Actor) -> Held | None:
    columns = list(naming_columns(model))
    if not columns:
        return None
    asked = {f"{one.name}_as_text": Cast(one.name, models.TextField()) for one in columns if _is_told(one)}
    wanted = reduce(or_, (_carrying(one, ids, email) for one in columns))
    found = model._base_manager.alias(**asked).filter(wanted)  # noqa: SLF001 - a spaced table's base manager is behind the fence too
    rows = [_told(row, columns, ids, email, actor) for row in found[:MOST_ROWS]]
    if not rows:
        return None
    count = len(rows) if len(rows) < MOST_ROWS else found.count()
    label = _meta(model).label
    return Held(label, SAID.get(label, str(_meta(model).verbose_name_plural)), count, rows)


def _is_told(column: models.Field[Any, Any]) -> bool:
    return isinstance(column, models.JSONField)


def _carrying(column: models.Field[Any, Any], ids: list[UUID], email: str) -> models.Q:
    if isinstance(column, models.EmailField):
        return models.Q(**{f"{column.name}__iexact": email})
    if _is_told(column):
        inside = (models.Q(**{f"{column.name}_as_text__contains": str(one)}) for one in ids)
        return reduce(or_, inside)
    return models.Q(**{f"{column.attname}__in": ids})


def _told(
    row: models.Model, columns: list[models.Field[Any, Any]], ids: list[UUID], email: str, actor: Actor
) -> dict[str, Any]:
    """All of a row that is the person's own; of one that they only acted on, where it names them and when."""
    naming = [one for one in columns if _names(getattr(row, one.attname), ids, email)]
    is_about = any(one.name in ABOUT or one.primary_key for one in naming)
    wrote = WROTE.get(_meta(row).label, frozenset())
    told: dict[str, Any] = {"named_in": [one.name for one in naming]}
    is_there = _is_where_they_belong(row, actor)
    if (is_about and is_there) or isinstance(row, Spaced):
        told["id"] = row.pk  # of what lies behind no fence, as an invitation of others, no id is told
    for column in _meta(row).concrete_fields:
        is_when = isinstance(column, models.DateField)
        is_place = column.attname.endswith("space_id")  # where others keep it
        is_other = isinstance(column, models.UUIDField | models.ForeignKey) and not is_there
        is_own = (is_about and not is_other) or is_when or column.name in wrote
        if column.name not in SECRETS and not is_place and is_own:
            told[column.attname] = getattr(row, column.attname)
    return told


def _is_where_they_belong(row: models.Model, actor: Actor) -> bool:
    """Whether a row is of an engagement that the person is in: of one that they left, no id of anything is told."""
    if isinstance(row, Membership):
        return row.engagement_id in actor.capabilities
    space = getattr(row, "space_id", None)
    return space is None or space in actor.reach.reads


def _names(value: object, ids: list[UUID], email: str) -> bool:
    if isinstance(value, dict | list):
        return any(str(one) in json.dumps(value, cls=DjangoJSONEncoder) for one in ids)
    return value in ids or (isinstance(value, str) and value.lower() == email.lower())


def _meta(model: type[models.Model] | models.Model) -> Options[Any]:
    return model._meta  # noqa: SLF001 - what a table is made of is public but for the name of this attribute
