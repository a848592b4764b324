"""The body of a call: JSON as the standard says it, of which every text can be kept."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NoReturn

from ninja.parser import Parser

from handfast.foundation.refusals import FieldsRefused
from handfast.kernel.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpRequest

DEEPEST_LEVEL = 40
NO_JSON = "the body is not JSON: {}"


class RequestRefused(Refusal):
    """A request that the API cannot read, or whose form is not what it takes."""

    code = "request-refused"

    def __init__(self, said: str, status: int = 400) -> None:
        super().__init__(said)
        self.status = status


class PlainJson(Parser):
    """Reads a body, or says where it cannot be read; halves of characters and zero characters are named by field."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The values. Raises RequestRefused, FieldsRefused."""
        try:
            found = json.loads(request.body.decode(), parse_constant=_no_number)
        except UnicodeDecodeError as error:
            raise RequestRefused(NO_JSON.format(f"byte {error.start} is not UTF-8")) from error
        except json.JSONDecodeError as error:
            said = f"{error.msg}, line {error.lineno}, column {error.colno}"
            raise RequestRefused(NO_JSON.format(said)) from error
        except RecursionError as error:
            raise _too_deep() from error
        except ValueError as error:  # a number of thousands of digits
            raise RequestRefused(NO_JSON.format("a number in it is too long")) from error
        if faults := list(_faults_in(found)):
            raise FieldsRefused("the request has texts that cannot be kept", faults)
        return found


def _no_number(said: str) -> NoReturn:
    raise RequestRefused(NO_JSON.format(f"{said} is no number there"))


def _too_deep() -> RequestRefused:
    return RequestRefused(f"the body is nested deeper than {DEEPEST_LEVEL} levels")


def _faults_in(found: Any) -> Iterator[tuple[str, str]]:
    """The texts that no database and no file can hold, by their place."""
    waiting: list[tuple[tuple[str, ...], Any]] = [((), found)]
    while waiting:
        place, value = waiting.pop()
        if len(place) > DEEPEST_LEVEL:
            raise _too_deep()
        if isinstance(value, str):
            if fault := _fault_of(value):
                yield _named(place), fault
        elif isinstance(value, list):
            waiting += [((*place, str(number)), one) for number, one in enumerate(value)]
        elif isinstance(value, dict):
            for key, one in value.items():
                if fault := _fault_of(key):
                    yield _named(place), fault
                waiting.append(((*place, key), one))


def _fault_of(text: str) -> str:
    if "\x00" in text:
        return "a zero character stands in it"
    try:
        text.encode()
    except UnicodeEncodeError:
        return "half of a character stands in it: write it whole"
    return ""


def _named(place: tuple[str, ...]) -> str:
    """The place as a name that can itself be written."""
    return ".".join(place).encode(errors="replace").decode().replace("\x00", "?") or "the body"
