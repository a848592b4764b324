"""What to mend in a text of terms: where it cannot be read, and what the linter finds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from handfast.contract.reading.texts import SHOWN_NAME, kept_text, read_text, sha256_of
from handfast.contract.refusals import TermsHaveErrors
from handfast.kernel.refusal import Refusal
from handfast.kernel.servicelevels.annex import annex_text, compile_annex
from handfast.kernel.servicelevels.linter import lint
from handfast.kernel.worktime.proposed import proposed_holidays

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from handfast.kernel.document import Document
    from handfast.kernel.servicelevels.terms import Terms

_PLACED = re.compile(rf"{SHOWN_NAME}(?:, line (?P<line>\d+))?: (?P<said>.*)", re.DOTALL)
MOST_NAMED = 5
MOST_REMARKS = 200


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to mend: where, how grave, what is wrong, what to do. `line` is 1 where none can be named."""

    line: int
    severity: Literal["error", "warning"]
    rule: str
    message: str
    fix: str


@dataclass(frozen=True, slots=True)
class Checked:
    """All remarks on a text, by line. Terms with an error among them cannot be proposed."""

    sha256: str
    remarks: tuple[Remark, ...]
    count: int = 0

    @property
    def left_out(self) -> int:
        """How many more there are than are shown."""
        return max(0, self.count - len(self.remarks))

    @property
    def errors(self) -> tuple[Remark, ...]:
        return tuple(one for one in self.remarks if one.severity == "error")

    @property
    def warnings(self) -> tuple[Remark, ...]:
        return tuple(one for one in self.remarks if one.severity == "warning")

    @property
    def sentence(self) -> str:
        """How many of each."""
        if not self.remarks:
            return "Nothing to mend: these terms can be proposed."
        counts = [
            f"{len(found)} {name}{'s' * (len(found) != 1)}"
            for found, name in ((self.errors, "error"), (self.warnings, "warning"))
            if found
        ]
        tail = "errors keep these terms from being proposed" if self.errors else "they can be proposed"
        return f"{' and '.join(counts)}: {tail}."


@dataclass(frozen=True, slots=True)
class Prepared:
    """Terms without errors, with everything that a version keeps; made before the action, from one text."""

    text: str
    sha256: str
    annex: str
    annex_sha256: str
    starts_on: date


@lru_cache(maxsize=16)
def checked(text: str) -> Checked:
    """The remarks on a text that may be anything. Raises TermsTooLarge, FieldsRefused."""
    kept = kept_text(text)
    try:
        terms, document = read_text(kept)
        found = lint(terms, document)
    except Refusal as refusal:
        return Checked(sha256_of(kept), tuple(_unread(refusal)))
    remarks = [Remark(one.line, one.severity, one.rule, one.message, one.hint) for one in found]
    if not any(one.severity == "error" for one in remarks):
        remarks += _uncompiled(terms, document)
    return Checked(sha256_of(kept), tuple(remarks[:MOST_REMARKS]), len(remarks))


def _uncompiled(terms: Terms, document: Document) -> Iterator[Remark]:
    """What keeps a calendar from being compiled: a country that nobody knows, years that are too far away."""
    for name, calendar in terms.first.calendars.items():
        holidays = calendar.holidays
        try:
            if holidays.country is not None:
                proposed_holidays(holidays.country, holidays.subdivision, [terms.first.effective.first.year])
        except Refusal as refusal:
            line = document.line_of(("calendars", name, "holidays", "country"))
            yield Remark(line, "error", refusal.code, str(refusal), "")
            return
    try:
        compile_annex(terms)
    except Refusal as refusal:
        yield Remark(document.line_of(("calendars",)), "error", refusal.code, str(refusal), "")


def _unread(refusal: Refusal) -> Iterator[Remark]:
    """A refusal of the kernel, one remark a line; what to do stands in its words."""
    for said in str(refusal).split(f"\n{SHOWN_NAME}"):
        placed = _PLACED.fullmatch(said if said.startswith(SHOWN_NAME) else f"{SHOWN_NAME}{said}")
        line = int(placed["line"]) if placed and placed["line"] else 1
        yield Remark(line, "error", refusal.code, placed["said"] if placed else said, "")


@lru_cache(maxsize=4)
def prepared(text: str) -> Prepared:
    """Everything a version keeps of a text: it is checked, and its calendars are compiled. Raises TermsHaveErrors."""
    kept = kept_text(text)
    found = checked(kept)
    if found.errors:
        named = "; ".join(f"line {one.line}: {one.message}" for one in found.errors[:MOST_NAMED])
        more = len(found.errors) - MOST_NAMED
        raise TermsHaveErrors(
            f"these terms cannot be proposed: {named}{f'; and {more} more' if more > 0 else ''}"
        )
    terms, _ = read_text(kept)
    annex = annex_text(compile_annex(terms))
    return Prepared(kept, found.sha256, annex, sha256_of(annex), terms.first.effective.first)
