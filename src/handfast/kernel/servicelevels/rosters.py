"""The records behind a level's figure: how many came to what, page by page, and where one of them stands."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from handfast.kernel.servicelevels import asking
from handfast.kernel.servicelevels.periods import month_of, pieces
from handfast.kernel.servicelevels.questions import (
    OutcomeCounts,
    Outcomes,
    RecordPlaces,
    RosterPage,
    RosterPlace,
    RosterRows,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handfast.kernel.quantity import Span
    from handfast.kernel.servicelevels.questions import (
        Engine,
        JudgedRow,
        Outcome,
        Population,
        RecordQuestion,
        RosterOrder,
    )
    from handfast.kernel.servicelevels.terms import Terms

# More than a log may hold.
EVERYONE = 100_000_000


@dataclass(frozen=True, slots=True)
class LevelRoster:
    """The records behind one level, asked of an engine.

    `of` are the questions that its figure is made of, one for each version of the terms that judges some of its
    records; none where its measure is not one of records.
    """

    engine: Engine
    of: tuple[RecordQuestion, ...]

    def counts(self) -> dict[Outcome, int]:
        """Each outcome that occurs, with its number of records."""
        answer = self.engine.answer(OutcomeCounts(self.of))
        assert isinstance(answer, Outcomes)  # noqa: S101 - narrows the union for the type checker
        return dict(answer.counts)

    def page(
        self,
        limit: int = EVERYONE,
        offset: int = 0,
        *,
        outcomes: tuple[Outcome, ...] = (),
        order: RosterOrder = "longest",
    ) -> RosterRows:
        """The records with one of the outcomes (none named: all), and how many there are on all pages."""
        answer = self.engine.answer(RosterPage(self.of, limit, offset, outcomes, order))
        assert isinstance(answer, RosterRows)  # noqa: S101 - as above
        return answer

    def place(
        self, record: str, *, outcomes: tuple[Outcome, ...] = (), order: RosterOrder = "longest"
    ) -> RecordPlaces:
        """Where the record stands on these pages, and the records before and after it."""
        answer = self.engine.answer(RosterPlace(self.of, record, outcomes, order))
        assert isinstance(answer, RecordPlaces)  # noqa: S101 - as above
        return answer

    def rows_of(self, record: str) -> tuple[JudgedRow, ...]:
        """What became of one record, without asking about others; nothing where the level does not count it."""
        alone = tuple(replace(one, population=replace(one.population, only=record)) for one in self.of)
        return replace(self, of=alone).page().rows

    def population(self, judged: JudgedRow) -> Population:
        return self.of[judged.part].population

    def target_us(self, judged: JudgedRow) -> int | None:
        """The target that the record was held against; None where its measure has none."""
        return getattr(self.of[judged.part], "target_us", None)


def level_roster(terms: Terms, engine: Engine, measure_id: str, months: Sequence[str]) -> LevelRoster:
    """The records that a level counts in `months`: `measure` and `counted_from` of its line in a statement."""
    populations = asking.populations_of(terms, measure_id, parts_of(terms, months))
    return LevelRoster(engine, tuple(asking.record_question(terms, measure_id, one) for one in populations))


def parts_of(terms: Terms, months: Sequence[str]) -> list[tuple[int, Span]]:
    """The parts of some months, by the version of the terms in force."""
    return [part for month in months for part in pieces(terms, month_of(terms, month).span)]
