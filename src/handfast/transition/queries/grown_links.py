"""The links of a plan that has grown: what people linked stays, the larger template's take the smaller one's place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.transition.models import Link

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from uuid import UUID

    from handfast.transition.models import Activity, Plan
    from handfast.transition.queries.growing import Standing
    from handfast.transition.queries.plans import AnyLink
    from handfast.transition.reading.growths import GrowthMap

Ends = tuple["UUID", "UUID"]
Asked = tuple["UUID", "UUID", str, str]  # before, after, kind, lag


def grown_links(
    plan: Plan,
    by_key: Mapping[str, Activity],
    standings: Sequence[Standing],
    links: Sequence[AnyLink],
    growth: GrowthMap,
) -> tuple[list[Link], list[AnyLink], list[Ends]]:
    """Links to make, links to take out, and pairs that are left out since people linked them the other way.

    What has begun waits for nothing new. A link of the smaller template that people took out does not come back.
    """
    asked, parted = _of_template(by_key, standings, links, growth)
    stood = {one.pk: one for wave in standings for one in wave.stands.values()}
    replaced = {
        key: one
        for key, one in asked.items()
        if {one.before_id, one.after_id} <= stood.keys() and stood[one.after_id].started_on is None
    }
    gone = {one.pk for one in replaced.values()}
    kept = [one for one in links if one.pk not in gone]
    taken = parted | {(one.before_id, one.after_id) for one in kept}
    wanted: dict[tuple[UUID, UUID, str], Asked] = {}
    for one in _wanted(standings, growth):
        if (one[0], one[1]) not in taken:
            wanted.setdefault(one[:3], one)
    fitting, refused = _without_rings([(one.before_id, one.after_id) for one in kept], wanted.values())
    fits = set(fitting)
    out = [one for key, one in replaced.items() if key not in fits]
    made = [
        Link(space_id=plan.space_id, plan=plan, before_id=before, after_id=after, kind=kind, lag=lag)
        for before, after, kind, lag in fitting
        if (before, after, kind, lag) not in replaced
    ]
    return made, out, refused


def _of_template(
    by_key: Mapping[str, Activity], standings: Iterable[Standing], links: Iterable[AnyLink], growth: GrowthMap
) -> tuple[dict[Asked, AnyLink], set[Ends]]:
    """The links that the smaller template made and that are there, and the pairs that people parted."""
    rows = {(one.before_id, one.after_id, one.kind, one.lag): one for one in links if not one.lag_on}
    pairs = {(one.before_id, one.after_id) for one in links}
    found: dict[Asked, AnyLink] = {}
    parted: set[Ends] = set()
    for wave in standings:
        for wait in growth.before.waits:
            before = by_key.get(f"{wave.prefix}{wait.before}") or by_key.get(wait.before)
            after = by_key.get(f"{wave.prefix}{wait.after}")
            if before is None or after is None:
                continue
            key = (before.pk, after.pk, wait.kind, wait.lag)
            if key in rows:
                found[key] = rows[key]
            elif (before.pk, after.pk) not in pairs:
                parted.add((before.pk, after.pk))
    return found, parted


def _wanted(standings: Sequence[Standing], growth: GrowthMap) -> Iterator[Asked]:
    """The larger template's links between what stands for its activities."""
    waits = growth.after.waits
    waited: dict[str, list[str]] = {}
    for wait in waits:
        waited.setdefault(wait.after, []).append(wait.before)
    first = standings[0]
    for wave in standings:
        for wait in waits:
            after = wave.stands.get(wait.after)
            if after is None or after.started_on is not None:
                continue
            before = wave.stands.get(wait.before) or first.stands.get(wait.before)
            if before is not None:
                ends = [(before, wait.kind, wait.lag)]
            else:  # whatever it would wait for is left out: it waits for what that would have waited for
                ends = [(one, "FS", "") for one in _behind(wait.before, waited, wave, first)]
            yield from ((one.pk, after.pk, kind, lag) for one, kind, lag in ends if one.pk != after.pk)


def _behind(
    key: str, waited: Mapping[str, Sequence[str]], wave: Standing, first: Standing
) -> Iterator[Activity]:
    for one in waited.get(key, ()):
        found = wave.stands.get(one) or first.stands.get(one)
        if found is not None:
            yield found
        else:
            yield from _behind(one, waited, wave, first)


def _without_rings(kept: Iterable[Ends], wanted: Iterable[Asked]) -> tuple[list[Asked], list[Ends]]:
    """The wanted links that close no ring with what is there, in their order, and the pairs of the others."""
    after: dict[UUID, set[UUID]] = {}
    for start, end in kept:
        after.setdefault(start, set()).add(end)
    asked = list(wanted)
    whole = {key: set(ends) for key, ends in after.items()}
    for one in asked:
        whole.setdefault(one[0], set()).add(one[1])
    if not _has_ring(whole):
        return asked, []
    fitting, refused = [], []
    for one in asked:
        if _leads_to(after, one[1], one[0]):
            refused.append((one[0], one[1]))
        else:
            after.setdefault(one[0], set()).add(one[1])
            fitting.append(one)
    return fitting, refused


def _has_ring(after: Mapping[UUID, set[UUID]]) -> bool:
    """Whether taking away whatever waits for nothing leaves something."""
    waits: dict[UUID, int] = {}
    for ends in after.values():
        for end in ends:
            waits[end] = waits.get(end, 0) + 1
    free = [one for one in after if one not in waits]
    while free:
        for end in after.get(free.pop(), ()):
            waits[end] -= 1
            if not waits[end]:
                free.append(end)
    return any(waits.values())


def _leads_to(after: Mapping[UUID, set[UUID]], start: UUID, end: UUID) -> bool:
    left, seen = [start], {start}
    while left:
        one = left.pop()
        if one == end:
            return True
        new = after.get(one, set()) - seen
        seen |= new
        left += new
    return False
