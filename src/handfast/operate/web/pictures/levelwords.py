"""What stands under a level's name and its n: the measure in a few words, and the number behind the share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from handfast.kernel.servicelevels.measure_terms import (
    RatioOfSums,
    ShareOfIntervals,
    ShareWithinTarget,
)
from handfast.kernel.worktime.written import WrittenHolidays
from handfast.operate.web.pictures.wording import ROUND_THE_CLOCK, counted, number_text, span_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handfast.kernel.servicelevels.terms import WrittenTerms

WHOLE_DAY = "00:00-24:00"


def second_line(
    level: Mapping[str, Any], parties: Mapping[str, str], written: WrittenTerms | None = None
) -> str:
    """The measure in a few words; without the terms only its kind is known."""
    if level["reported_by"]:
        side = level["reported_by"]
        return f"reported by {parties.get(side, f'the {side}')}"
    measure = None if written is None else written.measures.get(level["measure"])
    if written is None or measure is None:
        return str(level["kind"])
    match measure:
        case ShareWithinTarget():
            return _within(written, measure)
        case RatioOfSums():
            return f"{_totals(measure.of)} of {_totals(measure.to)}"
        case ShareOfIntervals():
            return "share of intervals at target"
    return "ratio of two counts" if measure.kind == "ratio" else str(measure.kind)


def _within(written: WrittenTerms, measure: ShareWithinTarget) -> str:
    clock = written.clocks[measure.clock]
    target = span_text(measure.target)
    if is_round_the_clock(written, clock.calendar):
        return f"share within {target}, {ROUND_THE_CLOCK}"
    if target.endswith(" h") and " " not in target[:-2]:
        return f"share within {target[:-2]} working hours"
    return f"share within {target} of working time"


def is_round_the_clock(written: WrittenTerms, calendar: str) -> bool:
    """Whether a calendar opens at every midnight of the week until the next; a holiday closes it."""
    hours = written.calendars[calendar]
    is_always = all(windows == (WHOLE_DAY,) for windows in hours.hours.values())
    return is_always and all(hours.week()) and hours.holidays == WrittenHolidays()


def _totals(names: tuple[str, ...]) -> str:
    return " + ".join(name.replace("_", " ") for name in names).replace("+ -", "less ")


def n_text(level: Mapping[str, Any]) -> str:
    """How many stand behind the figure: for a ratio of sums its denominator, else the records."""
    found = level["denominator"] if level["kind"] == "ratio of sums" else level["n"]
    return "–" if found is None else f"{int(found):,}"


def numerator_text(level: Mapping[str, Any]) -> str:
    """The second line under n; nothing for a mean or a sum, whose numerator is no count."""
    numerator = level["numerator"]
    said = {
        "share within target": "within",
        "ratio": "of these",
        "ratio of sums": "of these",
        "share of intervals": "at target",
        "reported": "of these",
    }.get(level["kind"])
    if said is not None and numerator is not None:
        return f"{int(numerator):,} {said}"
    return ""


def notes_of(level: Mapping[str, Any]) -> tuple[str, ...]:
    """What a reader must know beside the figure: the verdict's note, what was excluded, left out or rolled forward."""
    said = [level["note"]] if level["note"] else []
    said += [f"{counted(count, 'record')} excluded, {type_}" for type_, count in level["excluded"].items()]
    said += [f"{level['left_out']:,} left out as unfinished"] if level["left_out"] else []
    if len(level["counted_from"]) > 1:
        said.append(f"counted from {number_text(len(level['counted_from']))} months")
    return tuple(said)
