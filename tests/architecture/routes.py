"""What the resolver and the API list at run time: every address that the house answers to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse

LIBRARIES = ("account_", "mfa_", "usersessions_")
VERBS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True)
class Page:
    """A named page and the names in its address."""

    name: str
    keys: tuple[str, ...]

    def path(self, values: dict[str, str]) -> str:
        return reverse(self.name, kwargs={key: values[key] for key in self.keys})


@dataclass(frozen=True, slots=True)
class Operation:
    """A method and a path of the API; `told` is what OpenAPI says of it."""

    method: str
    template: str
    keys: tuple[str, ...]
    told: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.method} {self.template}"

    def path(self, values: dict[str, str]) -> str:
        return self.template.format(**values)


def pages() -> list[Page]:
    """Every page of the rooms, from the resolver."""
    return sorted(_pages(get_resolver(), "", ()), key=lambda page: page.name)


def _pages(resolver: URLResolver, namespace: str, before: tuple[str, ...]) -> list[Page]:
    found: list[Page] = []
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            inner = f"{namespace}{one.namespace}:" if one.namespace else namespace
            keys = (*before, *one.pattern.regex.groupindex)
            found += [] if inner == "api:" else _pages(one, inner, keys)
        elif isinstance(one, URLPattern) and one.name:
            found.append(Page(f"{namespace}{one.name}", (*before, *one.pattern.regex.groupindex)))
    return found


def nameless() -> list[str]:
    """Addresses that have no name, as text."""
    return sorted(_nameless(get_resolver()))


def _nameless(resolver: URLResolver) -> list[str]:
    found = []
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            found += [] if one.namespace == "api" else _nameless(one)
        elif not one.name:
            found.append(str(one.pattern))
    return found


def specification() -> dict[str, Any]:
    """The API as OpenAPI says it."""
    from handfast.urls import api  # noqa: PLC0415 - it joins the rooms, and is read when all are there

    return dict(api.get_openapi_schema())


def operations() -> list[Operation]:
    """Every operation of the API, from its OpenAPI."""
    paths: dict[str, dict[str, Any]] = specification()["paths"]
    return [
        Operation(verb.upper(), path, tuple(_keys(path)), told[verb])
        for path, told in sorted(paths.items())
        for verb in VERBS
        if verb in told
    ]


def _keys(path: str) -> list[str]:
    return [part.partition("}")[0] for part in path.split("{")[1:]]


def addresses_of_the_api() -> int:
    """How many addresses the resolver knows under the API, the two of its own description left out."""
    api = next(one for one in get_resolver().url_patterns if getattr(one, "namespace", None) == "api")
    return len({str(one.pattern) for one in api.url_patterns if one.name not in ("openapi-json", "api-root")})
