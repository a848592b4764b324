"""The calendar annex: the agreement's calendars compiled once, which decide, whatever libraries say later."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import rfc8785

from handfast.kernel.refusal import Refusal
from handfast.kernel.servicelevels.strict_json import read_json
from handfast.kernel.worktime.compiled import CompiledCalendar
from handfast.kernel.worktime.compiling import compile_calendar

if TYPE_CHECKING:
    from handfast.kernel.servicelevels.terms import Terms
    from handfast.kernel.worktime.written import WrittenCalendar

# A record may start before the agreement and stop after it: a year on both sides is compiled with it.
MARGIN = timedelta(days=366)
FORMAT = "handfast annex 1"


class AnnexRefused(Refusal):
    """An annex that is damaged, or that was compiled from other calendars than the terms now hold."""

    code = "annex-refused"


@dataclass(frozen=True, slots=True)
class Annex:
    """Compiled calendars by key. `written` are the digests of the calendars as the terms wrote them.

    `made_with` names the releases that proposed holidays and offsets; it is no part of the digest.
    """

    calendars: dict[str, CompiledCalendar]
    written: dict[str, str]
    made_with: dict[str, str]

    @property
    def digest(self) -> str:
        named = {key: calendar.digest for key, calendar in sorted(self.calendars.items())}
        return hashlib.sha256(rfc8785.dumps(named)).hexdigest()

    def check(self, terms: Terms) -> None:
        """Refuse terms whose calendars are not those that were compiled; what to do, the caller says."""
        now = {key: _digest_of(calendar) for key, calendar in terms.calendars().items()}
        changed = sorted(key for key in {*now, *self.written} if now.get(key) != self.written.get(key))
        if changed:
            raise AnnexRefused(
                f"the annex was compiled from other calendars than {terms.file_name} holds now: "
                f"{', '.join(changed)}"
            )


def compile_annex(terms: Terms) -> Annex:
    """Compile every calendar of the terms for the whole agreement and a year on both sides."""
    effective = terms.first.effective
    written = terms.calendars()
    compiled = {
        key: compile_calendar(calendar, first=effective.first - MARGIN, last=effective.end + MARGIN)
        for key, calendar in written.items()
    }
    digests = {key: _digest_of(calendar) for key, calendar in written.items()}
    return Annex(compiled, digests, {name: version(name) for name in ("holidays", "tzdata")})


def annex_text(annex: Annex) -> str:
    """The annex as a JSON file: one calendar a line, so that a change of one shows as one."""
    calendars = ",\n".join(
        f"    {json.dumps(key)}: {json.dumps(calendar.as_plain(), separators=(',', ':'), ensure_ascii=False)}"
        for key, calendar in sorted(annex.calendars.items())
    )
    return (
        f'{{\n  "format": {json.dumps(FORMAT)},\n  "digest": {json.dumps(annex.digest)},\n'
        f'  "made_with": {json.dumps(annex.made_with, sort_keys=True)},\n'
        f'  "written": {json.dumps(annex.written, sort_keys=True)},\n'
        f'  "calendars": {{\n{calendars}\n  }}\n}}\n'
    )


def annex_from(text: str, *, name: str) -> Annex:
    """The annex in a file; refused if a byte of its calendars is not what its digest says."""
    try:
        plain: Any = read_json(text)
        if plain["format"] != FORMAT:
            raise AnnexRefused(f"{name}: the format is {plain['format']!r}, not {FORMAT!r}")
        calendars = {str(key): CompiledCalendar.from_plain(one) for key, one in plain["calendars"].items()}
        annex = Annex(calendars, _texts(plain["written"]), _texts(plain["made_with"]))
        said = str(plain["digest"])
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        raise AnnexRefused(f"{name}: not an annex that `handfast annex` wrote ({error})") from error
    if annex.digest != said:
        raise AnnexRefused(f"{name}: its calendars have the digest {annex.digest}, the file says {said}")
    return annex


def _texts(plain: dict[str, Any]) -> dict[str, str]:
    return {str(key): str(value) for key, value in plain.items()}


def _digest_of(calendar: WrittenCalendar) -> str:
    return hashlib.sha256(calendar.model_dump_json().encode()).hexdigest()
