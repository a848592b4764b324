"""A statement's body as page 02 shows it: the sentence, rows by category, and the total with its working."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from handfast.operate.web.pictures.bullet import Bullet, bullet_of
from handfast.operate.web.pictures.levelwords import n_text, notes_of, numerator_text, second_line
from handfast.operate.web.pictures.statement_sentence import Part, sentence_of, total_sentence
from handfast.operate.web.pictures.verdictwords import status_of, verdict_words
from handfast.operate.web.pictures.wording import TIMES, amount_text, counted, month_text, value_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from handfast.kernel.servicelevels.terms import WrittenTerms

UNDER_EXPECTED = ("missed", "below expected")


@dataclass(frozen=True, slots=True)
class LevelRow:
    """One level; texts hold all digits. `owes` where it costs, `is_quiet` where the last cell says nothing."""

    id: str
    name: str
    second: str
    n: str
    numerator: str
    measured: str
    minimum: str
    expected: str
    bullet: Bullet
    status: str
    verdict: str
    working: str
    working_more: str
    consequence: str
    owes: bool
    is_reported: bool
    has_records: bool
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LevelGroup:
    """A category of levels, as a pool with its share, or a service; a name of nothing needs no line."""

    name: str
    share: str
    rows: tuple[LevelRow, ...]


@dataclass(frozen=True, slots=True)
class StatementView:
    """All that page 02 says from the body; `heads` name the two last columns, empty where no regime judges."""

    title: str
    sentence: tuple[Part, ...]
    is_provisional: bool
    minimum_word: str
    expected_word: str
    heads: tuple[str, str]
    groups: tuple[LevelGroup, ...]
    total_sentence: str
    total_label: str
    total: str

    @property
    def said(self) -> str:
        return "".join(part.text for part in self.sentence)

    @property
    def columns(self) -> int:
        return 9 if self.heads[1] else 7


def statement_view(
    body: Mapping[str, Any],
    written: WrittenTerms | None = None,
    earlier: Sequence[Mapping[str, Any]] = (),
) -> StatementView:
    """The view of one body; `written` are the terms that judge it, `earlier` the bodies of the months before."""
    consequence = body["consequence"]
    lines = {line["level"]: line for line in consequence["lines"]} if consequence else {}
    rows = {
        level["id"]: _row(body, level, lines.get(level["id"]), written, earlier) for level in body["levels"]
    }
    regime = consequence["regime"] if consequence else ""
    heads = {"pool": ("Working", ""), "points": ("Band", "Points"), "": ("", "")}[regime]
    if regime == "pool":
        heads = ("Working", f"Credit, {consequence['currency']}")
    label, total = _total(body)
    return StatementView(
        f"Statement, {month_text(body['period']['name'])}",
        sentence_of(body),
        body["is_provisional"],
        body["words"]["minimum"].capitalize(),
        body["words"]["expected"].capitalize(),
        heads,
        _groups(body, rows, lines, written),
        total_sentence(body),
        label,
        total,
    )


def _row(
    body: Mapping[str, Any],
    level: Mapping[str, Any],
    line: Mapping[str, Any] | None,
    written: WrittenTerms | None,
    earlier: Sequence[Mapping[str, Any]],
) -> LevelRow:
    unit = level["unit"]
    working, more, consequence, owes = _consequence(body, level, line, written, earlier)
    return LevelRow(
        level["id"],
        level["name"],
        second_line(level, body["parties"], written),
        n_text(level),
        numerator_text(level),
        value_text(level["value"], unit),
        value_text(level["minimum"], unit),
        value_text(level["expected"], unit),
        bullet_of(level),
        status_of(level),
        verdict_words(level),
        working,
        more,
        consequence,
        owes,
        level["reported_by"] is not None,
        level["reported_by"] is None and bool(level["n"]),
        notes_of(level),
    )


def _consequence(
    body: Mapping[str, Any],
    level: Mapping[str, Any],
    line: Mapping[str, Any] | None,
    written: WrittenTerms | None,
    earlier: Sequence[Mapping[str, Any]],
) -> tuple[str, str, str, bool]:
    """The working, its second line, the amount or points, and whether the row costs anything."""
    if line is None:
        return "", "", "", False
    if body["consequence"]["regime"] == "points":
        more = f"{line['band_points']}, a repeat counts more" if line["is_repeat"] else ""
        return line["band"] or "", more, f"{line['points']:,}", line["points"] > 0
    cut = f"less {amount_text(line['cut'])}, over the cap" if Decimal(line["cut"]) else ""
    if not line["working"]:
        return _misses_said(level, written, earlier), "", amount_text(line["credit"]), False
    why = line["default"] if line["default"] != "missed" else ""
    return (
        working_text(line["working"]),
        cut or why,
        amount_text(line["credit"]),
        bool(Decimal(line["credit"])),
    )


def working_text(working: str) -> str:
    """The body's working with a true multiplication sign and its amount's thousands parted."""
    *shares, amount = working.split(" x ")
    return f" {TIMES} ".join([*shares, amount_text(amount)])


def _misses_said(
    level: Mapping[str, Any], written: WrittenTerms | None, earlier: Sequence[Mapping[str, Any]]
) -> str:
    """How near a level is to a default by repeated misses of expected: `2 of 4 in 12 months`."""
    rule = getattr(written.regime, "expected_default", None) if written else None
    if rule is None or level["verdict"] not in UNDER_EXPECTED:
        return ""
    latest = (
        sorted(earlier, key=lambda one: str(one["period"]["name"]))[1 - rule.months :]
        if rule.months > 1
        else []
    )
    misses = 1 + sum(
        one["id"] == level["id"] and one["verdict"] in UNDER_EXPECTED
        for body in latest
        for one in body["levels"]
    )
    return f"{misses} of {rule.misses} in {counted(rule.months, 'month')}"


def _groups(
    body: Mapping[str, Any],
    rows: Mapping[str, LevelRow],
    lines: Mapping[str, Mapping[str, Any]],
    written: WrittenTerms | None,
) -> tuple[LevelGroup, ...]:
    """By pool where pools pay, in the order of the levels; else by service."""
    found: dict[tuple[str, str], list[LevelRow]] = {}
    is_pool = bool(body["consequence"]) and body["consequence"]["regime"] == "pool"
    for level in body["levels"]:
        line = lines.get(level["id"]) if is_pool else None
        if line is not None:
            key = (_pool_name(line["pool"], written), f"pool share {line['pool_share']}")
        else:
            key = ("Without credit" if is_pool else level["service"] or "", "")
        found.setdefault(key, []).append(rows[level["id"]])
    return tuple(LevelGroup(name, share, tuple(inside)) for (name, share), inside in found.items())


def _pool_name(pool: str, written: WrittenTerms | None) -> str:
    pools = getattr(written.regime, "pools", {}) if written else {}
    name = pools[pool].name if pool in pools else None
    return name or pool.replace("_", " ").capitalize()


def _total(body: Mapping[str, Any]) -> tuple[str, str]:
    consequence = body["consequence"]
    if consequence is None:
        return "", ""
    if consequence["regime"] == "points":
        return "Points", f"{consequence['points']:,}"
    return f"Credit to {body['parties'].get('client', 'the client')}", amount_text(consequence["credit"])
