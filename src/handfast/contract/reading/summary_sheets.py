"""A contract's summary out of a spreadsheet: a field and its value in each row, or the fields as heads above one row."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import TYPE_CHECKING

from handfast.contract.reading.summaries import SummarySaid
from handfast.contract.reading.written_days import day_said
from handfast.contract.refusals import SummaryRefused
from handfast.governance.reading.tables import INSTEAD, LONGEST_CELL, MOST_BYTES
from handfast.records.reading.tables import OTHERS, table_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from handfast.contract.models import ContractSummary
    from handfast.records.reading.tables import Lines

MOST_ROWS = 200
MOST_HEADS = 60
FIELD_AND_VALUE = 2
HEAD_OF_FIELDS = "field"  # of the column of fields itself, where it has a head
# By field, what sheets call it: the words of the form and of its export, and those of common cover sheets.
CALLED: dict[str, tuple[str, ...]] = {
    "title": ("contract", "title", "agreement", "contract name", "contract title"),
    "reference": ("reference", "contract number", "contract no", "contract reference", "contract id", "ref"),
    "signed_on": ("signed on", "signed", "date signed", "signature date", "date of signature"),
    "starts_on": ("term starts", "starts on", "start", "start date", "commencement date", "term start"),
    "ends_on": ("term ends", "ends on", "end", "end date", "expiry date", "expires on", "expiry", "term end"),
    "renewal": ("at the end", "renewal", "renewal type"),
    "renewal_months": ("renewed for months", "renewed for", "renewal term", "renewal period"),
    "notice_months": ("notice months", "notice", "notice period"),
    "yearly_value": ("yearly value", "annual value", "annual contract value", "value per year", "acv"),
    "currency": ("currency",),
    "governing_law": ("governing law", "law", "applicable law"),
    "client_contact": ("contact of the client", "client contact", "customer contact"),
    "provider_contact": ("contact of the provider", "provider contact", "supplier contact", "vendor contact"),
    "effective_on": ("counts from", "effective on", "effective date", "effective from"),
    "changes": ("what it changes", "changes"),
}
_FIELDS = {word: name for name, words in CALLED.items() for word in words}
RENEWALS = {
    "none": ("none", "it ends", "ends", "no renewal", "no"),
    "automatic": ("automatic", "it renews unless notice is given", "automatic renewal", "renews automatically", "auto"),
    "option": ("option", "one side may renew it", "optional", "renewal option", "extension option"),
}  # fmt: skip
OPEN_ENDS = ("open", "until notice", "runs until notice", "runs until notice is given")
_APART = re.compile(r"[\s:,()*]+")
_MONTHS = re.compile(r"(\d{1,4})(?: ?(month|months|year|years))?", re.ASCII)
_PLAIN = re.compile(r"\d{1,13}(?:\.\d{1,2})?", re.ASCII)
_GROUPED = re.compile(
    r"\d{1,3}(?:(?P<group>[ ,.'\u2019])\d{3})(?:(?P=group)\d{3}){0,3}(?:(?P<point>[.,])\d{1,2})?", re.ASCII
)
_TWO_WAYS = re.compile(r"\d{1,3}[.,]\d{3}", re.ASCII)
_WITH_CURRENCY = re.compile(r"(?:([A-Z]{3}) ?)?(.+?)(?: ?([A-Z]{3}))?")
_BLANKS = re.compile(r"[\u00a0\u2009\u202f]")
MONTHS_A_YEAR = 12
SHOWN = 40


@dataclass(frozen=True, slots=True)
class FieldSaid:
    """What a sheet says of a field, in which row and in whose words, and what that means; or why it is refused."""

    number: int
    head: str
    field: str
    said: str
    value: object = None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class SummarySheet:
    """Every field that a sheet says; `unread` are the heads that are none of the summary's."""

    fields: tuple[FieldSaid, ...]
    unread: tuple[str, ...]

    @property
    def values(self) -> dict[str, object]:
        """What it says, by field; of what is refused, nothing. The currency is the engagement's own, and no field."""
        return {one.field: one.value for one in self.fields if not one.fault and one.field != "currency"}

    @property
    def faults(self) -> list[tuple[str, str]]:
        return [(one.field, one.fault) for one in self.fields if one.fault]


