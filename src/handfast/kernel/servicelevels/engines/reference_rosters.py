"""The oracle's rosters: every judged record in a list, sorted and cut in plain Python."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.kernel.servicelevels.questions import (
    OUTCOMES,
    OutcomeCounts,
    Outcomes,
    RecordPlace,
    RecordPlaces,
    RosterPage,
    RosterRows,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handfast.kernel.servicelevels.questions import JudgedRow, RosterOrder, RosterPlace


def answered(
    question: OutcomeCounts | RosterPage | RosterPlace, parts: Iterable[list[JudgedRow]]
) -> Outcomes | RosterRows | RecordPlaces:
    """The answer from the judged records of each part."""
    everyone = [judged for part in parts for judged in part]
    if isinstance(question, OutcomeCounts):
        found = [judged.outcome for judged in everyone]
        return Outcomes(tuple((word, found.count(word)) for word in OUTCOMES if word in found))
    listed = [judged for judged in everyone if not question.outcomes or judged.outcome in question.outcomes]
    listed.sort(key=lambda judged: _rank(judged, question.order))
    if isinstance(question, RosterPage):
        return RosterRows(tuple(listed[question.offset : question.offset + question.limit]), len(listed))
    ids: list[str | None] = [None, *(judged.row.record for judged in listed), None]
    places = [
        RecordPlace(place, judged, ids[place - 1], ids[place + 1])
        for place, judged in enumerate(listed, start=1)
        if judged.row.record == question.record
    ]
    return RecordPlaces(tuple(places), len(listed))


def _rank(judged: JudgedRow, order: RosterOrder) -> tuple[int, int, str, int]:
    if order == "record":
        return 0, 0, judged.row.record, judged.part
    outside = {"left out": 1, "no value": 1, "excluded": 2}.get(judged.outcome, 0)
    return outside, -judged.row.elapsed_us, judged.row.record, judged.part
