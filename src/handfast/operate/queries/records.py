"""From a figure to its records, and from a record to the second."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handfast.foundation.refusals import NotSeen
from handfast.kernel.servicelevels.explain import story_of
from handfast.kernel.servicelevels.rosters import level_roster
from handfast.operate.queries.computed import chosen_then, engine_over, inputs_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handfast.kernel.servicelevels.explain import RecordStory
    from handfast.kernel.servicelevels.questions import JudgedRow
    from handfast.kernel.servicelevels.statement import Inputs
    from handfast.operate.models import Statement, StatementDraft

PAGE = 50


@dataclass(frozen=True, slots=True)
class RosterView:
    """One page of the records behind a level: `total` of this outcome, `counts` of each."""

    level: Mapping[str, Any]
    counts: Mapping[str, int]
    rows: tuple[JudgedRow, ...]
    total: int
    zone: str


@dataclass(frozen=True, slots=True)
class RecordView:
    """One record of a level: its story, its place among those of its outcome, and what it was computed from."""

    level: Mapping[str, Any]
    outcome: str
    story: RecordStory
    clock: str
    calendar: str
    source: str
    place: int
    total: int
    previous: str | None
    next: str | None
    inputs: Inputs


def level_of(made: Statement | StatementDraft, level: str) -> dict[str, Any]:
    """The line of a statement. Raises NotSeen."""
    found: dict[str, Any] | None = next(
        (one for one in json.loads(made.body)["levels"] if one["id"] == level), None
    )
    if found is None:
        raise NotSeen
    return found


def roster_of(made: Statement | StatementDraft, level: str, *, outcome: str, page: int | None) -> RosterView:
    """The records behind a level, longest first; `outcome` empty means all. `page` counts from 1; None means every one."""
    line = level_of(made, level)
    chosen = chosen_then(made.agreement, made.inputs, as_of=made.as_of)
    inputs = inputs_of(chosen)
    with engine_over(inputs, chosen) as engine:
        roster = level_roster(inputs.terms, engine, line["measure"], line["counted_from"])
        if not roster.of:
            return RosterView(line, {}, (), 0, inputs.terms.first.zone)
        counts = {str(key): count for key, count in roster.counts().items()}
        wanted: Any = (outcome,) if outcome in counts else ()
        size, skipped = (sum(counts.values()), 0) if page is None else (PAGE, (max(page, 1) - 1) * PAGE)
        found = roster.page(size, skipped, outcomes=wanted)
    return RosterView(line, counts, found.rows, found.total, inputs.terms.first.zone)


def record_of(made: Statement | StatementDraft, level: str, record: str) -> RecordView:
    """One record to the second, with its neighbours of the same outcome. Raises NotSeen where the level does not count it."""
    line = level_of(made, level)
    chosen = chosen_then(made.agreement, made.inputs, as_of=made.as_of)
    inputs = inputs_of(chosen)
    with engine_over(inputs, chosen) as engine:
        roster = level_roster(inputs.terms, engine, line["measure"], line["counted_from"])
        rows = roster.rows_of(record) if roster.of else ()
        if not rows:
            raise NotSeen(f"{line['name']} does not count this record")
        judged = rows[0]
        places = roster.place(record, outcomes=(judged.outcome,))
        population, target = roster.population(judged), roster.target_us(judged)
    clock = inputs.terms.versions[population.version].terms.clocks[population.clock]
    story = story_of(inputs.evidence(), population.version, population.clock, record, target)
    here = places.places[0]
    return RecordView(
        line, judged.outcome, story, line["name"], clock.calendar, clock.source, here.place, places.total,
        here.previous, here.next, inputs,
    )  # fmt: skip
