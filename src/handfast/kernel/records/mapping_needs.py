"""What a mapping reads of a file: its stamps, its numbers and its texts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handfast.kernel.records.mapping import EventsMapping, IntervalsMapping, RecordsMapping
from handfast.kernel.records.needs import Needs, NumberRule

if TYPE_CHECKING:
    from handfast.kernel.records.mapping import RecordAttribute
    from handfast.kernel.records.needs import StampRule


def _attributes(mapping: EventsMapping | RecordsMapping) -> list[tuple[str, RecordAttribute]]:
    return sorted({**mapping.attributes}.items())


def number_rules(mapping: EventsMapping | RecordsMapping | IntervalsMapping) -> tuple[NumberRule, ...]:
    """The columns that are read as exact numbers."""
    if isinstance(mapping, IntervalsMapping):
        return tuple(
            NumberRule(name, total.column, total.digits, is_unsigned=True, is_mean=total.times is not None)
            for name, total in sorted(mapping.totals.items())
        )
    rules = [
        NumberRule(f"attribute {name}", attribute.column, attribute.digits, is_unsigned=False)
        for name, attribute in _attributes(mapping)
        if attribute.digits is not None
    ]
    if isinstance(mapping, EventsMapping) and mapping.sequence is not None:
        rules.append(NumberRule("sequence", mapping.sequence, 0, is_unsigned=False))
    return tuple(rules)


def needs_of(mapping: EventsMapping | RecordsMapping | IntervalsMapping) -> Needs:
    """All that a mapping reads of a file."""
    stamps: list[StampRule] = []
    if not isinstance(mapping, RecordsMapping):
        stamps.append(mapping.at_rule)
    if not isinstance(mapping, IntervalsMapping):
        stamps += [replace(rule, key=f"stamp {rule.key}") for rule in mapping.stamp_rules]
    return Needs(
        tuple(stamps),
        number_rules(mapping),
        _text_columns(mapping),
        mapping.missing,
        mapping.delimiter,
        mapping.sheet,
    )


def _text_columns(mapping: EventsMapping | RecordsMapping | IntervalsMapping) -> tuple[str, ...]:
    if isinstance(mapping, IntervalsMapping):
        return tuple(dict.fromkeys(mapping.keys.values()))
    plain = [attribute.column for _, attribute in _attributes(mapping) if attribute.digits is None]
    events = mapping.event if isinstance(mapping, EventsMapping) else ()
    return tuple(dict.fromkeys([mapping.record, *events, *plain]))


def staff_columns(mapping: EventsMapping | RecordsMapping | IntervalsMapping) -> tuple[str, ...]:
    """The columns that name people of the provider, by name."""
    named = mapping.keys if isinstance(mapping, IntervalsMapping) else _text_attributes(mapping)
    return tuple(sorted({named[name] for name in mapping.staff}))


def _text_attributes(mapping: EventsMapping | RecordsMapping) -> dict[str, str]:
    return {name: attribute.column for name, attribute in _attributes(mapping)}
