"""Rows of events as plain arrays: what both kinds of event source become before they are ordered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from handfast.kernel.records import arrow_tables
from handfast.kernel.records.ordering import canonical_order, repeats_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handfast.kernel.records.arrow import Column, Flags, Int32s, Int64s
    from handfast.kernel.records.gathering import Gathered


@dataclass(frozen=True, slots=True)
class AttributeCells:
    """One attribute of each row: ranks of its texts (-1 missing), or scaled integers with their presence."""

    name: str
    numbers: Any
    present: Flags
    values: Column | None

    def at(self, places: Any) -> AttributeCells:
        return AttributeCells(self.name, self.numbers[places], self.present[places], self.values)

    def column(self) -> Any:
        if self.values is None:
            return arrow_tables.integer_column(self.numbers, self.present)
        return arrow_tables.text_column(self.values, self.numbers)


@dataclass(frozen=True, slots=True)
class EventRows:
    """Events with the file's row each came from; records and events are ranks of their texts."""

    records: Int32s
    at_us: Int64s
    sequence: Int64s
    has_sequence: Flags
    events: Int32s
    attributes: tuple[AttributeCells, ...]
    rows: Int64s

    def keys(self) -> list[Any]:
        """The canonical order's keys: record, at, sequence (none first), event, attributes (missing first)."""
        keys: list[Any] = [self.records, self.at_us]
        if self.has_sequence.any():
            keys += [self.has_sequence, self.sequence]
        keys.append(self.events)
        for attribute in self.attributes:
            keys += (
                [attribute.numbers]
                if attribute.values is not None
                else [attribute.present, attribute.numbers]
            )
        return keys

    def at(self, places: Any) -> EventRows:
        return EventRows(
            self.records[places],
            self.at_us[places],
            self.sequence[places],
            self.has_sequence[places],
            self.events[places],
            tuple(attribute.at(places) for attribute in self.attributes),
            self.rows[places],
        )

    def ordered(self) -> EventRows:
        order = canonical_order(self.keys())
        is_in_order = bool((order == np.arange(len(order))).all())
        return self if is_in_order else self.at(order)

    def without_repeats(self) -> tuple[EventRows, int]:
        """Each event once (of rows already in order), and how many repeated another."""
        repeats = repeats_of(self.keys())
        count = int(repeats.sum())
        return (self.at(~repeats) if count else self), count


def joined(parts: Sequence[EventRows]) -> EventRows:
    """Rows one after the other; their ranks count in the same texts."""
    first = parts[0]
    return EventRows(
        np.concatenate([part.records for part in parts]),
        np.concatenate([part.at_us for part in parts]),
        np.concatenate([part.sequence for part in parts]),
        np.concatenate([part.has_sequence for part in parts]),
        np.concatenate([part.events for part in parts]),
        tuple(
            AttributeCells(
                cells.name,
                np.concatenate([part.attributes[place].numbers for part in parts]),
                np.concatenate([part.attributes[place].present for part in parts]),
                cells.values,
            )
            for place, cells in enumerate(first.attributes)
        ),
        np.concatenate([part.rows for part in parts]),
    )


def attribute_cells(gathered: Gathered, attributes: Any) -> tuple[AttributeCells, ...]:
    """The attributes of a mapping, by name, for every row of the file."""
    cells = []
    for name, attribute in sorted(attributes.items()):
        if attribute.digits is None:
            text = gathered.texts[attribute.column]
            cells.append(AttributeCells(name, text.ranks, text.ranks >= 0, text.values))
        else:
            found = gathered.numbers[f"attribute {name}"]
            cells.append(AttributeCells(name, found.scaled, found.present, None))
    return tuple(cells)
