"""Reads with which companies' own sign-in people may enter: OpenID Connect providers, numbered in the environment."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from handfast.foundation.companies import LOOPBACK, Company
from handfast.settings.refused import SettingRefused

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX = "HANDFAST_OIDC"
MOST = 9
LONGEST_NAME = 60
ISSUER_EXAMPLE = "https://login.lumen.example"
WORDS = ("ISSUER", "CLIENT", "SECRET", "NAME", "DOMAINS")
_DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


def companies_of(variables: Mapping[str, str], *, is_loopback_allowed: bool) -> tuple[Company, ...]:
    """`HANDFAST_OIDC_ISSUER` … for the first, `HANDFAST_OIDC_2_ISSUER` … for the next. Raises SettingRefused."""
    found = []
    for number in range(1, MOST + 1):
        prefix = PREFIX if number == 1 else f"{PREFIX}_{number}"
        told = {word: variables.get(f"{prefix}_{word}", "").strip() for word in WORDS}
        if any(told.values()):
            found.append(_company(str(number), prefix, told, is_loopback_allowed))
    issuers = [one.issuer for one in found]
    for one in found:
        if issuers.count(one.issuer) > 1:
            raise SettingRefused(f"{PREFIX}_ISSUER", f"names {one.issuer} twice", ISSUER_EXAMPLE)
    return tuple(found)


def _company(key: str, prefix: str, told: dict[str, str], is_loopback_allowed: bool) -> Company:
    for word, example in (
        ("ISSUER", ISSUER_EXAMPLE),
        ("CLIENT", "handfast"),
        ("SECRET", "…"),
        ("NAME", "Lumen"),
    ):
        if not told[word]:
            raise SettingRefused(
                f"{prefix}_{word}", "is not set, and the others of this provider are", example
            )
    if len(told["NAME"]) > LONGEST_NAME or not told["NAME"].isprintable():
        raise SettingRefused(f"{prefix}_NAME", f"is not one line of up to {LONGEST_NAME} letters", "Lumen")
    domains = frozenset(told["DOMAINS"].lower().replace(",", " ").split())
    for domain in sorted(domains):
        if not _DOMAIN.fullmatch(domain):
            raise SettingRefused(
                f"{prefix}_DOMAINS", f"holds '{domain}', which is no domain", "lumen.example"
            )
    issuer = _issuer(f"{prefix}_ISSUER", told["ISSUER"], is_loopback_allowed)
    return Company(key, told["NAME"], issuer, told["CLIENT"], told["SECRET"], domains)


def _issuer(variable: str, text: str, is_loopback_allowed: bool) -> str:
    try:
        parts = urlsplit(text)
        is_local = parts.hostname in LOOPBACK and is_loopback_allowed
    except ValueError:
        raise SettingRefused(variable, "is no address", ISSUER_EXAMPLE) from None
    if parts.scheme != "https" and not (parts.scheme == "http" and is_local):
        raise SettingRefused(variable, "is not encrypted: a provider of sign-in needs https", ISSUER_EXAMPLE)
    if not parts.hostname or parts.query or parts.fragment or parts.username is not None:
        raise SettingRefused(variable, "holds more than a host and a path", ISSUER_EXAMPLE)
    return text
