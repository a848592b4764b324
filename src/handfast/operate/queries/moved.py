"""What moved between two bodies of one month: each level in exact points and in money, and the sum."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

FIGURES = ("n", "numerator", "denominator", "exact", "value", "verdict", "minimum", "expected")


def moved_between(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any]:
    """{"levels": those that moved, "sum": what the month's total moved by, "unit": what it is counted in}.

    `points` of a level is the difference of its exact values as p/q on the unit's scale: of a share percentage
    points. `money` is the difference of what it owes, in `owed_in`. Along a chain of bodies both add up to the
    difference of the ends, level by level.
    """
    old = {level["id"]: level for level in before["levels"]}
    new = {level["id"]: level for level in after["levels"]}
    owed_before, owed_after = owed_of(before), owed_of(after)
    levels = [
        _moved(level, old.get(level), new.get(level)) | _owed(level, owed_before, owed_after)
        for level in [*new, *(one for one in old if one not in new)]
        if _figures(old.get(level)) != _figures(new.get(level))
        or owed_before.get(level) != owed_after.get(level)
    ]
    return {"levels": levels, "sum": f"{total_of(after) - total_of(before):f}", "unit": unit_of(after)}


def owed_of(body: Mapping[str, Any]) -> dict[str, Decimal]:
    """The credit of each level, or its points where the regime gives points."""
    found = body["consequence"]
    if found is None:
        return {}
    key = "points" if found["regime"] == "points" else "credit"
    return {line["level"]: Decimal(line[key]) for line in found["lines"]}


def is_in_points(body: Mapping[str, Any]) -> bool:
    """Whether only points count: a regime that turns them into nothing."""
    found = body["consequence"]
    return bool(found) and found["regime"] == "points" and found["of_charges"] is None


def total_of(body: Mapping[str, Any]) -> Decimal:
    """The month's credit, or its points where only these count; nothing where no regime judges."""
    found = body["consequence"]
    return Decimal(found["points" if is_in_points(body) else "credit"]) if found else Decimal(0)


def unit_of(body: Mapping[str, Any]) -> str:
    """What the month's total is counted in: a currency, or points; empty where no regime judges."""
    found = body["consequence"]
    if not found:
        return ""
    return "points" if is_in_points(body) else str(found["currency"])


def _figures(level: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return None if level is None else {key: level[key] for key in FIGURES}


def _moved(level: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> dict[str, Any]:
    exact = [None if one is None or one["exact"] is None else Fraction(one["exact"]) for one in (old, new)]
    first, second = exact
    points = None if first is None or second is None else second - first
    return {
        "level": level,
        "before": _figures(old),
        "after": _figures(new),
        "points": None if points is None else f"{points.numerator}/{points.denominator}",
    }


def _owed(level: str, before: Mapping[str, Decimal], after: Mapping[str, Decimal]) -> dict[str, Any]:
    if level not in before and level not in after:
        return {"money": None}
    return {"money": f"{after.get(level, Decimal(0)) - before.get(level, Decimal(0)):f}"}
