"""In the description of the API a name means one body: of two with the same name it would keep one."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ninja import Schema

from handfast.urls import api

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def bodies(of: type = Schema) -> Iterator[type]:
    """Every body that a room has declared."""
    for one in of.__subclasses__():
        if one.__module__.startswith("handfast."):
            yield one
        yield from bodies(one)


def named_twice(found: Iterable[type]) -> list[str]:
    by_name: dict[str, set[str]] = defaultdict(set)
    for one in found:
        by_name[one.__name__].add(one.__module__)
    return [
        f"{name}: {', '.join(sorted(where))}" for name, where in sorted(by_name.items()) if len(where) > 1
    ]


def test_no_two_bodies_share_a_name() -> None:
    assert api.urls
    found = list(bodies())
    assert len(found) > 100
    assert named_twice(found) == []


def test_two_bodies_of_one_name_are_told() -> None:
    one = type("Told", (Schema,), {"__module__": "of.one"})
    other = type("Told", (Schema,), {"__module__": "of.another"})
    assert named_twice([one, other]) == ["Told: of.another, of.one"]
