"""The one door to the untyped library `holidays`: what it proposes for a country."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

from handfast.kernel.worktime.refusals import UnknownCountry, UnknownSubdivision

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

_ENGLISH = ("en_US", "en_GB", "en")


def proposed_holidays(country: str, subdivision: str | None, years: Iterable[int]) -> dict[date, str]:
    """The public holidays of these years, in English where the library can.

    `country` is the ISO 3166 code of two letters, `subdivision` the library's code (ISO 3166-2 without the
    country). Both unknown ones are refused with the nearest known.
    """
    import holidays  # noqa: PLC0415 - slow to import, and many calendars need none

    known: dict[str, list[str]] = holidays.list_supported_countries()
    if country not in known:
        raise UnknownCountry(f"holidays: country {country!r} is not known; {_country_hint(country, known)}")
    if subdivision is not None and subdivision not in known[country]:
        near = difflib.get_close_matches(subdivision.upper(), known[country], n=1, cutoff=0.6)
        hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(known[country]) or 'none'}"
        raise UnknownSubdivision(f"holidays: subdivision {subdivision!r} is not known in {country}; {hint}")
    spoken = holidays.list_localized_countries().get(country, [])
    language = next((name for name in _ENGLISH if name in spoken), None)
    found: Any = holidays.country_holidays(
        country, subdiv=subdivision, years=sorted(set(years)), language=language
    )
    return {day: str(name) for day, name in sorted(found.items())}


def _country_hint(country: str, known: dict[str, list[str]]) -> str:
    from holidays.registry import COUNTRIES  # noqa: PLC0415 - slow to import

    names: dict[str, str] = {}
    for name, (_, code, *others) in COUNTRIES.items():
        for alias in (name, name.replace("_", " "), code, *others):
            names.setdefault(alias.casefold(), code)
    near = difflib.get_close_matches(country.casefold(), names, n=1, cutoff=0.8)
    return (
        f"did you mean {names[near[0]]!r}?"
        if near and names[near[0]] in known
        else "write its ISO code, as in NL"
    )
