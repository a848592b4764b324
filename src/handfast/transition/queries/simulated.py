"""Simulate a plan over both sides' spaces, and keep of it only what both may be told."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING
from uuid import UUID

from handfast.kernel.quantity import moment_of
from handfast.kernel.scheduling.schedule import schedule
from handfast.kernel.scheduling.simulate import simulate
from handfast.transition.queries.answers import sides_of_spaces
from handfast.transition.queries.outlook import Bar, Bought, Foreseen, Outlook
from handfast.transition.queries.planned import planned
from handfast.transition.queries.plans import rows_of
from handfast.transition.queries.waves import is_go_live, next_go_live

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import datetime

    from handfast.kernel.scheduling.chances import Chances
    from handfast.kernel.scheduling.plan import Plan as Planned
    from handfast.kernel.scheduling.simulate import Simulation
    from handfast.transition.models import Plan

RUNS = 10_000
# What buys most is tried on one block of runs at most: more would change nothing but the time it takes.
BUYING_RUNS = 2_000
MOST_BUYS = 5
MOST_BARS = 32
HUNDREDTHS = 100


@dataclass(frozen=True, slots=True)
class Question:
    """A plan as the simulation takes it: with what is internal to either side, so it never leaves the job."""

    version: int
    dated_at: datetime
    seed: int
    planned: Planned
    live: str
    waves: tuple[tuple[int, str], ...]


def question_of(plan: Plan, spaces: Mapping[UUID, UUID | None]) -> Question | None:
    """What is to be simulated, in the reach of the job; None for a plan without dates. Raises PlanRefused."""
    rows = rows_of(plan)
    found = planned(rows, internal_spaces=sides_of_spaces(plan, spaces))
    shared = [one for one in rows.activities if one.space_id == plan.space_id]
    if plan.dated_at is None or not shared:
        return None
    following = next_go_live(shared)
    if following is not None:
        live = str(following.pk)
    else:
        ends = schedule(found).by_id
        live = str(max(shared, key=lambda one: ends[str(one.pk)].ends_us).pk)
    waves = tuple((one.wave, str(one.pk)) for one in shared if is_go_live(one))
    return Question(plan.version, plan.dated_at, seed_of(plan), found, live, waves)


def seed_of(plan: Plan) -> int:
    """The same for one version of one plan, whoever asks and whenever."""
    return int.from_bytes(sha256(f"{plan.pk}:{plan.version}".encode()).digest()[:4])


def simulated(
    question: Question, *, runs: int = RUNS, progress: Callable[[int, int], None] | None = None
) -> Outlook:
    """Run the plan so often. Of what is internal nothing is kept but that a side has something that buys time."""
    plan, live = question.planned, question.live
    found = simulate(plan, runs=runs, seed=question.seed, chains_to=_chains_to(question), progress=progress)
    chances = found.milestones_by_id
    shared = {one.id for one in plan.activities if one.internal_to is None}
    either = found.worktimes.named("either")
    return Outlook(
        question.version,
        question.dated_at,
        found.runs,
        found.seed,
        _foreseen(found, chances[live]),
        tuple(
            _foreseen(found, chances[one.id])
            for one in plan.activities
            if one.id in shared and one.kind != "work"
        ),
        tuple(_driving(found, live, shared)),
        tuple(_buys(question)),
        tuple(
            Bar(moment_of(one.after_us), moment_of(one.until_us), one.runs)
            for one in chances[live].histogram(either, most_bins=MOST_BARS)
        ),
        tuple((number, _foreseen(found, chances[id_])) for number, id_ in question.waves),
    )


def _chains_to(question: Question) -> tuple[str, ...]:
    """The next go-live first, then those of all waves."""
    return tuple(dict.fromkeys((question.live, *(id_ for _, id_ in question.waves))))


def _foreseen(found: Simulation, chances: Chances) -> Foreseen:
    assert chances.id is not None  # noqa: S101 - only the plan as a whole has none
    kept = next((one for one in found.kept if one.id == chances.id and one.kind == "baseline"), None)
    p10, p50, p80, p90 = (moment_of(chances.quantiles[percent]) for percent in (10, 50, 80, 90))
    return Foreseen(
        UUID(chances.id), moment_of(chances.likely_us), p10, p50, p80, p90,
        moment_of(kept.wanted_us) if kept else None, kept.share.numerator if kept else 0,
    )  # fmt: skip


def _driving(found: Simulation, live: str, shared: set[str]) -> Iterator[tuple[UUID, int]]:
    for id_, share in found.critical_to(live).items():
        if id_ in shared and share.numerator:
            yield UUID(id_), share.numerator * found.runs // share.denominator


def _buys(question: Question) -> Iterator[Bought]:
    """What brings the go-live nearer, the best first; of each side's internal activities the best one, unnamed."""
    plan = _up_to(question.planned, question.live)
    told: set[str] = set()
    buys = simulate(plan, runs=BUYING_RUNS, seed=question.seed).buys
    for one in buys:
        side = plan.activities[plan.places[one.id]].internal_to
        hundredths = int(one.days * HUNDREDTHS)
        if hundredths <= 0 or len(told) == MOST_BUYS or (side and side in told):
            continue
        told.add(side or one.id)
        yield Bought(None if side else UUID(one.id), side or "", hundredths)


def _up_to(plan: Planned, live: str) -> Planned:
    """The part of a plan that its go-live waits for: so that its end is the go-live."""
    wanted, asked = {live}, [live]
    while asked:
        for link in plan.activities[plan.places[asked.pop()]].after:
            if link.other not in wanted:
                wanted.add(link.other)
                asked.append(link.other)
    risks = (
        replace(one, activities=tuple(id_ for id_ in one.activities if id_ in wanted)) for one in plan.risks
    )
    return replace(
        plan,
        activities=tuple(one for one in plan.activities if one.id in wanted),
        risks=tuple(one for one in risks if one.activities),
    )
