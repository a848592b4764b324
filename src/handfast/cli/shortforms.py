"""JSON Schema that also knows the short forms: one text where a list or a mapping may stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pydantic.json_schema import GenerateJsonSchema

if TYPE_CHECKING:
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import core_schema

_PROBE = "x"


class ShortForms(GenerateJsonSchema):
    """A converter that runs before validation and turns a text into a list or a mapping widens its schema.

    Pydantic cannot see what such a function accepts; calling it once with a text tells.
    """

    def function_before_schema(self, schema: core_schema.BeforeValidatorFunctionSchema) -> JsonSchemaValue:
        inner = super().function_before_schema(schema)
        if not _takes_text(schema["function"]["function"]):
            return inner
        return {"anyOf": [{"type": "string"}, *(inner.get("anyOf") or [inner])]}


def _takes_text(function: Any) -> bool:
    try:
        made = function(_PROBE)
    except (TypeError, ValueError):
        return False
    return isinstance(made, list | dict)
