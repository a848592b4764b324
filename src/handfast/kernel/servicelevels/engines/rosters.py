"""The records behind a figure, asked of DuckDB: how many came to what, a page of them, and the place of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handfast.kernel.servicelevels.engines import texts
from handfast.kernel.servicelevels.engines.judging import outcome_text
from handfast.kernel.servicelevels.questions import (
    OUTCOMES,
    JudgedRow,
    OutcomeCounts,
    Outcomes,
    RecordPlace,
    RecordPlaces,
    RosterPage,
    RosterRow,
    RosterRows,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handfast.kernel.servicelevels.engines.database import Database
    from handfast.kernel.servicelevels.questions import Outcome, RecordQuestion, RosterPlace


@dataclass(frozen=True, slots=True)
class Part:
    """One question of a figure, the SQL of its members, and the table that knows their ids."""

    question: RecordQuestion
    members: str
    records: str


Counts = dict[str, int]


@dataclass(frozen=True, slots=True)
class Texts:
    """How the records of some parts are told: what is listed, what puts equals in order, and where the ids come from."""

    judged: str
    tie: str
    record: str
    named: str  # with {few}, the rows that somebody reads
    is_it: str  # with {record}, the one asked for


def answer_rosters(
    database: Database,
    parts: Sequence[Part],
    question: OutcomeCounts | RosterPage | RosterPlace,
    known: dict[tuple[RecordQuestion, ...], Counts],
) -> Outcomes | RosterRows | RecordPlaces:
    """`known` holds the counts that were asked before of the same records, and takes those that are asked now."""
    if isinstance(question, OutcomeCounts):
        counts = _counts(database, parts, known)
        return Outcomes(tuple((word, counts[word]) for word in OUTCOMES if word in counts))
    if not parts:
        return RosterRows((), 0) if isinstance(question, RosterPage) else RecordPlaces((), 0)
    told = _texts_of(parts)
    among = question.outcomes or OUTCOMES
    order = texts.ROSTER_ORDERS[question.order].format(tie=told.tie)
    listed = texts.LISTED.format(judged=told.judged, among=_listed(among))
    if isinstance(question, RosterPage):
        few = texts.PAGED.format(listed=listed, order=order, limit=question.limit, offset=question.offset)
        text = texts.ROSTER_PAGE.format(
            record=told.record, named=told.named.format(few=f"({few})"), order=order
        )
        rows = tuple(_judged(row) for row in database.rows(text))
        if len(rows) < question.limit and (
            rows or not question.offset
        ):  # the last page knows how many there are
            return RosterRows(rows, question.offset + len(rows))
        return RosterRows(rows, _total(database, parts, known, among))
    text = texts.ROSTER_PLACE.format(
        order=order,
        listed=listed,
        is_it=told.is_it.format(record=texts.quoted(question.record)),
        record=told.record,
        named=told.named.format(few="around"),
    )
    found = {int(place): (int(total), _judged(row)) for place, total, *row in database.rows(text)}
    if not found:
        return RecordPlaces((), _total(database, parts, known, among))
    ids = {place: judged.row.record for place, (_, judged) in found.items()}
    return RecordPlaces(
        tuple(
            RecordPlace(place, judged, ids.get(place - 1), ids.get(place + 1))
            for place, (_, judged) in found.items()
            if judged.row.record == question.record
        ),
        next(iter(found.values()))[0],
    )


def _texts_of(parts: Sequence[Part]) -> Texts:
    """Where all parts lie in one file its places say the order, and ids are looked up last, for few of them."""
    judged = " UNION ALL ".join(_part_text(number, part) for number, part in enumerate(parts))
    files = {part.records for part in parts}
    if len(files) > 1:
        return Texts(_named(parts), "o.record", "o.record", "{few} o", "r.record = {record}")
    (records,) = files
    return Texts(
        judged,
        "o.place",
        "k.record",
        texts.NAMED_LAST.format(records=records),
        texts.PLACE_OF.format(records=records),
    )


def _total(
    database: Database,
    parts: Sequence[Part],
    known: dict[tuple[RecordQuestion, ...], Counts],
    among: Sequence[Outcome],
) -> int:
    counts = _counts(database, parts, known)
    return sum(counts.get(word, 0) for word in among)


def _counts(
    database: Database, parts: Sequence[Part], known: dict[tuple[RecordQuestion, ...], Counts]
) -> Counts:
    asked = tuple(part.question for part in parts)
    if asked not in known:
        judged = " UNION ALL ".join(_part_text(number, part) for number, part in enumerate(parts))
        known[asked] = dict(database.rows(texts.OUTCOME_COUNTS.format(judged=judged))) if parts else {}
    return known[asked]


def _part_text(number: int, part: Part) -> str:
    return texts.JUDGED.format(
        part=number,
        instant=f"{part.question.population.counted_by}_us",
        outcome=outcome_text(part.question),
        members=part.members,
    )


def _named(parts: Sequence[Part]) -> str:
    return " UNION ALL ".join(
        texts.JUDGED_NAMED.format(records=part.records, judged=_part_text(number, part))
        for number, part in enumerate(parts)
    )


def _listed(outcomes: Sequence[Outcome]) -> str:
    return ", ".join(texts.quoted(word) for word in outcomes)


def _judged(row: Sequence[Any]) -> JudgedRow:
    part, outcome, *rest = row
    return JudgedRow(part, outcome, RosterRow(*rest))
