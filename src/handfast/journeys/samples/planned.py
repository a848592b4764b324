"""What both sides of a sample do with their plan, event by event, in the order of time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from datetime import date, datetime

    from handfast.contract.reading.milestones import MilestoneSaid
    from handfast.journeys.samples.sample import Side


@dataclass(frozen=True, slots=True)
class Made:
    """The plan is made from the template of a size; `calendars` are as the plan's format writes them."""

    at: datetime
    by: Side
    size: str
    starts_on: date
    calendars: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Released:
    """A side says how many of each role it has released."""

    at: datetime
    by: Side
    roles: dict[str, int]


@dataclass(frozen=True, slots=True)
class Sited:
    """A side says that it has a site with days of its own; `calendar` is as the plan's format writes it."""

    at: datetime
    by: Side
    name: str
    calendar: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Promised:
    """A milestone that one side proposes in the contract and the other agrees to.

    `key` is the milestone of the plan that carries it from then on; empty before there is a plan, which is made
    with it.
    """

    at: datetime
    by: Side
    said: MilestoneSaid
    key: str = ""


@dataclass(frozen=True, slots=True)
class WaveNamed:
    """A wave gets its name."""

    at: datetime
    by: Side
    number: int
    changes: dict[str, Any]


@dataclass(frozen=True, slots=True)
class WaveAdded:
    """A further wave repeats all steps of the first."""

    at: datetime
    by: Side
    values: dict[str, Any]
    percent: int
    site: str = ""


@dataclass(frozen=True, slots=True)
class Frozen:
    """Days on which named work does not run, or at part of its strength; `end_on` is the day after the last."""

    at: datetime
    by: Side
    name: str
    first_on: date
    end_on: date
    percent: int
    leads: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnActivity:
    """What only its side sees, and the shared activity that waits for it."""

    at: datetime
    by: Side
    name: str
    likely: str
    wave: int
    before: str


@dataclass(frozen=True, slots=True)
class Baselined:
    """One side proposes the dates as the baseline, the other agrees."""

    at: datetime
    by: Side


@dataclass(frozen=True, slots=True)
class Reported:
    """Both sides report what has ended or begun by the evening of `on`, as the dates say.

    `remaining` names those that take longer, with what remains.
    """

    at: datetime
    on: date
    remaining: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChangeProposed:
    """One side proposes new values of an activity; nobody has answered yet."""

    at: datetime
    by: Side
    key: str
    changes: dict[str, Any]
    reason: str


PlanEvent = (
    Made
    | Promised
    | Released
    | Sited
    | WaveNamed
    | WaveAdded
    | Frozen
    | OwnActivity
    | Baselined
    | Reported
    | ChangeProposed
)
