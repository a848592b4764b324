"""The condition that a row says certain words, beside the fence that its manager always carries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models.expressions import Expression

from handfast.foundation.search.raising import COLUMN, INDEX, KEYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler


class Says(Expression):
    """Every word, as `words_asked` makes them, begins a word of the row; without any word no row says it.

    It never orders: an order by how rare a word is would tell one side what others write.
    """

    conditional = True
    output_field = models.BooleanField()

    def __init__(self, words: tuple[str, ...]) -> None:
        super().__init__(output_field=models.BooleanField())
        self.key: Any = models.F("pk")
        self.words = words

    def get_source_expressions(self) -> list[Any]:
        return [self.key]

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        (self.key,) = exprs

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        if not self.words:
            return "(1 = 0)", ()
        if connection.vendor == "postgresql":
            column = f'{compiler.quote_name_unless_alias(self.key.alias)}."{COLUMN}"'
            told = " AND ".join([f"{column} LIKE %s"] * len(self.words))
            return f"({told})", tuple(f"% {word}%" for word in self.words)
        key, params = compiler.compile(self.key)
        found = f"SELECT k.id FROM {INDEX} JOIN {KEYS} k ON k.line = {INDEX}.rowid WHERE {INDEX} MATCH %s"  # noqa: S608 - the names are ours
        return f"({key} IN ({found}))", (*params, " ".join(f'"{word}"*' for word in self.words))
