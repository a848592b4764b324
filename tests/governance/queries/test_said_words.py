"""Entries are found by the beginnings of their words, on both databases alike, and only within the fence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from tests.governance.kept import amended, written

from handfast.foundation.scope import Reach, entered
from handfast.foundation.search.raising import INDEX, lower_search, raise_search
from handfast.foundation.search.says import Says
from handfast.foundation.search.words import words_asked
from handfast.governance.models import RegisterEntry

if TYPE_CHECKING:
    from tests.factories.cast import Cast

    from handfast.people.models import Person

ON_SQLITE = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="on PostgreSQL the server keeps it: tests/cli/test_migrate.py"
)
ACCENTED = "Zaštita podataka: Łódź"


def found(cast: Cast, asked: str, by: Person | None = None) -> list[str]:
    reach = cast.actor(by or cast.owner).reach
    with entered(reach):
        rows = RegisterEntry.objects.filter(Says(words_asked(asked))).order_by("number", "register")
        return list(rows.values_list("title", flat=True))


@pytest.mark.parametrize(
    "asked", ["zastita", "ZAŠTITA", "zaš", "podataka zas", "łódź", "ŁÓD", "lovac", "  ugovor ", "hitno"]
)
def test_entry_is_found_by_title_text_tags_and_own_fields_whatever_the_case_and_the_accents(
    cast: Cast, asked: str
) -> None:
    written(cast, cast.owner, title="Something else")
    written(
        cast,
        cast.owner,
        title=ACCENTED,
        text="Ugovor (aneks) lovac",
        tags=("hitno", "pravo"),
        own={"severity": "high"},
    )
    assert found(cast, asked) == [ACCENTED]


def test_answer_in_an_own_field_is_found_and_the_name_of_the_field_is_not(cast: Cast) -> None:
    written(
        cast, cast.owner, register="questions", title="Which lines?", own={"answer": "Two of them, in Niš"}
    )
    assert found(cast, "nis two") == ["Which lines?"]
    assert found(cast, "answer") == []


@pytest.mark.parametrize(
    "asked", ["", "   ", "%", "_", "*", '"', "'; --", "\\", "🙂", "NEAR(", "AND", "ataka", "\x00"]
)
def test_what_begins_no_word_finds_nothing_and_harms_nothing(cast: Cast, asked: str) -> None:
    written(cast, cast.owner, title=ACCENTED)
    assert found(cast, asked) == []


def test_what_was_amended_is_found_by_what_it_says_now(cast: Cast) -> None:
    entry = written(cast, cast.owner, title="Headsets drop")
    amended(cast, cast.owner, entry, title="Calls are cut")
    assert (found(cast, "headsets"), found(cast, "calls")) == ([], ["Calls are cut"])


def test_what_was_removed_and_written_again_is_found_once(cast: Cast) -> None:
    entry = written(cast, cast.owner, title="Headsets drop")
    with entered(cast.actor(cast.owner).reach):
        RegisterEntry.objects.filter(pk=entry.pk).delete()
        assert found(cast, "headsets") == []
        RegisterEntry.objects.bulk_create([entry])
    assert found(cast, "headsets") == ["Headsets drop"]


def test_own_words_of_one_side_are_found_by_nobody_else(cast: Cast) -> None:
    written(cast, cast.owner, is_own=True, title="Walk away price")
    assert found(cast, "walk") == ["Walk away price"]
    assert found(cast, "walk", cast.delivery) == found(cast, "walk", cast.rival) == []
    with entered(Reach()):
        assert not RegisterEntry.objects.filter(Says(("walk",))).exists()
        assert not RegisterEntry.objects.filter(~Says(("nothing",))).exists()


@ON_SQLITE
def test_index_that_was_taken_away_is_made_again_of_all_that_is_written(cast: Cast) -> None:
    written(cast, cast.owner, title=ACCENTED)
    lower_search(connection)
    raise_search(connection)
    raise_search(connection)
    assert found(cast, "zastita") == [ACCENTED]


@ON_SQLITE
def test_trigger_that_a_changed_table_has_lost_is_made_again(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {INDEX}_governance_registerentry_added")
    written(cast, cast.owner, title=ACCENTED)
    assert found(cast, "zastita") == []
    raise_search(connection)
    assert found(cast, "zastita") == [ACCENTED]
