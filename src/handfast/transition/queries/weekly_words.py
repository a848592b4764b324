"""A frozen week in words: the same lines on the page, in the mail and on the slide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from handfast.transition.queries.promised import said_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

KINDS = {
    "change": "Answer the proposed change of {name}",
    "baseline": "Agree to {name}",
    "freeze": "Answer the freeze “{name}”",
    "step": "{name} is said to be red: agree on the path to green",
}
IN_CONTRACT = "Agreed in the contract"


@dataclass(frozen=True, slots=True)
class Said:
    """One line: whose it is (a side, joint, either), what, and its days or whom it waits for."""

    side: str
    what: str
    fact: str


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its lines, and what stands there when there are none."""

    title: str
    none: str
    lines: tuple[Said, ...]


def sentence_of_week(body: Mapping[str, Any]) -> str:
    """The week in one sentence."""
    live = body["live"]
    if live is None:
        return "The plan has no activities."
    later = live["later_days"]
    said = f", {later} working day{'s' if later != 1 else ''} later than agreed" if later else ""
    counts = (
        f"{len(body['done'])} done this week, {len(body['late'])} late, {len(body['moved'])} moved, "
        f"{len(body['decisions'])} to decide"
    )
    return f"{live['name']} is foreseen for {day_text(live['ends_on'])}{said}; {counts}."


def sections_of(body: Mapping[str, Any], names: Mapping[str, str]) -> tuple[Section, ...]:
    """Done, late, next, moved, decisions needed, and where the contract fixes dates how they stand.

    `names` are the sides'. Weeks that were frozen before there was such a section have none.
    """
    agreed = tuple(_agreed(body.get("agreed", ())))
    found = (
        Section("Done", "Nothing was finished.", tuple(_done(body["done"]))),
        Section("Late", "Nothing is late.", tuple(_late(body["late"], names))),
        Section("Next week", "Nothing begins.", tuple(_next(body["next"]))),
        Section("Moved", "No day has moved.", moved_lines(body["moved"])),
        Section(
            "Decisions needed", "Nothing waits for a decision.", tuple(_decided(body["decisions"], names))
        ),
    )
    return (*found, Section(IN_CONTRACT, "", agreed)) if agreed else found


def remarks_of(body: Mapping[str, Any], names: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Side, its name and what it remarked."""
    return [(side, names[side], text) for side, text in body["remarks"].items() if side in names]


def day_text(iso: str) -> str:
    """`12 Jun 2026`."""
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%b %Y}"


def whom(side: str, names: Mapping[str, str]) -> str:
    """A side by its name; both by theirs."""
    return names.get(side) or (" and " if side == "joint" else " or ").join(names.values())


def _agreed(rows: Iterable[Mapping[str, Any]]) -> Iterable[Said]:
    for one in rows:
        yield Said(one["lead"], one["name"], said_of(one))


def _done(rows: Iterable[Mapping[str, Any]]) -> Iterable[Said]:
    for one in rows:
        yield Said(one["lead"], one["name"], day_text(one["on"]))


def _late(rows: Iterable[Mapping[str, Any]], names: Mapping[str, str]) -> Iterable[Said]:
    for one in rows:
        before = f" to finish {one['before']}" if one["before"] else ""
        waits = f"waits for {whom(one['waits_for'], names)}{before}"
        yield Said(one["lead"], one["name"], f"due {day_text(one['due_on'])}; {waits}")


def _next(rows: Iterable[Mapping[str, Any]]) -> Iterable[Said]:
    for one in rows:
        days = day_text(one["ends_on"])
        if one["kind"] == "work":
            days = f"{day_text(one['starts_on'])} to {days}"
        yield Said(one["lead"], one["name"], days)


def moved_lines(rows: Iterable[Mapping[str, Any]]) -> tuple[Said, ...]:
    """What moved, from which day to which."""
    return tuple(_moved(rows))


def _moved(rows: Iterable[Mapping[str, Any]]) -> Iterable[Said]:
    for one in rows:
        days = abs(one["days"])
        way = f"{days} day{'s' if days != 1 else ''} {'later' if one['days'] > 0 else 'earlier'}"
        yield Said(one["lead"], one["name"], f"{day_text(one['from'])} to {day_text(one['to'])}, {way}")


def _decided(rows: Iterable[Mapping[str, Any]], names: Mapping[str, str]) -> Iterable[Said]:
    for one in rows:
        what = KINDS[one["kind"]].format(name=one["name"])
        yield Said(one["waits_for"], what, f"waits for {whom(one['waits_for'], names)}")
