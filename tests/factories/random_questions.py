"""Random questions about a random case: every kind, every counting instant, every rule for the unfinished."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from tests.factories.random_cases import DAY, MINUTE, RECORDS, Case

from handfast.kernel.quantity import Span
from handfast.kernel.servicelevels.questions import (
    AttributeTotal,
    Condition,
    IntervalQuestion,
    IntervalsAtTarget,
    IntervalSums,
    OutcomeCounts,
    Population,
    Roster,
    RosterPage,
    RosterPlace,
    Tally,
    TimeRanks,
    TimeTotal,
    WithinTarget,
)

if TYPE_CHECKING:
    from handfast.kernel.servicelevels.questions import Question, RecordQuestion, RosterOrder

TEXTS = ("a", "b", "o'é", "none has it")
TARGETS = (0, 1, MINUTE, 37 * MINUTE, 60 * MINUTE, 480 * MINUTE, 3 * DAY)
KINDS = ("within", "within", "tally", "time", "attribute", "ranks", "roster", "page", "page", "place")


def questions_of(seed: int, case: Case, count: int) -> list[Question]:
    """Some questions about one case, every kind once in a while."""
    rng = Random(seed)  # noqa: S311 - chance, no secret
    return [_question(rng, case) for _ in range(count)]


def everyone(seed: int, case: Case) -> list[Question]:
    """Start, stop, due, time, exclusion and reopenings of every record, by each counting instant."""
    target = Random(seed).choice((*TARGETS, *case.targets))  # noqa: S311 - chance, no secret
    span = Span(case.instants[0] - DAY, case.instants[-1] + 12 * DAY)
    types = ("duplicate", "force")
    populations = [
        Population(0, "resolution", span, by, "as it stands", (), types, target)
        for by in ("start", "stop", "due")
    ]
    return [*(Roster(one, 100) for one in populations), AttributeTotal(populations[0], "reopenings")]


def _condition(rng: Random) -> Condition:
    match rng.choice(("text", "missing", "size", "reopenings")):
        case "text":
            return Condition(
                "kind", among=tuple(rng.sample(TEXTS, rng.randrange(1, 4))), is_negated=rng.random() < 0.5
            )
        case "missing":
            return Condition(rng.choice(("kind", "size")), is_missing=rng.random() < 0.5)
        case "size":
            lowest, highest = rng.choice(((None, 0), (0, None), (-5, 250), (1, 10**16)))
            return Condition("size", lowest=lowest, highest=highest)
    return rng.choice(
        (
            Condition("reopenings", highest=0),
            Condition("reopenings", lowest=1),
            Condition("reopenings", lowest=2),
        )
    )


def _conditions(rng: Random) -> tuple[Condition, ...]:
    return tuple(_condition(rng) for _ in range(rng.choice((0, 0, 1, 2))))


def _population(rng: Random, case: Case) -> Population:
    instants = case.instants
    first, second = sorted(rng.choices(instants, k=2))
    return Population(
        0,
        "resolution",
        rng.choice((Span(first, second), Span(instants[0], instants[-1] + 12 * DAY))),
        rng.choice(("start", "stop", "due")),
        rng.choice(("left out", "missed", "as it stands")),
        _conditions(rng),
        rng.choice(((), ("duplicate",), ("duplicate", "force"))),
        rng.choice((*TARGETS, *case.targets)),
        rng.choice((None, None, Span(first, second))),
        rng.choice((None,) * 9 + ("R1", "R,10")),
    )


def _question(rng: Random, case: Case) -> Question:
    population = _population(rng, case)
    match kind := rng.choice(KINDS):
        case "ranks":
            return TimeRanks(population, tuple(rng.choices(range(1, 7), k=rng.randrange(4))))
        case "roster":
            return Roster(population, rng.randrange(5), rng.randrange(3))
        case "page" | "place":
            return _roster_question(rng, case, is_page=kind == "page")
    return _record_question(rng, case, population, kind)


def _record_question(rng: Random, case: Case, population: Population, kind: str) -> RecordQuestion:
    match kind:
        case "within":
            return WithinTarget(population, rng.choice((*TARGETS, *case.targets)), rng.random() < 0.5)
        case "tally":
            return Tally(population, _conditions(rng))
        case "time":
            return TimeTotal(population)
    return AttributeTotal(population, "size")


def _roster_question(rng: Random, case: Case, *, is_page: bool) -> Question:
    """A page, or the place of a record, behind one to three questions of any kind; the outcomes counted at times."""
    of = tuple(
        _record_question(rng, case, _population(rng, case), rng.choice(KINDS[:5]))
        for _ in range(rng.choice((1, 1, 2, 3)))
    )
    if rng.random() < 0.2:
        return OutcomeCounts(of)
    outcomes = rng.choice(((), (), ("missed",), ("met", "counted"), ("left out", "excluded", "no value")))
    order: RosterOrder = rng.choice(("longest", "longest", "record"))
    if is_page:
        return RosterPage(of, rng.randrange(8), rng.randrange(4), outcomes, order)
    return RosterPlace(of, rng.choice((*RECORDS, "unknown")), outcomes, order)


def interval_rows_of(seed: int) -> list[tuple[int, str, int, int, int]]:
    """Up to twelve rows over seven half hours, some of them empty, some of them huge."""
    rng = Random(seed)  # noqa: S311 - chance, no secret
    counts = (0, 0, 1, 3, 4, 20, 10**14)
    return [
        (
            rng.randrange(7) * 30 * MINUTE,
            rng.choice(TEXTS),
            rng.choice(counts),
            rng.choice(counts),
            rng.choice(counts),
        )
        for _ in range(rng.randrange(13))
    ]


def interval_questions_of(seed: int, count: int) -> list[Question]:
    rng = Random(seed)  # noqa: S311 - chance, no secret
    return [_interval_question(rng) for _ in range(count)]


def _interval_question(rng: Random) -> Question:
    first, second = sorted(rng.choices(range(8), k=2))
    where = (
        (Condition("queue", among=("a", "b"), is_negated=rng.random() < 0.5),) if rng.random() < 0.4 else ()
    )
    asked = IntervalQuestion(
        "calls", Span(first * 30 * MINUTE, second * 30 * MINUTE), where, _side(rng), _side(rng)
    )
    if rng.random() < 0.4:
        return IntervalSums(asked)
    numerator, denominator = rng.choice(((4, 5), (1, 1), (0, 1), (1, 3)))
    return IntervalsAtTarget(asked, numerator, denominator, *(rng.random() < 0.5 for _ in range(3)))


def _side(rng: Random) -> tuple[tuple[int, str], ...]:
    names = ("offered", "in_time", "talk")
    return tuple((rng.choice((1, 1, -1)), rng.choice(names)) for _ in range(rng.randrange(1, 4)))
