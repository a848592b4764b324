"""Numbers in the place of names: under which key a space has them, and what a list of names is called by it."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from handfast.foundation.sealing import derived
from handfast.kernel.records.mapping_needs import staff_columns
from handfast.kernel.records.staff import staff_number
from handfast.records.reading.mappings import mapping_named

if TYPE_CHECKING:
    from uuid import UUID

PURPOSE = "records.staff"
KEY_BYTES = 32
MOST_NAMES = 2_000


def key_of(space: UUID, provider: UUID | None) -> bytes:
    """The key under which all sources of a space name the provider's people.

    It is another one from the day the provider is in the system: what others learnt before, by names of their own, is worth
    nothing afterwards.
    """
    return derived(PURPOSE, space) if provider is None else derived(PURPOSE, space, provider)


def passing_key() -> bytes:
    """A key for one look: whoever tries a mapping on names of their own choice learns no number that lasts."""
    return secrets.token_bytes(KEY_BYTES)


def staff_columns_of(mapping: str, key: str) -> tuple[str, ...]:
    """The columns of a mapping's text that name people of the provider."""
    return staff_columns(mapping_named(mapping, key))


def numbers_of(names: list[str], space: UUID, provider: UUID | None) -> list[tuple[str, str]]:
    """Each name once, as it was written first, with its number in this space; blank ones are left out."""
    key = key_of(space, provider)
    found: dict[str, str] = {}
    for name in names:
        number = staff_number(name, key)
        if number is not None:
            found.setdefault(number, " ".join(name.split()))
    return [(name, number) for number, name in found.items()]