def read_summary(content: bytes, name: str, currency: str) -> SummarySheet:
    """What a file or pasted cells say. Raises SummaryRefused where it is no such sheet, and what the reader refuses."""
    if len(content) > MOST_BYTES:
        raise _refused(f"{name}: {len(content):,} bytes; at most {MOST_BYTES:,} are read")
    for sign, said in OTHERS.items():
        if content.startswith(sign):
            raise _refused(f"{name}: it is {said}")
    lines = table_lines(content, name, refused=SummaryRefused, instead=INSTEAD)
    told, unread = _across(name, lines) if _is_across(lines) else _down(name, lines)
    found = _once([_field(*one, currency) for one in told if one[3]])
    if not found:
        raise _refused(f"{name}: it says none of {', '.join(words[0] for words in CALLED.values())}")
    return SummarySheet(tuple(found), tuple(unread))


def said_by(sheet: SummarySheet, last: ContractSummary | None) -> SummarySaid:
    """What a sheet says, and of an amendment what stands already. Raises SummaryRefused with every field at fault.

    The first version counts from the beginning of the term, where the sheet does not say from when.
    """
    told = {one.name: getattr(last, one.name) for one in fields(SummarySaid)} if last is not None else {}
    told = {
        name: value for name, value in told.items() if name not in {"effective_on", "changes"}
    } | sheet.values
    if last is None and "starts_on" in told:
        told.setdefault("effective_on", told["starts_on"])
    faults = list(sheet.faults)
    named = {name for name, _ in faults}
    faults += [
        (name, f"the sheet does not say it: add a row “{CALLED[name][0].capitalize()}”")
        for name in ("title", "starts_on", "effective_on")
        if name not in told and name not in named
    ]
    if faults:
        raise SummaryRefused("; ".join(f"{name}: {fault}" for name, fault in faults), faults)
    return SummarySaid(**told)


_Told = tuple[int, str, str, str]  # row, head, field, what is said


def _is_across(lines: Lines) -> bool:
    """Whether the heads stand beside each other: more fields are named in the first row than in the first column."""
    heads = {_named(cell) for cell in lines[0][1]} if lines else set()
    column = {_named(cells[0]) for _, cells in lines}
    return len(heads - {""}) > len(column - {""})


def _across(name: str, lines: Lines) -> tuple[list[_Told], list[str]]:
    (_, heads), *rows = lines
    if len(rows) != 1:
        raise _refused(f"{name}: {len(rows)} rows below the heads: send the row of one contract")
    if len(heads) > MOST_HEADS:
        raise _refused(f"{name}: {len(heads)} columns; at most {MOST_HEADS} are read")
    number, cells = rows[0]
    if any(cells[len(heads) :]):
        raise _refused(
            f"{name}, row {number}: more cells than heads: put what holds a comma or a tab in quotes"
        )
    return _told(name, [(number, head, said) for head, said in zip(heads, cells, strict=False)])


def _down(name: str, lines: Lines) -> tuple[list[_Told], list[str]]:
    if len(lines) > MOST_ROWS:
        raise _refused(f"{name}: {len(lines)} rows; at most {MOST_ROWS} are read")
    pairs = []
    for number, cells in lines:
        if any(cells[FIELD_AND_VALUE:]):
            raise _refused(
                f"{name}, row {number}: more than a field and its value: put what holds a comma or a tab in quotes"
            )
        head, said = (*cells, "")[:FIELD_AND_VALUE]
        pairs.append((number, head, said))
    return _told(name, pairs)


