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


def answer_rosters(
    database: Database, parts: Sequence[Part], question: OutcomeCounts | RosterPage | RosterPlace
) -> Outcomes | RosterRows | RecordPlaces:
    counts = _counts(database, parts) if parts else {}
    if isinstance(question, OutcomeCounts):
        return Outcomes(tuple((word, counts[word]) for word in OUTCOMES if word in counts))
    among = question.outcomes or OUTCOMES
    total = sum(counts.get(word, 0) for word in among)
    if not total:
        return RosterRows((), 0) if isinstance(question, RosterPage) else RecordPlaces((), 0)
    order = texts.ROSTER_ORDERS[question.order]
    if isinstance(question, RosterPage):
        text = texts.ROSTER_PAGE.format(
            named=_named(parts),
            among=_listed(among),
            order=order,
            limit=question.limit,
            offset=question.offset,
        )
        return RosterRows(tuple(_judged(row) for row in database.rows(text)), total)
    text = texts.ROSTER_PLACE.format(
        named=_named(parts), among=_listed(among), order=order, record=texts.quoted(question.record)
    )
    found = database.rows(text)
    return RecordPlaces(
        tuple(RecordPlace(place, _judged(row), before, after) for place, before, after, *row in found), total
    )


def _counts(database: Database, parts: Sequence[Part]) -> dict[str, int]:
    judged = " UNION ALL ".join(_part_text(number, part) for number, part in enumerate(parts))
    return dict(database.rows(texts.OUTCOME_COUNTS.format(judged=judged)))


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
