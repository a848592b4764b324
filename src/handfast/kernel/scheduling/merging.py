"""A provider's own plan beside ours: its phases mapped to our steps, what each has that the other lacks."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from handfast.kernel.names import listed, near
from handfast.kernel.scheduling.refusals import PlanRefused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from handfast.kernel.scheduling.plan import Activity, Link, Plan, Step

# How alike two names are at least to be taken for one activity, of 1.
ALIKE_SHARE = 0.8
# Names are compared with each other in a step of at most so many pairs; in a larger one only the same name is found.
MOST_PAIRS = 250_000


@dataclass(frozen=True, slots=True)
class Pair:
    """One activity in both plans, by the id that each gives it; `is_same_name` False: only nearly."""

    own: str
    theirs: str
    is_same_name: bool


@dataclass(frozen=True, slots=True)
class StepMerge:
    """One of our steps: what both have, what only we have, what only they have; ids in the order of each plan."""

    step: str
    pairs: tuple[Pair, ...]
    only_own: tuple[str, ...]
    only_theirs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unmapped:
    """A phase of theirs that nobody has mapped: its activities, and the step that was perhaps meant."""

    phase: str
    name: str
    activities: tuple[str, ...]
    suggested: str | None


@dataclass(frozen=True, slots=True)
class Merge:
    """By step in our order. `additions` are what only they have, ready to stand in our plan after its activities."""

    steps: tuple[StepMerge, ...]
    unmapped: tuple[Unmapped, ...]
    additions: tuple[Activity, ...]
    remarks: tuple[str, ...]


def suggested_steps(own: Plan, theirs: Plan) -> dict[str, str]:
    """For each phase of theirs the step of ours with the nearest name, where one is near."""
    keys = {step.name: step.key for step in reversed(own.steps)}
    found: dict[str, str] = {}
    for phase in theirs.steps:
        name = next((name for said in _said(phase) if (name := near(said, keys))), None)
        if name is not None:
            found[phase.key] = keys[name]
    return found


def merged(own: Plan, theirs: Plan, mapping: Mapping[str, str]) -> Merge:
    """Both plans side by side; `mapping` leads from the key of a phase of theirs to the key of a step of ours.

    What is internal to a side is not compared. Raises PlanRefused where the mapping names what is not there.
    """
    _check(own, theirs, mapping)
    keys = [step.key for step in own.steps] or sorted({one.step for one in own.activities})
    steps = [_step(key, own, theirs, mapping) for key in keys]
    suggested = suggested_steps(own, theirs)
    unmapped = tuple(
        Unmapped(phase.key, phase.name, _ids(one for one in theirs.activities if one.step == phase.key), suggested.get(phase.key))
        for phase in theirs.steps
        if phase.key not in mapping
    )  # fmt: skip
    additions, remarks = _Adding(own, theirs, mapping, steps).added()
    loose = _ids(one for one in theirs.activities if not one.step)
    if loose:
        remarks.append(f"{len(loose)} of their activities stand under no phase and are not compared")
    return Merge(tuple(steps), unmapped, additions, tuple(remarks))


def _said(phase: Step) -> tuple[str, ...]:
    """A phase by its own name first, then by its whole path."""
    return phase.name.rsplit(" / ", 1)[-1], phase.name


def _check(own: Plan, theirs: Plan, mapping: Mapping[str, str]) -> None:
    phases = {step.key for step in theirs.steps}
    steps = {step.key for step in own.steps}
    for phase, step in mapping.items():
        if phase not in phases:
            raise PlanRefused(f"the mapping: their plan has no phase {phase!r}; it has {listed(phases)}")
        if step not in steps:
            raise PlanRefused(
                f"the mapping of {phase!r}: there is no step {step!r}; there are {listed(steps)}"
            )


def _ids(ones: Iterable[Activity]) -> tuple[str, ...]:
    return tuple(one.id for one in ones)


def _step(key: str, own: Plan, theirs: Plan, mapping: Mapping[str, str]) -> StepMerge:
    ours = [one for one in own.activities if one.step == key and one.internal_to is None]
    others = [one for one in theirs.activities if mapping.get(one.step) == key and one.internal_to is None]
    pairs = _pairs(ours, others)
    of_us, of_them = {pair.own for pair in pairs}, {pair.theirs for pair in pairs}
    return StepMerge(
        key,
        pairs,
        _ids(one for one in ours if one.id not in of_us),
        _ids(one for one in others if one.id not in of_them),
    )


def _pairs(ours: Sequence[Activity], others: Sequence[Activity]) -> tuple[Pair, ...]:
    """One to one: first those of the same name, then of what is left the most alike."""
    waiting: dict[str, list[Activity]] = {}
    for other in others:
        waiting.setdefault(_plain(other.name), []).append(other)
    found = [
        Pair(one.id, same.pop(0).id, is_same_name=True)
        for one in ours
        if (same := waiting.get(_plain(one.name)))
    ]
    own_ids, their_ids = {pair.own for pair in found}, {pair.theirs for pair in found}
    left = [one for one in ours if one.id not in own_ids]
    lacking = [one for one in others if one.id not in their_ids]
    if len(left) * len(lacking) <= MOST_PAIRS:
        found += _nearly(left, lacking)
    order = {one.id: place for place, one in enumerate(ours)}
    return tuple(sorted(found, key=lambda pair: order[pair.own]))


def _nearly(ours: Sequence[Activity], others: Sequence[Activity]) -> list[Pair]:
    alike: list[tuple[float, int, int]] = []
    for place, one in enumerate(ours):
        matcher = difflib.SequenceMatcher(b=_plain(one.name), autojunk=False)
        for other_place, other in enumerate(others):
            matcher.set_seq1(_plain(other.name))
            if matcher.quick_ratio() >= ALIKE_SHARE and (share := matcher.ratio()) >= ALIKE_SHARE:
                alike.append((-share, place, other_place))
    found: dict[int, int] = {}
    for _, place, other_place in sorted(alike):
        if place not in found and other_place not in found.values():
            found[place] = other_place
    return [Pair(ours[place].id, others[other].id, is_same_name=False) for place, other in found.items()]


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


class _Adding:
    """What only they have, with links that hold in our plan."""

    def __init__(
        self, own: Plan, theirs: Plan, mapping: Mapping[str, str], steps: Sequence[StepMerge]
    ) -> None:
        self._own, self._theirs, self._mapping = own, theirs, mapping
        wanted = {id_ for step in steps for id_ in step.only_theirs}
        self._ids = {pair.theirs: pair.own for step in steps for pair in step.pairs}
        used = {*own.places, *self._ids.values()}
        for one in theirs.activities:
            if one.id in wanted:
                self._ids[one.id] = _free(one.id, used)
                used.add(self._ids[one.id])
        self._wanted = [one for one in theirs.activities if one.id in wanted]
        self._remarks: list[str] = []

    def added(self) -> tuple[tuple[Activity, ...], list[str]]:
        return tuple(self._addition(one) for one in self._wanted), self._remarks

    def _addition(self, one: Activity) -> Activity:
        site = one.site
        if site and not any(site in party.sites for party in self._own.parties):
            self._remarks.append(f"{one.id}: our plan has no site {site!r}: it works on its side's calendar")
            site = ""
        if one.actual.started_us is not None:
            self._remarks.append(f"{one.id}: what has happened to it is not taken over")
        return replace(
            one,
            id=self._ids[one.id],
            step=self._mapping[one.step],
            site=site,
            after=tuple(self._links(one)),
            actual=type(one.actual)(),
        )

    def _links(self, one: Activity) -> Iterable[Link]:
        for link in one.after:
            if link.other in self._ids:
                yield replace(link, other=self._ids[link.other])
            else:
                self._remarks.append(f"{one.id} waits for {link.other}, which is not taken over: left out")


def _free(id_: str, used: set[str]) -> str:
    """The id, or with a number where ours has it already."""
    if id_ not in used:
        return id_
    number = 2
    while f"{id_}.{number}" in used:
        number += 1
    return f"{id_}.{number}"
