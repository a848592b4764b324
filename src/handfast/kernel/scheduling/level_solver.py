"""The one module that knows OR-Tools: whole variables, intervals under a capacity, the least of one variable."""

from __future__ import annotations

from dataclasses import dataclass
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

POLL_S = 0.1
SEED = 1


@dataclass(frozen=True, slots=True)
class Solved:
    """The values of the best answer (None where none was found), and what is proven of the least.

    `is_proven`: the answer is the least there is. `is_impossible`: it is proven that there is none.
    """

    values: tuple[int, ...] | None
    bound: int
    is_proven: bool
    is_impossible: bool


class Model:
    """Builds one question. Variables are numbers, counted from 0."""

    def __init__(self) -> None:
        # Imported when the first model is built: the library takes over a second to load.
        from ortools.sat.python import cp_model  # noqa: PLC0415 - slow to load

        self._library = cp_model
        self._model = cp_model.CpModel()
        self._variables: list[Any] = []
        self._least: int | None = None
        self._low = 0

    def whole(self, low: int, high: int) -> int:
        """A variable from `low` to `high`, both included."""
        self._variables.append(self._model.new_int_var(low, high, ""))
        return len(self._variables) - 1

    def not_before(self, later: int, earlier: int, lag: int = 0) -> None:
        """`later >= earlier + lag`."""
        self._model.add(self._variables[later] >= self._variables[earlier] + lag)

    def looked_up(
        self, index: int, table: Sequence[int], low: int, later: int, *, is_equal: bool = False
    ) -> None:
        """`later >= table[index - low]`, or equal to it."""
        place = self._variables[index] - low
        if is_equal:
            self._model.add_element(place, list(table), self._variables[later])
            return
        found = self._model.new_int_var(min(table), max(table), "")
        self._model.add_element(place, list(table), found)
        self._model.add(self._variables[later] >= found)

    def span(self, start: int, length: int) -> Any:
        """An interval of fixed length."""
        return self._model.new_fixed_size_interval_var(self._variables[start], length, "")

    def stretch(self, start: int, end: int, most: int) -> Any:
        """An interval between two variables, of at most so much."""
        size = self._model.new_int_var(0, most, "")
        return self._model.new_interval_var(self._variables[start], size, self._variables[end], "")

    def within(self, intervals: Sequence[Any], demands: Sequence[int], capacity: int) -> None:
        """At no time do the intervals that run ask for more than the capacity."""
        self._model.add_cumulative(list(intervals), list(demands), capacity)

    def least(self, variable: int, low: int) -> None:
        """Ask for the least of one variable, of which nothing under `low` is wanted."""
        self._least, self._low = variable, low
        self._model.minimize(self._variables[variable])

    def hint(self, variable: int, value: int) -> None:
        self._model.add_hint(self._variables[variable], value)

    def solve(
        self,
        *,
        seconds: int,
        workers: int,
        progress: Callable[[float, int, int], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> Solved:
        """The best answer within so many seconds, or until `cancelled()`, which is asked ten times a second.

        With one worker and time enough to prove its answer, the same model has the same answer: the seed is fixed.
        """
        solver = self._library.CpSolver()
        solver.parameters.max_time_in_seconds = seconds
        solver.parameters.num_workers = workers
        solver.parameters.random_seed = SEED
        over = Event()
        watcher = Thread(target=_watch, args=(solver, cancelled, over), daemon=True)
        if cancelled is not None:
            watcher.start()
        try:
            status = solver.solve(self._model, self._told(progress))
        finally:
            over.set()
        library = self._library
        if status in (library.OPTIMAL, library.FEASIBLE):
            values = tuple(int(solver.value(one)) for one in self._variables)
            return Solved(values, self._proven(solver.best_objective_bound), status == library.OPTIMAL, False)
        is_impossible = status == library.INFEASIBLE
        return Solved(None, self._low, False, is_impossible)

    def _proven(self, bound: float) -> int:
        """The bound as a whole number, never above what is proven: whole already, but for the last bits."""
        return max(self._low, round(bound) if abs(bound - round(bound)) < POLL_S else int(bound))

    def _told(self, progress: Callable[[float, int, int], None] | None) -> Any:
        if progress is None:
            return None
        proven, heard = self._proven, progress

        class Told(self._library.CpSolverSolutionCallback):  # type: ignore[misc, name-defined]  # the library is loaded late
            def on_solution_callback(self) -> None:
                heard(self.wall_time, int(self.objective_value), proven(self.best_objective_bound))

        return Told()


def _watch(solver: Any, cancelled: Callable[[], bool], over: Event) -> None:
    while not over.wait(POLL_S):
        if cancelled():
            solver.stop_search()
            return
