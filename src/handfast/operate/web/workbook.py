"""A statement as a workbook: the page's figures as numbers, their counts, adjustments, causes and disputes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from handfast.foundation.web.workbooks import Row, Sheet, SheetCell, Shown
from handfast.operate.queries.causes import cause_lines
from handfast.operate.queries.statements import revisions_of
from handfast.operate.web.pictures.causes_view import cause_words
from handfast.operate.web.pictures.statement_sentence import sentence_of, total_sentence
from handfast.operate.web.pictures.statement_view import working_text
from handfast.operate.web.pictures.verdictwords import verdict_words
from handfast.operate.web.pictures.wording import UNITS, month_text
from handfast.operate.web.showing import signatures_of, state_words
from handfast.people.queries import names_seen_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor
    from handfast.operate.models import Adjustment, Dispute, Statement
    from handfast.operate.queries.causes import CauseLine
    from handfast.operate.queries.computed import Chosen
    from handfast.operate.web.showing import Signature


@dataclass(frozen=True, slots=True)
class StatementBook:
    """What goes into the workbook of a statement; `names` are of persons by id, `state` in words."""

    statement: Statement
    state: str
    signatures: Sequence[Signature]
    adjustments: Sequence[Adjustment]
    causes: Sequence[CauseLine]
    disputes: Sequence[tuple[int, Dispute]]
    names: Mapping[UUID, str]
    zone: str

    @property
    def body(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.statement.body)
        return found


def book_of(actor: Actor, deal: Engagement, found: Statement, chosen: Chosen) -> StatementBook:
    """What a workbook of an issued month says, as the actor sees it; `chosen` is what it was computed from."""
    causes = cause_lines(found)
    disputes = [(one.revision, dispute) for one in revisions_of(found) for dispute in one.disputes.all()]
    who = [found.issued_by_id, found.answered_by_id, *(dispute.raised_by_id for _, dispute in disputes)]
    names = names_seen_by(actor, [*who, *(cause.by for line in causes for cause in line.causes)])
    return StatementBook(
        statement=found,
        state=state_words(found, deal),
        signatures=signatures_of(found, deal, names),
        adjustments=sorted(chosen.adjustments, key=lambda one: one.number),
        causes=causes,
        disputes=disputes,
        names=names,
        zone=deal.zone,
    )


def statement_sheets(book: StatementBook) -> list[Sheet]:
    """The five sheets of a statement."""
    body = book.body
    facts = _facts(book, body)
    lines = _lines(body)
    return [
        Sheet("Statement", (*facts, *lines), frozen=0),
        Sheet("Levels", tuple(_counts(body))),
        Sheet("Adjustments", tuple(_adjustments(book))),
        Sheet("Revision causes", tuple(_causes(book, body))),
        Sheet("Disputes", tuple(_disputes(book, body))),
    ]


def _head(*cells: SheetCell) -> Row:
    return Row(cells, is_strong=True)


def _facts(book: StatementBook, body: Mapping[str, Any]) -> list[Row]:
    made = book.statement
    period = body["period"]
    facts: list[tuple[SheetCell, ...]] = [
        ("Agreement", body["agreement"]),
        *((side.capitalize(), name) for side, name in sorted(body["parties"].items())),
        ("Period", f"{month_text(period['name'])}, {period['starts_at']} to {period['ends_at']}"),
        ("Zone", period["zone"]),
        ("Revision", made.revision),
        ("State", book.state),
        ("As of", made.as_of),
        ("Issued", made.issued_at),
        ("SHA-256", made.digest),
        ("Rules", body["rules_version"]),
        *(
            (f"{one.organisation} {one.state}", ", ".join(_known(one.name, one.instant)))
            for one in book.signatures
        ),
    ]
    title = _head(f"Statement, {month_text(period['name'])}")
    said = Row(("".join(part.text for part in sentence_of(body)),))
    return [title, said, *(Row(fact) for fact in facts), Row(())]


def _known(*parts: str) -> list[str]:
    return [part for part in parts if part]


def _lines(body: Mapping[str, Any]) -> list[Row]:
    """Every line as on the page, under its heads; the totals at the end."""
    consequence = body["consequence"]
    owed = {line["level"]: line for line in consequence["lines"]} if consequence else {}
    is_points = bool(consequence) and consequence["regime"] == "points"
    last = "Points" if is_points else f"Credit, {consequence['currency']}" if consequence else "Credit"
    words = body["words"]
    heads = _head(
        "Service level", "Measure", "Numerator", "Denominator", "Result", words["expected"].capitalize(),
        words["minimum"].capitalize(), "Verdict", "Reported by", "Working", last,
    )  # fmt: skip
    rows = [_line(body, level, owed.get(level["id"])) for level in body["levels"]]
    return [heads, *rows, *_totals(body)]


def _line(body: Mapping[str, Any], level: Mapping[str, Any], owed: Mapping[str, Any] | None) -> Row:
    unit = UNITS[level["unit"]]
    return Row(
        (
            level["name"],
            level["kind"],
            number_of(level["numerator"]),
            number_of(level["denominator"] or level["n"]),
            number_of(level["value"], unit),
            number_of(level["expected"], unit),
            number_of(level["minimum"], unit),
            verdict_words(level),
            body["parties"].get(level["reported_by"], level["reported_by"] or ""),
            _working(owed),
            None if owed is None else number_of(owed["credit" if "credit" in owed else "points"]),
        )
    )


def number_of(text: Any, suffix: str = "") -> Shown | None:
    """A number of a body with all its digits; nothing where there is none."""
    return None if text is None else Shown(Decimal(str(text)), suffix)


def _working(owed: Mapping[str, Any] | None) -> str:
    if owed is None:
        return ""
    working = owed.get("working") or owed.get("band") or ""
    return working_text(working) if owed.get("working") else working


def _totals(body: Mapping[str, Any]) -> list[Row]:
    consequence = body["consequence"]
    if consequence is None:
        return []
    before: tuple[SheetCell, ...] = ("",) * 9
    rows = []
    if "points" in consequence:
        rows.append(_head(*before, "Points", number_of(consequence["points"])))
    if consequence.get("credit") is not None:
        client = body["parties"].get("client", "the client")
        said = f"Credit to {client}, {consequence['currency']}"
        rows.append(_head(*before, said, number_of(consequence["credit"])))
    return [*rows, Row((total_sentence(body),))]


def _counts(body: Mapping[str, Any]) -> Iterable[Row]:
    yield _head(
        "Service level", "Id", "n", "Numerator", "Denominator", "Exact", "Rounding", "Left out", "Excluded",
        "Counted from", "Note",
    )  # fmt: skip
    for level in body["levels"]:
        rule = level["rounding"]
        yield Row(
            (
                level["name"],
                level["id"],
                level["n"],
                number_of(level["numerator"]),
                number_of(level["denominator"]),
                level["exact"] or "",
                f"{rule['digits']} digits, {rule['mode']}, compared {rule['compare']}",
                level["left_out"],
                ", ".join(f"{type_}: {count}" for type_, count in sorted(level["excluded"].items())),
                ", ".join(level["counted_from"]),
                level["note"] or "",
            )
        )


def _adjustments(book: StatementBook) -> Iterable[Row]:
    yield _head("Adjustment", "State", "Kind", "What", "Reason", "Proposed by", "Proposed", "Accepted")
    for one in book.adjustments:
        said = {key: value for key, value in one.said.items() if key not in ("kind", "reason")}
        what = "; ".join(
            f"{key}: {', '.join(value) if isinstance(value, list) else value}" for key, value in said.items()
        )
        accepted = one.answered_at if one.state == one.State.ACCEPTED else None
        yield Row(
            (
                one.name, one.state, one.said["kind"], what, one.said.get("reason", ""), one.proposed_side,
                one.proposed_at, accepted,
            )
        )  # fmt: skip


def _causes(book: StatementBook, body: Mapping[str, Any]) -> Iterable[Row]:
    """A row for each level that a cause moved; points as the page shows them and exactly, as p/q."""
    yield _head(
        "Line", "Cause", "What", "When and who", "Service level", "Before", "After", "Points", "Exactly", "Money",
        "Unit",
    )  # fmt: skip
    names = {level["id"]: (level["name"], UNITS[level["unit"]]) for level in body["levels"]}
    for place, line in enumerate(book.causes, start=1):
        words = [cause_words(cause, book.names, book.zone) for cause in line.causes]
        told = [
            "; ".join(_known(*parts))
            for parts in zip(*((w.name, w.what, w.when) for w in words), strict=True)
        ]
        for moved in line.levels or (
            {"level": "", "before": None, "after": None, "points": None, "money": None},
        ):
            name, unit = names.get(moved["level"], (moved["level"], ""))
            yield Row(
                (
                    place,
                    *told,
                    name,
                    *_ends(moved, unit),
                    moved["points"] or "",
                    number_of(moved["money"]),
                    line.unit,
                )
            )
        yield _head(place, *told, "in all", None, None, None, None, number_of(line.sum), line.unit)


def _ends(moved: Mapping[str, Any], unit: str) -> tuple[SheetCell, ...]:
    values = [None if moved[end] is None else moved[end]["value"] for end in ("before", "after")]
    first, second = values
    points = None if first is None or second is None else Shown(Decimal(second) - Decimal(first))
    return number_of(first, unit), number_of(second, unit), points


def _disputes(book: StatementBook, body: Mapping[str, Any]) -> Iterable[Row]:
    yield _head("Revision", "Service level", "Reason", "Raised by", "Raised", "Withdrawn")
    names = {level["id"]: level["name"] for level in body["levels"]}
    for revision, one in book.disputes:
        by = book.names.get(one.raised_by_id, "") if one.raised_by_id else ""
        raised: datetime = one.raised_at
        yield Row((revision, names.get(one.level, one.level), one.reason, by, raised, one.withdrawn_at))
