"""The index of words, made by the owner after the migrations: the database itself keeps it with every write.

Each model names its `search_fields`, of texts or of JSON objects of texts. On SQLite triggers keep one full-text index of
all of them, without a second copy of what is written. On PostgreSQL each table has one more column, which the server
computes: behind row-level security it would use no full-text index, since to match a word is not leakproof.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import models, transaction

from handfast.foundation.search.words import folding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper

INDEX, KEYS, COLUMN = "handfast_words", "handfast_words_key", "said_words"
# Most of what is written, so that the server finds what stays as it is at once.
FIRST = " etaonirshdlcumwfgypbvkxjqz0123456789"
TABLES = (
    f"CREATE TABLE {KEYS} (line INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE)",
    f"CREATE VIRTUAL TABLE {INDEX} USING fts5(words, content='', prefix='2 3', tokenize='unicode61 remove_diacritics 2')",
)


def searched_models() -> list[type[models.Model]]:
    """The models of which words are found."""
    return [model for model in apps.get_models() if getattr(model, "search_fields", ())]


def lower_search(connection: BaseDatabaseWrapper) -> None:
    """Take the index away, so that migrations meet the tables as Django made them."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for table in _tables_with_the_column(cursor):
                cursor.execute(f'ALTER TABLE "{table}" DROP COLUMN "{COLUMN}"')
            return
        for name in _standing(cursor, "trigger"):
            cursor.execute(f"DROP TRIGGER {name}")
        for name in (INDEX, KEYS):
            cursor.execute(f"DROP TABLE IF EXISTS {name}")


def raise_search(connection: BaseDatabaseWrapper) -> None:
    """Make the index where it is missing or was made otherwise, of all that is written. Run by the owner; safe to repeat."""
    if connection.vendor == "postgresql":
        _raise_columns(connection)
        return
    wanted = dict(_triggers())
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if _standing(cursor, "trigger") == wanted and _standing(cursor, "table").keys() >= {INDEX, KEYS}:
            return
        lower_search(connection)
        for statement in (*TABLES, *wanted.values()):
            cursor.execute(statement)
        for model in searched_models():
            table, key = model._meta.db_table, _key(model)
            cursor.execute(f'INSERT INTO {KEYS} (id) SELECT "{key}" FROM "{table}"')
            cursor.execute(f'{_added(_said(model, "t"))} JOIN "{table}" t ON t."{key}" = k.id')


def _standing(cursor: Any, kind: str) -> dict[str, str]:
    cursor.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = %s AND name LIKE %s", [kind, f"{INDEX}%"]
    )
    return dict(cursor.fetchall())


def _triggers() -> Iterator[tuple[str, str]]:
    for model in searched_models():
        table, key, said = model._meta.db_table, _key(model), _said(model, "new")
        was, name = _said(model, "old"), f"{INDEX}_{table}"
        line = f'{_added(said)} WHERE k.id = new."{key}";'
        gone = (
            f"INSERT INTO {INDEX} ({INDEX}, rowid, words) SELECT 'delete', k.line, {was} FROM {KEYS} k"
            f' WHERE k.id = old."{key}";'
        )
        for when, does in (
            ("added AFTER INSERT", f'INSERT INTO {KEYS} (id) VALUES (new."{key}"); {line}'),
            ("changed AFTER UPDATE", f"{gone} {line}"),
            ("removed AFTER DELETE", f'{gone} DELETE FROM {KEYS} WHERE id = old."{key}";'),
        ):
            made = f"{name}_{when.partition(' ')[0]}"
            only = f" WHEN {was} IS NOT {said}" if when.startswith("changed") else ""
            yield made, f'CREATE TRIGGER {name}_{when} ON "{table}"{only} BEGIN {does} END'


def _added(said: str) -> str:
    return f"INSERT INTO {INDEX} (rowid, words) SELECT k.line, {said} FROM {KEYS} k"


def _key(model: type[models.Model]) -> str:
    return str(model._meta.pk.column) if model._meta.pk else ""


def _said(model: type[models.Model], row: str) -> str:
    """All that the row says, as SQLite reads it: of an object its values."""
    parts = []
    for field in _fields(model):
        told = f'{row}."{field.column}"'
        if isinstance(field, models.JSONField):
            told = f"(SELECT group_concat(value, ' ') FROM json_each({told}))"
        parts.append(f"coalesce({told}, '')")
    return "(" + " || ' ' || ".join(parts) + ")"


def _fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    return [model._meta.get_field(name) for name in model.search_fields]  # type: ignore[attr-defined,misc]  # only models that name them are asked


def _raise_columns(connection: BaseDatabaseWrapper) -> None:
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        known = _tables_with_the_column(cursor)
        wanted = {model._meta.db_table: _computed(model) for model in searched_models()}
        for table in known.keys() - {one for one, told in wanted.items() if known.get(one) == told}:
            cursor.execute(f'ALTER TABLE "{table}" DROP COLUMN "{COLUMN}"')
        for table, told in wanted.items():
            if known.get(table) != told:
                cursor.execute(
                    f'ALTER TABLE "{table}" ADD COLUMN "{COLUMN}" text GENERATED ALWAYS AS ({told}) STORED'
                )
                cursor.execute(f'COMMENT ON COLUMN "{table}"."{COLUMN}" IS {_quoted(told)}')


def _tables_with_the_column(cursor: Any) -> dict[str, str]:
    """Each table that has the column, and how that is computed, as it was noted when it was made."""
    cursor.execute(
        "SELECT c.relname, coalesce(col_description(c.oid, a.attnum), '') FROM pg_attribute a"
        " JOIN pg_class c ON c.oid = a.attrelid WHERE a.attname = %s AND NOT a.attisdropped AND c.relkind = 'r'",
        [COLUMN],
    )
    return dict(cursor.fetchall())


def _computed(model: type[models.Model]) -> str:
    """What the server computes: all that the row says, folded, a blank before each word."""
    parts = []
    for field in _fields(model):
        told = f'"{field.column}"'
        if isinstance(field, models.JSONField):
            told = f"jsonb_path_query_array({told}, '$.*')::text"
        parts.append(f"coalesce({told}, '')")
    table = {letter: letter for letter in FIRST} | {chr(code): to for code, to in folding().items()}
    # What is turned into nothing stands last, where `translate` has nothing to put in its place.
    pairs = sorted(table.items(), key=lambda pair: not pair[1])
    before, after = ("".join(side) for side in zip(*pairs, strict=True))
    return f"' ' || translate({' || chr(32) || '.join(parts)}, {_quoted(before)}, {_quoted(after)})"


def _quoted(text: str) -> str:
    doubled = text.replace("'", "''")
    return f"'{doubled}'" if "\\" not in doubled else "E'" + doubled.replace("\\", "\\\\") + "'"
