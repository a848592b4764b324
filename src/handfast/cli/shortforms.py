"""JSON Schema that also knows the short forms: one text where a list or a mapping may stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic.json_schema import GenerateJsonSchema

if TYPE_CHECKING:
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import core_schema

_SCALARS: dict[str, Any] = {"string": "x", "number": 1}


class ShortForms(GenerateJsonSchema):
    """A converter that runs before validation widens the schema by the plain values that it converts.

    Pydantic cannot see what such a function accepts; calling it once with a plain value tells.
    """

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        inner = super().function_before_schema(schema)
        convert = schema["function"]["function"]
        made = {name: _converted(convert, probe) for name, probe in _SCALARS.items()}
        short = [{"type": name} for name in made if isinstance(made[name], list | dict)]
        if short:
            return {"anyOf": [*short, *(inner.get("anyOf") or [inner])]}
        if inner.get("type") == "string" and isinstance(made["number"], str):
            return inner | {"type": ["string", "number"]}
        return inner


def _converted(function: Any, value: Any) -> Any:
    """What a converter makes of a value; None where it refuses it."""
    try:
        return function(value)
    except (TypeError, ValueError):
        return None
