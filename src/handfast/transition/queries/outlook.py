"""What the simulation of a plan told both sides, as it is kept with the plan and read again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from handfast.foundation.models import Outgoing
from handfast.kernel.quantity import Share

if TYPE_CHECKING:
    from handfast.transition.models import Plan

SIMULATE_PLAN = "transition.simulate_plan"
PERCENT = 10


@dataclass(frozen=True, slots=True)
class Foreseen:
    """How sure one shared date is: the likely path's, those of P10, P50, P80 and P90, and the agreed one with its chance."""

    activity_id: UUID
    likely_at: datetime
    p10_at: datetime
    p50_at: datetime
    p80_at: datetime
    p90_at: datetime
    agreed_at: datetime | None
    agreed_runs: int


@dataclass(frozen=True, slots=True)
class Bought:
    """What the go-live comes sooner, in hundredths of a working day, where one activity goes as well as it can.

    An activity that is internal has no id here, only whose it is.
    """

    activity_id: UUID | None
    internal_to: str
    sooner_hundredths: int


@dataclass(frozen=True, slots=True)
class Bar:
    """The runs that reach the go-live after one instant and until another."""

    after_at: datetime
    until_at: datetime
    runs: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """The answers of one simulation. `live` is the next go-live; `driving` has the runs in which an activity drives it.

    `waves` has the go-live of each wave by its number.
    """

    version: int
    dated_at: datetime
    runs: int
    seed: int
    live: Foreseen
    milestones: tuple[Foreseen, ...]
    driving: tuple[tuple[UUID, int], ...]
    buys: tuple[Bought, ...]
    bars: tuple[Bar, ...]
    waves: tuple[tuple[int, Foreseen], ...] = ()

    def share_of(self, runs: int) -> Share:
        """So many runs, of all."""
        return Share(runs, self.runs)


@dataclass(frozen=True, slots=True)
class Simulating:
    """A simulation that waits or runs: the share that is done, in parts of a hundred, and what the worker says."""

    percent: int
    said: str


def outlook_of(plan: Plan) -> Outlook | None:
    """The last outlook, or None before the first."""
    said = plan.outlook
    if not said:
        return None
    return Outlook(
        said["version"], _instant(said["dated_at"]), said["runs"], said["seed"], _foreseen(said["live"]),
        tuple(_foreseen(one) for one in said["milestones"]),
        tuple((UUID(one["activity"]), one["runs"]) for one in said["driving"]),
        tuple(
            Bought(UUID(one["activity"]) if one["activity"] else None, one["internal_to"], one["sooner_hundredths"])
            for one in said["buys"]
        ),
        tuple(Bar(_instant(one["after_at"]), _instant(one["until_at"]), one["runs"]) for one in said["bars"]),
        tuple((one["wave"], _foreseen(one)) for one in said.get("waves", ())),
    )  # fmt: skip


def plain_of(outlook: Outlook) -> dict[str, Any]:
    """An outlook as it is kept: texts and whole numbers. Law: `outlook_of` reads the same one."""
    return {
        "version": outlook.version,
        "dated_at": outlook.dated_at.isoformat(),
        "runs": outlook.runs,
        "seed": outlook.seed,
        "live": _plain(outlook.live),
        "milestones": [_plain(one) for one in outlook.milestones],
        "driving": [{"activity": str(activity), "runs": runs} for activity, runs in outlook.driving],
        "buys": [
            {
                "activity": str(one.activity_id) if one.activity_id else "", "internal_to": one.internal_to,
                "sooner_hundredths": one.sooner_hundredths,
            }
            for one in outlook.buys
        ],
        "bars": [
            {"after_at": one.after_at.isoformat(), "until_at": one.until_at.isoformat(), "runs": one.runs}
            for one in outlook.bars
        ],
        "waves": [{"wave": number, **_plain(one)} for number, one in outlook.waves],
    }  # fmt: skip


def simulating(plan: Plan) -> Simulating | None:
    """The simulation that is under way for a plan, which came through the fence; None where none is."""
    waiting = Outgoing.objects.filter(
        kind=SIMULATE_PLAN, subject_id=plan.pk, done_at__isnull=True, failed_at__isnull=True
    )
    row = waiting.order_by("-due_at").first()
    return Simulating(row.done_share // PERCENT, row.said or "waiting for the worker") if row else None


def _foreseen(said: dict[str, Any]) -> Foreseen:
    agreed = said["agreed_at"]
    return Foreseen(
        UUID(said["activity"]), _instant(said["likely_at"]), _instant(said["p10_at"]), _instant(said["p50_at"]),
        _instant(said["p80_at"]), _instant(said["p90_at"]), _instant(agreed) if agreed else None, said["agreed_runs"],
    )  # fmt: skip


def _plain(one: Foreseen) -> dict[str, Any]:
    return {
        "activity": str(one.activity_id),
        "likely_at": one.likely_at.isoformat(),
        "p10_at": one.p10_at.isoformat(),
        "p50_at": one.p50_at.isoformat(),
        "p80_at": one.p80_at.isoformat(),
        "p90_at": one.p90_at.isoformat(),
        "agreed_at": one.agreed_at.isoformat() if one.agreed_at else "",
        "agreed_runs": one.agreed_runs,
    }


def _instant(said: str) -> datetime:
    return datetime.fromisoformat(said)