def _told(name: str, pairs: Sequence[tuple[int, str, str]]) -> tuple[list[_Told], list[str]]:
    """What is a field of the summary, and the heads of what is none."""
    for number, _, said in pairs:
        if len(said) > LONGEST_CELL:
            raise _refused(f"{name}, row {number}: a cell is longer than {LONGEST_CELL:,} characters")
    told = [(number, head, _named(head), said.strip()) for number, head, said in pairs if _named(head)]
    unread = [head[:SHOWN] for _, head, _ in pairs if head and not _named(head)]
    return told, [head for head in unread if head.casefold() != HEAD_OF_FIELDS]


def _named(head: str) -> str:
    """The field that a head means; empty where it means none."""
    return _FIELDS.get(_APART.sub(" ", head.casefold()).strip(), "")


def _field(number: int, head: str, field: str, said: str, currency: str) -> FieldSaid:
    try:
        return FieldSaid(number, head, field, said, _value(field, said, currency))
    except ValueError as wrong:
        return FieldSaid(number, head, field, said, None, str(wrong))


def _once(said: Sequence[FieldSaid]) -> list[FieldSaid]:
    """A field that is said twice is refused the second time."""
    first: dict[str, FieldSaid] = {}
    found = []
    for one in said:
        before = first.setdefault(one.field, one)
        fault = one.fault if before is one else f"“{before.head}” says it already: leave one of them out"
        found.append(FieldSaid(one.number, one.head, one.field, one.said, one.value, fault))
    return found


def _value(field: str, said: str, currency: str) -> object:
    """What the words mean. Raises ValueError, which says what to write instead."""
    if field == "ends_on" and said.casefold() in OPEN_ENDS:
        return None
    if field.endswith("_on"):
        return day_said(said)
    read: dict[str, Callable[[str], object]] = {
        "renewal": _renewal,
        "renewal_months": _months,
        "notice_months": _months,
        "yearly_value": lambda text: _amount(text, currency),
        "currency": lambda text: _currency(text, currency),
    }
    return read.get(field, str)(said)


def _renewal(said: str) -> str:
    word = " ".join(said.casefold().split())
    for key, words in RENEWALS.items():
        if word in words:
            return key
    raise ValueError(f"“{said[:SHOWN]}” may mean several things: write none, automatic or option")


def _months(said: str) -> int:
    told = _MONTHS.fullmatch(" ".join(said.casefold().split()))
    if told is None:
        raise ValueError(f"“{said[:SHOWN]}” are no whole months: write 6 or 6 months; days are no months")
    return int(told[1]) * (MONTHS_A_YEAR if (told[2] or "").startswith("year") else 1)


def _amount(said: str, currency: str) -> Decimal:
    """With or without groups of three, and with the currency where it is the engagement's."""
    told = _WITH_CURRENCY.fullmatch(_BLANKS.sub(" ", said).strip())
    number = told[2] if told else ""
    for code in (told[1], told[3]) if told else ():
        if code:
            _currency(code, currency)
    if _TWO_WAYS.fullmatch(number):
        whole = re.sub(r"[.,]", "", number)
        raise ValueError(
            f"“{said[:SHOWN]}” may be {whole} or a thousandth of it: write {whole} if it is that"
        )
    if _PLAIN.fullmatch(number):
        return Decimal(number)
    grouped = _GROUPED.fullmatch(number)
    if grouped is None or grouped["point"] == grouped["group"]:
        raise ValueError(f"“{said[:SHOWN]}” is no amount: write it as 2400000 or 2400000.50")
    whole, point, cents = number, "", ""
    if grouped["point"]:
        whole, point, cents = number.rpartition(grouped["point"])
    return Decimal(re.sub(r"\D", "", whole) + ("." if point else "") + cents)


def _currency(said: str, currency: str) -> str:
    if said.strip().upper() != currency:
        raise ValueError(f"the engagement is in {currency}, not in {said.strip()[:SHOWN]}: convert it first")
    return currency


def _refused(said: str) -> SummaryRefused:
    return SummaryRefused(said, [("sheet", said)])
