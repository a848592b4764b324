"""What an engine is asked and what it answers: typed, and in whole numbers only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol, get_args

if TYPE_CHECKING:
    from handfast.kernel.quantity import Span
    from handfast.kernel.servicelevels.measure_terms import CountedBy, Unfinished

# What became of a record behind a figure: met, missed and counted are in n, the others are not.
Outcome = Literal["met", "missed", "counted", "left out", "no value", "excluded"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
# By time: those in n first, those left out or without a value next, the excluded last, each the longest first.
RosterOrder = Literal["longest", "record"]


@dataclass(frozen=True, slots=True)
class Condition:
    """One attribute tested; `among` and `lowest`/`highest` (scaled integers) must all hold.

    `among` None tests no text; `is_negated` turns `among` round, and then a missing value passes.
    `is_missing` True lets only missing values pass, False only present ones.
    """

    attribute: str
    among: tuple[str, ...] | None = None
    is_negated: bool = False
    lowest: int | None = None
    highest: int | None = None
    is_missing: bool | None = None


@dataclass(frozen=True, slots=True)
class Population:
    """Which records count: those of `clock` whose counting instant lies in `span`.

    `excluded_types` are the adjustment types that take a record out. `target_us` is needed where
    records count by their due instant. `version` says under which version of the terms the clock runs;
    `started_in`, where given, keeps only the records whose clock started in it,
    `only` the one record by that id.
    """

    version: int
    clock: str
    span: Span
    counted_by: CountedBy
    unfinished: Unfinished
    where: tuple[Condition, ...] = ()
    excluded_types: tuple[str, ...] = ()
    target_us: int | None = None
    started_in: Span | None = None
    only: str | None = None


@dataclass(frozen=True, slots=True)
class WithinTarget:
    """How many records are within the target; at exactly the target as `is_met_at_target` says."""

    population: Population
    target_us: int
    is_met_at_target: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """How many records count, and how many of them also pass `also`."""

    population: Population
    also: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class TimeTotal:
    """Sum of the clock's time, in microseconds."""

    population: Population


@dataclass(frozen=True, slots=True)
class AttributeTotal:
    """Sum of a numeric attribute, as its scaled integer; records without a value are not in n."""

    population: Population
    attribute: str


@dataclass(frozen=True, slots=True)
class TimeRanks:
    """The clock's times at 1-based ranks, smallest first."""

    population: Population
    ranks: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class IntervalQuestion:
    """Sums over interval totals: each term is (sign, name of a total)."""

    source: str
    span: Span
    where: tuple[Condition, ...]
    of: tuple[tuple[int, str], ...]
    to: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class IntervalSums:
    """The two sums over all rows, in the finest scale of the totals that they name."""

    intervals: IntervalQuestion


@dataclass(frozen=True, slots=True)
class IntervalsAtTarget:
    """How many intervals reach `of / to >= numerator / denominator` (or <= where lower is better)."""

    intervals: IntervalQuestion
    numerator: int
    denominator: int
    is_higher_better: bool
    is_met_at_target: bool
    is_empty_met: bool


@dataclass(frozen=True, slots=True)
class Roster:
    """The records behind a figure, by id; at most `limit`, from `offset`."""

    population: Population
    limit: int
    offset: int = 0


RecordQuestion = WithinTarget | Tally | TimeTotal | AttributeTotal


@dataclass(frozen=True, slots=True)
class OutcomeCounts:
    """How many of the records behind a figure came to each outcome.

    `of` are the questions whose answers add up to the figure: one for each version of the terms that judges.
    """

    of: tuple[RecordQuestion, ...]


@dataclass(frozen=True, slots=True)
class RosterPage:
    """The records behind a figure with one of the `outcomes` (none named: any), `limit` of them from `offset`."""

    of: tuple[RecordQuestion, ...]
    limit: int
    offset: int = 0
    outcomes: tuple[Outcome, ...] = ()
    order: RosterOrder = "longest"


@dataclass(frozen=True, slots=True)
class RosterPlace:
    """Where a record stands among those that the same `RosterPage` would list, and who stands beside it."""

    of: tuple[RecordQuestion, ...]
    record: str
    outcomes: tuple[Outcome, ...] = ()
    order: RosterOrder = "longest"


@dataclass(frozen=True, slots=True)
class Counted:
    """n records counted, `hits` of them as asked; `total` a sum; left out are undecided, excluded by type."""

    n: int
    hits: int = 0
    total: int = 0
    left_out: int = 0
    excluded: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Ranked:
    """n, and the value in microseconds at each rank that was asked for."""

    n: int
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class IntervalAnswer:
    """`rows` interval rows; the two sums, or n intervals with `hits` at target and `empty` without any."""

    rows: int
    of: int = 0
    to: int = 0
    n: int = 0
    hits: int = 0
    empty: int = 0


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One record behind a figure: instants in microseconds; `stop_us` None while unfinished."""

    record: str
    start_us: int
    stop_us: int | None
    counted_at_us: int
    elapsed_us: int
    excluded: str | None


@dataclass(frozen=True, slots=True)
class Rows:
    rows: tuple[RosterRow, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Outcomes:
    """Each outcome that occurs with its number of records, in the order of `OUTCOMES`."""

    counts: tuple[tuple[Outcome, int], ...]


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """A record with its outcome; `part` is the place in `of` of the question that judges it."""

    part: int
    outcome: Outcome
    row: RosterRow


@dataclass(frozen=True, slots=True)
class RosterRows:
    """The rows of one page, and how many there are on all pages."""

    rows: tuple[JudgedRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class RecordPlace:
    """`place` counts from 1; `previous` and `next` are record ids, None at the ends."""

    place: int
    judged: JudgedRow
    previous: str | None
    next: str | None


@dataclass(frozen=True, slots=True)
class RecordPlaces:
    """One place; none where the record is not among the `total`, several where two versions count it."""

    places: tuple[RecordPlace, ...]
    total: int


Question = (
    RecordQuestion
    | TimeRanks
    | IntervalSums
    | IntervalsAtTarget
    | Roster
    | OutcomeCounts
    | RosterPage
    | RosterPlace
)
Answer = Counted | Ranked | IntervalAnswer | Rows | Outcomes | RosterRows | RecordPlaces


class Engine(Protocol):
    """Answers questions about the evidence it was opened on; `close` frees what it holds."""

    name: str

    def answer(self, question: Question) -> Answer: ...

    def close(self) -> None: ...
