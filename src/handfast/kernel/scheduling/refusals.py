"""What scheduling refuses: each with its own stable code."""

from __future__ import annotations

from handfast.kernel.refusal import Refusal


class PlanRefused(Refusal):
    """A plan that contradicts itself, or names what it does not hold; `at` is the fault's place in the plan."""

    code = "plan-refused"

    def __init__(self, said: str, *, at: tuple[str | int, ...] = ()) -> None:
        super().__init__(said)
        self.at = at


class PlanTooLarge(PlanRefused):
    """A plan of more activities than are scheduled."""

    code = "plan-too-large"


class PlanHasCycle(PlanRefused):
    """Activities that wait for each other in a ring; the message names the ring."""

    code = "plan-has-cycle"


class CalendarNeverOpen(PlanRefused):
    """An activity's calendar on which its work is never done, however long one waits."""

    code = "calendar-never-open"


class ProjectFileRefused(PlanRefused):
    """A project file of the literature that is not what its format says; the message names the line."""

    code = "project-file-refused"


class SimulationRefused(PlanRefused):
    """A simulation asked for with too few or too many runs, an unknown activity, or a correlation that is none."""

    code = "simulation-refused"


class SimulationCancelled(PlanRefused):
    """A simulation that was cancelled before it was done: part of its runs would be another answer."""

    code = "simulation-cancelled"


class RoleTooSmall(PlanRefused):
    """An activity that needs more of a role than was released: no plan could ever hold it."""

    code = "role-too-small"


class MspdiRefused(PlanRefused):
    """A Microsoft Project XML file that is unsafe, too large or not what its format says; the message names the task."""

    code = "mspdi-refused"


class EstimateRefused(Refusal):
    """An answer from which no length can be estimated; `field` names it."""

    code = "estimate-refused"

    def __init__(self, field: str, fault: str) -> None:
        super().__init__(f"{field}: {fault}")
        self.field, self.fault = field, fault
