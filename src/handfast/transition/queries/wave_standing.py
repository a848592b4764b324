"""How each wave stands: when it begins and goes live, how sure that is, how much of it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handfast.transition.queries.outlook import outlook_of
from handfast.transition.queries.waves import is_go_live, rows_in_wave

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from handfast.transition.models import Activity, Wave
    from handfast.transition.queries.outlook import Foreseen
    from handfast.transition.queries.plans import PlanRows

TOLD = ("id", "number", "name", "carries", "criticality", "starts_on", "seen_as")


@dataclass(frozen=True, slots=True)
class Standing:
    """One wave; instants are None while the plan is being dated. `live` is its last activity where none is the go-live."""

    wave: Wave
    live: Activity | None
    begins_at: datetime | None
    live_at: datetime | None
    agreed_at: datetime | None
    activities: int
    done: int
    late: int
    has_begun: bool
    odds: Foreseen | None

    def as_plain(self) -> dict[str, Any]:
        told = {name: getattr(self, name) for name in self.__slots__ if name not in ("wave", "live")}
        return {name: getattr(self.wave, name) for name in TOLD} | told


def standings_of(rows: PlanRows, waves: Sequence[Wave]) -> tuple[Standing, ...]:
    """Every wave in the order of its number, from what the reach sees."""
    outlook = outlook_of(rows.plan)
    odds = dict(outlook.waves) if outlook else {}
    return tuple(_standing(rows_in_wave(rows, one.number, waves), one, odds.get(one.number)) for one in waves)


def _standing(own: PlanRows, wave: Wave, odds: Foreseen | None) -> Standing:
    dated = [(one, own.dates[one.pk]) for one in own.activities if one.pk in own.dates]
    live = next((pair for pair in dated if is_go_live(pair[0])), None)
    live = live or max(dated, key=lambda pair: pair[1].ends_at, default=None)
    return Standing(
        wave,
        live[0] if live else None,
        min((dates.starts_at for _, dates in dated), default=None),
        live[1].ends_at if live else None,
        live[0].baseline_ends_at if live else None,
        len(own.activities),
        sum(one.finished_on is not None for one in own.activities),
        sum(dates.is_late for _, dates in dated),
        any(one.started_on is not None for one in own.activities),
        odds,
    )
