"""Canonical JSON (RFC 8785) of a body, and its name: the SHA-256 that both sides compare."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import rfc8785

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST_INTEGER = 2**53 - 1


def canonical_bytes(body: Any) -> bytes:
    """The one byte sequence of a body; decimals and large integers are texts in it already."""
    return rfc8785.dumps(body)


def name_of(body: Any) -> str:
    """The statement's name: SHA-256 of its canonical bytes, in hex."""
    return hashlib.sha256(canonical_bytes(body)).hexdigest()


def large(number: int | None) -> str | None:
    """A whole number that may be large, as text."""
    return None if number is None else str(number)


ABSENT = "absent"


def differences(one: Any, other: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Where two bodies differ, in the order of their paths: (path, in one, in the other)."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted({*one, *other}):
            inner = f"{path}.{key}" if path else key
            if key in one and key in other:
                yield from differences(one[key], other[key], inner)
            else:
                yield inner, one.get(key, ABSENT), other.get(key, ABSENT)
    elif isinstance(one, list) and isinstance(other, list):
        for place, (left, right) in enumerate(zip(one, other, strict=False)):
            yield from differences(left, right, f"{path}[{place}]")
        if len(one) != len(other):
            yield f"{path}.length", len(one), len(other)
    elif one != other or type(one) is not type(other):
        yield path, one, other
