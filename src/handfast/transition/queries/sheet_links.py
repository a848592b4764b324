"""What the new rows of a sheet wait for: each other, or what stands in the plan; by key, name or row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.transition.models import Link
from handfast.transition.queries.additions import asks_of
from handfast.transition.queries.checking import check_lag
from handfast.transition.queries.exports.seen import keys_of
from handfast.transition.queries.sheet_rows import Row
from handfast.transition.reading.columns import links_of
from handfast.transition.refusals import ActivityRefused

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from handfast.transition.models import Activity
    from handfast.transition.queries.plans import PlanRows

Waits = list[tuple["Row | Activity", dict[str, str]]]


def links_in(rows: PlanRows, found: Sequence[Row]) -> tuple[Link, ...]:
    """The links of the new rows; what is wrong with one is told in its row, and of what waits for that in theirs."""
    targets = _targets(rows, found)
    shared = rows.plan.space_id
    read = {row.number: _links(row, targets) for row in found if row.added is not None}
    while True:
        fallen = [row for row in found if row.added is not None and _waits_for_none(row, read[row.number])]
        if not fallen:
            break
        for row in fallen:
            row.added = None
    return tuple(
        Link(
            space_id=before.space_id if before.space_id != shared else row.added.space_id,
            plan=rows.plan, before_id=before.pk, after_id=row.added.pk, **asks,
        )
        for row in found if row.added is not None
        for before, asks in _distinct(read[row.number])
    )  # fmt: skip


def _distinct(waits: Waits) -> list[tuple[Activity, dict[str, str]]]:
    """Each pair and kind once."""
    kept: dict[tuple[UUID, str], tuple[Activity, dict[str, str]]] = {}
    for other, asks in waits:
        before = other.added if isinstance(other, Row) else other
        assert before is not None  # noqa: S101 - what waits for a row that fell has fallen too
        kept.setdefault((before.pk, asks["kind"]), (before, asks))
    return list(kept.values())


def _targets(rows: PlanRows, found: Sequence[Row]) -> dict[str, list[Row | Activity]]:
    """By what it may be called; keys go before names, the sheet before the plan, and row numbers last."""
    news = [row for row in found if row.activity is None]
    keys = keys_of(rows)
    layers: tuple[list[tuple[str, Row | Activity]], ...] = (
        [(row.cells.get("key", ""), row) for row in news],
        [(row.cells.get("name", ""), row) for row in news],
        [(keys[one.pk], one) for one in rows.activities],
        [(one.name, one) for one in rows.activities],
        [(str(row.number), row) for row in news],
    )
    targets: dict[str, list[Row | Activity]] = {}
    for layer in layers:
        here: dict[str, list[Row | Activity]] = {}
        for name, one in layer:
            if name and name not in targets:
                here.setdefault(name, []).append(one)
        targets |= here
    return targets


def _links(row: Row, targets: dict[str, list[Row | Activity]]) -> Waits:
    try:
        asked = links_of(row.cells.get("after", ""), targets)
    except ValueError as wrong:
        row.fault("after", wrong)
        return []
    waits: Waits = []
    for link in asked:
        named = targets[link.other]
        if len(named) > 1:
            row.fault("after", f"{link.other[:60]!r} is the name of several: write its key")
        elif named[0] is row:
            row.fault("after", "an activity does not wait for itself")
        else:
            asks = asks_of(link)
            try:
                check_lag(asks["lag"], asks["lag_on"])
            except ActivityRefused as refused:
                row.fault("after", refused)
            waits.append((named[0], asks))
    return waits


def _waits_for_none(row: Row, waits: Waits) -> bool:
    """Whether a row cannot stand: it is wrong, or what it waits for is."""
    for other, _ in waits:
        if isinstance(other, Row) and other.added is None:
            row.fault("after", f"it waits for row {other.number}, which is refused")
    return bool(row.faults)
