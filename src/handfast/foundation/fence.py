"""The fence as Django sees it: a condition compiled with the reach of the moment, and managers that always carry it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, Self, TypeVar

from django.db import models
from django.db.models.expressions import Expression

from handfast.foundation.scope import OutsideTheFence, current_reach

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.models.sql.compiler import SQLCompiler

Row_co = TypeVar("Row_co", bound=models.Model, covariant=True)


class WithinReach(Expression):
    """`space_id` is among the spaces of the reach at the moment the SQL is made: never earlier, never cached."""

    conditional = True
    output_field = models.BooleanField()

    def __init__(self, column: str, *, table: str, writes: bool) -> None:
        super().__init__(output_field=models.BooleanField())
        self.space: Any = models.F(column)
        self.table = table
        self.writes = writes

    def get_source_expressions(self) -> list[Any]:
        return [self.space]

    def set_source_expressions(self, exprs: Sequence[Any]) -> None:
        (self.space,) = exprs

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        reach = current_reach()
        spaces = sorted(reach.writes if self.writes else reach.reads)
        if not spaces or not reach.holds(self.table):
            return "(1 = 0)", ()
        column, params = compiler.compile(self.space)
        field = models.UUIDField()
        values = [field.get_db_prep_value(space, connection) for space in spaces]
        marks = ", ".join(["%s"] * len(values))
        return f"({column} IN ({marks}))", (*params, *values)


class Fenced(models.QuerySet[Row_co]):
    """Rows within the reach; writes touch only rows of spaces that may be written."""

    def writable(self) -> Self:
        """The rows that may be written."""
        return self.filter(WithinReach("space_id", table=self.model._meta.label_lower, writes=True))

    def update(self, **values: Any) -> int:
        if {"space", "space_id"} & values.keys():
            raise OutsideTheFence("a record lives in one space for ever: hand it over instead")
        return super(Fenced, self.writable()).update(**values)

    def _update(self, values: Any) -> int:
        return int(super(Fenced, self.writable())._update(values))  # type: ignore[misc]  # the stubs leave out private methods

    def delete(self) -> tuple[int, dict[str, int]]:
        return super(Fenced, self.writable()).delete()

    def _raw_delete(self, using: str | None) -> int:
        return super(Fenced, self.writable())._raw_delete(using)

    def bulk_create(self, objs: Iterable[Any], *args: Any, **options: Any) -> list[Any]:
        rows = list(objs)
        for row in rows:
            check_writable(row)
        return super().bulk_create(rows, *args, **options)

    def bulk_update(self, objs: Iterable[Any], fields: Iterable[str], *args: Any, **options: Any) -> int:
        rows = list(objs)
        for row in rows:
            check_writable(row)
        return super().bulk_update(rows, fields, *args, **options)

    def raw(self, *_: Any, **__: Any) -> NoReturn:
        raise OutsideTheFence("raw SQL looks past the fence")

    def extra(self, *_: Any, **__: Any) -> NoReturn:
        raise OutsideTheFence("extra() looks past the fence")


class FencedManager(models.Manager[Row_co]):
    """Default and base manager of every spaced record."""

    def get_queryset(self) -> Fenced[Row_co]:
        within = WithinReach("space_id", table=self.model._meta.label_lower, writes=False)
        return Fenced(self.model, using=self._db).filter(within)

    def raw(self, *_: Any, **__: Any) -> NoReturn:
        raise OutsideTheFence("raw SQL looks past the fence")


def check_writable(row: Spaced) -> None:
    """Refuse a row whose space, or whose table, the reach may not write."""
    reach, table = current_reach(), row._meta.label_lower
    if row.space_id is None or row.space_id not in reach.writes or not reach.holds(table):
        raise OutsideTheFence(f"{table}: the space {row.space_id} may not be written here")


class Spaced(models.Model):
    """A record that lives in exactly one space for ever."""

    space = models.ForeignKey("foundation.Space", on_delete=models.PROTECT, related_name="+", editable=False)

    objects: ClassVar[FencedManager[Any]] = FencedManager()

    class Meta:
        abstract = True
        base_manager_name = "objects"
        default_manager_name = "objects"

    @classmethod
    def from_db(cls, *args: Any, **options: Any) -> Self:
        row = super().from_db(*args, **options)
        row.__dict__["space_from_db"] = row.__dict__.get("space_id")  # kept to see a move
        return row

    def save_base(self, *args: Any, **options: Any) -> None:
        kept = self.__dict__.get("space_from_db")
        if kept is not None and kept != self.space_id:
            raise OutsideTheFence("a record lives in one space for ever: hand it over instead")
        check_writable(self)
        super().save_base(*args, **options)

    def delete(self, *args: Any, **options: Any) -> tuple[int, dict[str, int]]:
        check_writable(self)
        return super().delete(*args, **options)
