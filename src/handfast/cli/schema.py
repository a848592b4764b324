"""`handfast schema`: the JSON Schema of each kind of file that people write."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from pydantic import TypeAdapter

DRAFT = "https://json-schema.org/draft/2020-12/schema"


class Kind(StrEnum):
    """The kinds of file that have a schema."""

    terms = "terms"
    calendar = "calendar"
    adjustments = "adjustments"
    reported = "reported"
    mapping = "mapping"
    plan = "plan"


def schema(
    kind: Annotated[
        Kind, typer.Argument(metavar="KIND", help="terms, calendar, adjustments, reported, mapping or plan.")
    ],
) -> None:
    """Print the JSON Schema (draft 2020-12) of a KIND of file, for editors and other programs."""
    typer.echo(json.dumps(schema_of(kind), indent=1, ensure_ascii=False))


def schema_of(kind: Kind) -> dict[str, Any]:
    """The schema of one kind of file; short forms that the reader accepts are in it too."""
    from handfast.cli.shortforms import ShortForms

    made = _adapter(kind).json_schema(schema_generator=ShortForms)
    return {"$schema": DRAFT, "title": f"Handfast {kind.value}"} | {
        key: value for key, value in made.items() if key != "title"
    }


def _adapter(kind: Kind) -> TypeAdapter[Any]:
    from pydantic import TypeAdapter

    match kind:
        case Kind.terms:
            from handfast.kernel.servicelevels.terms import WrittenFile

            return TypeAdapter(WrittenFile)
        case Kind.calendar:
            from handfast.kernel.worktime.written import WrittenCalendar

            return TypeAdapter(WrittenCalendar)
        case Kind.adjustments:
            from handfast.kernel.servicelevels.adjustments import WrittenAdjustments

            return TypeAdapter(WrittenAdjustments)
        case Kind.reported:
            from handfast.kernel.servicelevels.reported import WrittenReported

            return TypeAdapter(WrittenReported)
        case Kind.mapping:
            from handfast.kernel.records.mapping import SourceMapping

            return TypeAdapter(SourceMapping)
        case Kind.plan:
            from handfast.kernel.scheduling.written import WrittenPlan

            return TypeAdapter(WrittenPlan)
