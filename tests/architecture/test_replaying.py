"""What many tests begin with is the same whether the actions make it or their rows are written again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import AutoField
from tests.factories.cast import make_cast
from tests.factories.replaying import replayed

from handfast.foundation.journal import verified
from handfast.foundation.scope import Reach, entered

if TYPE_CHECKING:
    from tests.factories.cast import Cast

pytestmark = pytest.mark.django_db


def every_row(reach: Reach) -> dict[str, list[Any]]:
    """All rows of all tables within a reach, by table; without the numbers that a library's table counts by itself."""
    with entered(reach), connection.cursor() as cursor:
        found = {}
        for model in apps.get_models():
            ours = [
                f'"{one.column}"' for one in model._meta.concrete_fields if not isinstance(one, AutoField)
            ]
            cursor.execute(f'SELECT {", ".join(ours)} FROM "{model._meta.db_table}"')  # noqa: S608 - our own names
            found[model._meta.db_table] = sorted(map(repr, cursor.fetchall()))
    return found


def given_and_undone(give: Any) -> tuple[dict[str, list[Any]], list[bool], set[str]]:
    """What a cast leaves in the database, whether its chains hold, and what its owner may; then it is gone again."""
    with transaction.atomic():
        cast: Cast = give()
        actor = cast.actor(cast.owner)
        with entered(actor.reach):
            are_whole = [verified(space).is_whole for space in actor.reach.reads]
        rows = every_row(actor.reach)
        transaction.set_rollback(True)
    return rows, are_whole, {word for words in actor.capabilities.values() for word in words}


def test_rows_that_are_written_again_are_those_that_the_actions_wrote() -> None:
    give = replayed(make_cast.__wrapped__)  # type: ignore[attr-defined]  # what it wraps
    made, again = given_and_undone(give), given_and_undone(give)
    assert made == again
    rows, are_whole, may = made
    assert sum(map(len, rows.values())) > 50
    assert len(rows["people_person"]) == 5
    assert are_whole
    assert all(are_whole)
    assert "manage-people" in may


def test_each_test_is_given_objects_of_its_own() -> None:
    give = replayed(make_cast.__wrapped__)  # type: ignore[attr-defined]  # what it wraps
    with transaction.atomic():
        first = give()
        transaction.set_rollback(True)
    second = give()
    assert first.owner == second.owner
    assert first.owner is not second.owner
