"""A sheet of month by level, read: which column is what, what each row says, and why a row is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from handfast.governance.reading.tables import Table

FIELDS = {
    "period": "Month",
    "level": "Service level",
    "value": "Value",
    "unit": "Unit",
    "numerator": "Numerator",
    "n": "Denominator",
    "credit": "Credit",
    "currency": "Currency",
}
ALSO = {
    "period": ("period", "reporting month", "date"),
    "level": ("level", "measure", "kpi", "metric", "sla", "indicator", "name"),
    "value": ("result", "actual", "achieved", "reported", "performance"),
    "unit": ("unit of measure",),
    "numerator": ("met", "within target", "hits"),
    "n": ("n", "total", "volume", "count", "population"),
    "credit": ("service credit", "credits", "credit settled", "penalty"),
    "currency": (),
}
UNIT_WORDS = {
    "percent": ("%", "percent", "per cent"), "hours": ("h", "hours"), "minutes": ("min", "minutes"),
    "seconds": ("s", "sec", "seconds"), "number": ("", "number"),
}  # fmt: skip
MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
EARLIEST = "1990-01"
MOST_DIGITS, MOST_PLACES = 15, 6
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})(?:-\d{1,2})?(?:[T ].*)?", re.ASCII)
_YEAR_LAST = re.compile(r"(\d{1,2})[/.](\d{4})", re.ASCII)
_NAMED = re.compile(r"([A-Za-z]{3,9})\.? (\d{4})", re.ASCII)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?", re.ASCII)
_THOUSANDS = re.compile(r"-?\d{1,3}(?:,\d{3})+\.\d+", re.ASCII)


@dataclass(frozen=True, slots=True)
class LevelTold:
    """A level that a sheet can speak of: its key in the terms, its name and its unit."""

    key: str
    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Figure:
    """One level in one month as it was reported; without a level the credit of the whole month."""

    period: str
    level: str
    value: Decimal | None = None
    numerator: int | None = None
    n: int | None = None
    credit: Decimal | None = None

    @property
    def subject(self) -> tuple[str, str]:
        """What a later sheet would tell again."""
        return self.period, self.level

    def as_plain(self) -> dict[str, Any]:
        """As it is kept: values as texts without zeros at their end, so that the same figure is the same text."""
        return {
            "period": self.period, "level": self.level, "value": _plain(self.value), "numerator": self.numerator,
            "n": self.n, "credit": _plain(self.credit),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """A row by its number in the sheet: its figure, or what is wrong with it by field."""

    number: int
    cells: tuple[str, ...]
    figure: Figure | None = None
    faults: tuple[tuple[str, str], ...] = ()

    @property
    def why(self) -> str:
        return "; ".join(f"{FIELDS[name]}: {said}" for name, said in self.faults)


@dataclass(frozen=True, slots=True)
class Known:
    """What rows are held against: the levels of the terms, the currency, and the month that is not over yet.

    `words` says of words that are no level's name which level, by its key, they mean.
    """

    levels: Sequence[LevelTold]
    currency: str
    this_month: str
    words: Mapping[str, str] = field(default_factory=dict)
    by_word: Mapping[str, LevelTold] = field(init=False)

    def __post_init__(self) -> None:
        words = {_word(said): one for one in reversed(self.levels) for said in (one.name, one.key)}
        by_key = {one.key: one for one in self.levels}
        more = {_word(said): by_key[key] for said, key in self.words.items() if key in by_key}
        object.__setattr__(self, "by_word", {**more, **words})


def figure_from(kept: Mapping[str, Any]) -> Figure:
    """A figure out of what `as_plain` gave."""
    value, credit = (None if kept[key] is None else Decimal(kept[key]) for key in ("value", "credit"))
    return Figure(kept["period"], kept["level"], value, kept["numerator"], kept["n"], credit)


def suggested(heads: Sequence[str]) -> dict[int, str]:
    """Which column is which field, by the words of its head; each field once."""
    found: dict[int, str] = {}
    for name, label in FIELDS.items():
        words = {label.casefold(), name, *ALSO[name]}
        place = next((at for at, head in enumerate(heads) if at not in found and _word(head) in words), None)
        if place is not None:
            found[place] = name
    return found


def words_of(table: Table, columns: Mapping[int, str], known: Known) -> list[str]:
    """What the sheet calls levels and is the name of none, each once in its order."""
    place = next((at for at, name in columns.items() if name == "level"), None)
    told = [] if place is None else [cells[place].strip() for _, cells in table.rows]
    names = {_word(said) for one in known.levels for said in (one.name, one.key)}
    return list({_word(one): one for one in reversed(told) if one and _word(one) not in names}.values())[::-1]


def rows_read(table: Table, columns: Mapping[int, str], known: Known) -> list[Row]:
    """Every row of the sheet; what says the same month and level twice is refused the second time."""
    seen: dict[tuple[str, str], int] = {}
    found = []
    for number, cells in table.rows:
        row = _row(number, cells, {name: cells[place].strip() for place, name in columns.items()}, known)
        if row.figure is not None:
            first = seen.setdefault(row.figure.subject, number)
            if first != number:
                row = Row(number, cells, None, (("level", f"row {first} tells the same month and level"),))
        found.append(row)
    return found


def _row(number: int, cells: tuple[str, ...], said: Mapping[str, str], known: Known) -> Row:
    faults: list[tuple[str, str]] = []
    period = _period(said.get("period", ""), known.this_month, faults)
    level = _level(said.get("level", ""), known, faults)
    value = _value(said, level, faults)
    numerator, n = (_count(name, said.get(name, ""), faults) for name in ("numerator", "n"))
    credit = _amount("credit", said.get("credit", ""), faults)
    _check_money(credit, said.get("currency", ""), known, faults)
    _check_whole(level, (value, credit), faults)
    _check_counts(value, numerator, n, level, faults)
    if faults:
        return Row(number, cells, None, tuple(faults))
    return Row(number, cells, Figure(period, level.key if level else "", value, numerator, n, credit))


def _period(said: str, this_month: str, faults: list[tuple[str, str]]) -> str:
    if told := _YEAR_FIRST.fullmatch(said):
        year, month = int(told[1]), int(told[2])
    elif told := _YEAR_LAST.fullmatch(said):
        year, month = int(told[2]), int(told[1])
    elif (told := _NAMED.fullmatch(said)) and told[1][:3].lower() in MONTH_NAMES:
        year, month = int(told[2]), MONTH_NAMES.index(told[1][:3].lower()) + 1
    else:
        faults.append(("period", "write the month as 2026-03"))
        return ""
    period = f"{year:04d}-{month:02d}"
    if not 1 <= month <= len(MONTH_NAMES) or period < EARLIEST:
        faults.append(("period", f"{said[:20]} is no month that can be kept: write it as 2026-03"))
    elif period >= this_month:
        faults.append(("period", f"{period} is not over yet: only months that are over were settled"))
    return period


def _level(said: str, known: Known, faults: list[tuple[str, str]]) -> LevelTold | None:
    found = known.by_word.get(_word(said))
    if said and found is None:
        names = "; ".join(one.name for one in known.levels)
        faults.append(("level", f"the terms have no level “{said[:60]}”: write one of {names}"))
    return found


def _value(said: Mapping[str, str], level: LevelTold | None, faults: list[tuple[str, str]]) -> Decimal | None:
    text, unit = said.get("value", ""), said.get("unit", "").casefold()
    if level and unit and unit not in UNIT_WORDS[level.unit]:
        faults.append(("unit", f"the terms measure {level.name} in {level.unit}, not in {unit[:20]}"))
    has_sign = text.endswith("%")
    if has_sign and level and level.unit != "percent":
        faults.append(("value", f"the terms measure {level.name} in {level.unit}, not in percent"))
    value = _amount("value", text.removesuffix("%").strip(), faults)
    is_bare = not has_sign and not unit
    if value is not None and level and level.unit == "percent" and is_bare and 0 < abs(value) <= 1:
        faults.append(
            ("value", f"{text} may mean {value * 100:f} % or {text} %: write it with its percent sign")
        )
    return value


def _amount(name: str, said: str, faults: list[tuple[str, str]]) -> Decimal | None:
    text = said.replace(",", "") if _THOUSANDS.fullmatch(said) else said.replace("\N{NO-BREAK SPACE}", "")
    if not text:
        return None
    if not _NUMBER.fullmatch(text) or len(text) > MOST_DIGITS + MOST_PLACES:
        faults.append((name, f"“{said[:30]}” is no number as 95.4: write it with a point, without letters"))
        return None
    if len(text.partition(".")[2].rstrip("0")) > MOST_PLACES:
        faults.append((name, f"write at most {MOST_PLACES} digits after the point"))
    return Decimal(text)


def _count(name: str, said: str, faults: list[tuple[str, str]]) -> int | None:
    whole = said.removesuffix(".0")
    if not whole:
        return None
    if not (whole.isascii() and whole.isdigit()) or len(whole) > MOST_DIGITS:
        faults.append((name, f"“{said[:30]}” is no whole number"))
        return None
    return int(whole)


def _check_money(credit: Decimal | None, said: str, known: Known, faults: list[tuple[str, str]]) -> None:
    if credit is not None and credit < 0:
        faults.append(("credit", "a credit is written without a minus"))
    if said and said.upper() != known.currency:
        faults.append(("currency", f"the agreement is in {known.currency}, not in {said[:10]}"))


def _check_whole(
    level: LevelTold | None, told: Iterable[Decimal | None], faults: list[tuple[str, str]]
) -> None:
    value, credit = told
    if any(name in {"value", "credit", "level"} for name, _ in faults):
        return
    if level and value is None:
        faults.append(("value", "write the value that was reported"))
    if level is None and value is not None:
        faults.append(("level", "write to which service level the value belongs"))
    if level is None and value is None and credit is None:
        faults.append(("value", "the row tells neither a value nor a credit"))


def _check_counts(
    value: Decimal | None, numerator: int | None, n: int | None, level: LevelTold | None,
    faults: list[tuple[str, str]],
) -> None:  # fmt: skip
    if numerator is not None and not n:
        faults.append(("n", "a numerator needs the number it is of, more than none"))
    elif value is not None and numerator is not None and n and level and level.unit == "percent":
        exact = Decimal(numerator) * 100 / n
        places = Decimal(1).scaleb(int(value.as_tuple().exponent))
        if abs(exact - value) >= places:
            faults.append(("numerator", f"{numerator:,} of {n:,} is {exact:.2f} %, not {value:f} %"))


def _plain(value: Decimal | None) -> str | None:
    if value is None:
        return None
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _word(said: str) -> str:
    return " ".join(said.split()).casefold()
