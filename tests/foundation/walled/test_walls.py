"""On PostgreSQL the database itself keeps the walls, also against code that forgets the fence."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from tests.architecture.unspaced import UNSPACED
from tests.foundation.test_journal import ring_bells

from handfast.foundation.journal import verified
from handfast.foundation.models import Entry, Head, Space
from handfast.foundation.scope import Reach, entered
from handfast.foundation.spaces import open_space
from handfast.foundation.walls import spaced_tables

if TYPE_CHECKING:
    from datetime import datetime

    from tests.foundation.conftest import Cast


def rows(sql: str, *params: object) -> list[tuple[object, ...]]:
    """What a statement past every manager finds."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def test_catalogue_forces_the_policies_on_every_spaced_table(db: None) -> None:
    forced = rows("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
    assert {name for (name,) in forced} == set(spaced_tables())
    policies = rows("SELECT tablename, count(*) FROM pg_policies GROUP BY 1")
    assert dict(policies) == dict.fromkeys(spaced_tables(), 4)
    everything = {name for (name,) in rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}
    assert everything - set(spaced_tables()) - UNSPACED.keys() == {"django_migrations", "people_tries"}


def test_application_role_owns_nothing_and_cannot_bypass(db: None) -> None:
    assert rows("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user") == [
        (False, False)
    ]
    assert rows("SELECT count(*) FROM pg_tables WHERE tableowner = current_user") == [(0,)]


def test_statement_past_the_managers_finds_only_what_is_within_reach(cast: Cast) -> None:
    with entered(cast.actor(cast.danube).reach):
        found = {space for (space,) in rows("SELECT space_id FROM foundation_head")}
        assert found == {cast.shared.id, cast.danubes.id}
    assert rows("SELECT space_id FROM foundation_head") == []


def test_statement_past_the_managers_writes_only_within_reach(cast: Cast) -> None:
    with entered(Reach(frozenset({cast.shared.id}))):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE foundation_head SET sequence = 9")
            assert cursor.rowcount == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            rows(
                "INSERT INTO foundation_head (id, space_id, sequence, hash) VALUES (%s, %s, 0, '') RETURNING 1",
                uuid4(),
                cast.rivals.id,
            )


def test_reach_told_before_a_rollback_is_not_told_after_it(cast: Cast) -> None:
    lumen, tagus = cast.actor(cast.lumen).reach, cast.actor(cast.tagus).reach
    with entered(lumen), transaction.atomic():
        assert Head.objects.count() == 2
        transaction.set_rollback(True)
    with entered(tagus):
        assert list(Head.objects.values_list("space_id", flat=True)) == [cast.rivals.id]
    assert rows("SELECT space_id FROM foundation_head") == []


def test_entry_of_the_journal_can_never_be_changed(cast: Cast) -> None:
    with (
        entered(cast.actor(cast.lumen).reach),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
    ):
        Entry.objects.update(sequence=1)


def test_journal_loses_nothing_unless_it_is_that_of_a_sample(cast: Cast, at: datetime) -> None:
    with entered(Reach()):
        sample = open_space(
            Space.Kind.INTERNAL, organisation=cast.lumen, writers=[cast.lumen], is_sample=True
        ).id
    both = frozenset({cast.shared.id, sample})
    with entered(Reach(both, both)):
        for space in both:
            ring_bells(space, cast, at)
        for table in ("foundation_contents", "foundation_entry", "foundation_head"):
            rows(f"DELETE FROM {table} RETURNING 1")  # noqa: S608 - words of this test
        assert verified(cast.shared.id).is_whole
        assert {space for (space,) in rows("SELECT space_id FROM foundation_entry")} == {cast.shared.id}


def test_what_a_space_is_can_never_be_changed(cast: Cast) -> None:
    """Or a journal could be made that of a sample first, and then removed."""
    for change in ("is_sample = true", "engagement_id = NULL", "organisation_id = NULL"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            rows(f"UPDATE foundation_space SET {change} RETURNING 1")  # noqa: S608 - words of this test
