"""Two revisions of one month: what moved for each level, in points and in money."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from handfast.operate.queries.moved import is_in_points, owed_of, total_of
from handfast.operate.web.pictures.verdictwords import status_of, verdict_words
from handfast.operate.web.pictures.wording import amount_text, signed_text, value_text

if TYPE_CHECKING:
    from collections.abc import Mapping

INPUTS = {
    "records": "records",
    "terms": "terms",
    "annex": "calendars",
    "adjustments": "adjustments",
    "reported": "reported values",
}
COUNTS = ("n", "numerator", "denominator")
COMPARED = (
    *COUNTS,
    "value",
    "verdict",
    "minimum",
    "expected",
    "reported_by",
    "exact",
    "excluded",
    "left_out",
    "note",
)


@dataclass(frozen=True, slots=True)
class Moved:
    """One level that moved; `points` is the difference of its value, `money` that of its credit or points."""

    level: str
    name: str
    before: str
    after: str
    points: str
    n: str
    verdict_before: str
    status_before: str
    verdict_after: str
    status_after: str
    money: str
    is_dearer: bool


@dataclass(frozen=True, slots=True)
class RevisionView:
    """The levels that moved, the credit before and after, and which inputs are not those of before."""

    moved: tuple[Moved, ...]
    credit_before: str
    credit_after: str
    credit_moved: str
    is_dearer: bool
    changed_inputs: tuple[str, ...]
    sentence: str


def revision_view(before: Mapping[str, Any], after: Mapping[str, Any]) -> RevisionView:
    """What stands in `after` that did not stand in `before`; a level of one of them only moves from or to nothing."""
    old = {level["id"]: level for level in before["levels"]}
    new = {level["id"]: level for level in after["levels"]}
    owed = (owed_of(before), owed_of(after))
    moved = tuple(
        _moved(old.get(level), new.get(level), owed[0].get(level), owed[1].get(level))
        for level in [*new, *(one for one in old if one not in new)]
        if _differs(old.get(level), new.get(level)) or owed[0].get(level) != owed[1].get(level)
    )
    key = "points" if is_in_points(after) else "credit"
    sums = [total_of(before), total_of(after)]
    difference = sums[1] - sums[0]
    return RevisionView(
        moved,
        f"{sums[0]:,f}",
        f"{sums[1]:,f}",
        signed_text(difference),
        difference > 0,
        tuple(word for name, word in INPUTS.items() if before["inputs"][name] != after["inputs"][name]),
        _sentence(len(moved), difference, after, key),
    )


def _differs(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> bool:
    return old is None or new is None or any(old[key] != new[key] for key in COMPARED)


def _moved(
    old: Mapping[str, Any] | None,
    new: Mapping[str, Any] | None,
    owed_before: Decimal | None,
    owed_after: Decimal | None,
) -> Moved:
    level = new or old
    assert level is not None  # noqa: S101 - at least one of the two holds the level
    unit = level["unit"]
    values = [None if one is None else one["value"] for one in (old, new)]
    first, second = values
    points = "" if first is None or second is None else signed_text(Decimal(second) - Decimal(first))
    nothing = Decimal(0)
    difference = (nothing if owed_after is None else owed_after) - (
        nothing if owed_before is None else owed_before
    )
    has_money = owed_before is not None or owed_after is not None
    return Moved(
        level["id"],
        level["name"],
        "–" if values[0] is None else amount_text(values[0]),
        value_text(values[1], unit),
        points,
        _counts(old, new),
        verdict_words(old) if old else "",
        status_of(old) if old else "",
        verdict_words(new) if new else "",
        status_of(new) if new else "",
        signed_text(difference) if has_money else "",
        difference > 0,
    )


def _counts(old: Mapping[str, Any] | None, new: Mapping[str, Any] | None) -> str:
    """How n moved, where it did."""
    counts = ["–" if one is None or one["n"] is None else f"{one['n']:,}" for one in (old, new)]
    return "" if counts[0] == counts[1] else f"{counts[0]} to {counts[1]}"


def _sentence(moved: int, difference: Decimal, after: Mapping[str, Any], key: str) -> str:
    if not moved:
        return "No level moved."
    what = "One level moved" if moved == 1 else f"{moved} levels moved"
    if after["consequence"] is None:
        return f"{what}."
    unit = "points" if key == "points" else after["consequence"]["currency"]
    if not difference:
        return f"{what}; the {'points' if key == 'points' else 'credit'} did not."
    return f"{what}, and the {'sum' if key == 'points' else 'credit'} by {signed_text(difference)} {unit}."
