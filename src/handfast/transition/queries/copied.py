"""The first wave's activities and links as those of a later wave: shifted, stretched, and nothing of them done yet."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from handfast.kernel.scheduling.plan import MILLIONTHS, Duration
from handfast.kernel.scheduling.writing import duration_text
from handfast.kernel.scheduling.written import duration_of
from handfast.transition.models import Activity, Link
from handfast.transition.queries.waves import prefix_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, timedelta

    from handfast.transition.models import Plan, Wave

WHOLE = 100
LENGTHS = ("low", "likely", "high")
DAYS = ("not_before_on", "fixed_on", "deadline_on")
A_TENTH_OF_A_DAY, A_MINUTE = MILLIONTHS // 10, 60 * MILLIONTHS


def copied_activities(
    plan: Plan, wave: Wave, sources: Sequence[Activity], links: Iterable[Link], *, percent: int
) -> dict[UUID, Activity]:
    """By the id of what is copied its copy, which is not written yet.

    Whatever waits for nothing that is copied too begins with the wave. What the contract fixes is not copied: it
    was agreed for the first wave. Progress, remaining time and baseline are not either.
    """
    known = {one.pk for one in sources}
    followers = {one.after_id for one in links if one.before_id in known}
    by = wave.starts_on - plan.starts_on
    last = max((one.position for one in sources), default=0)
    found = {}
    for one in sources:
        position = last * (wave.number - 1) + one.position
        copy = _copy(one, wave, by=by, position=position, percent=percent)
        found[one.pk] = copy if one.pk in followers else _first(copy, wave)
    return found


def copied_links(links: Iterable[Link], copies: dict[UUID, Activity]) -> list[Link]:
    """The links of the copies: to each other, and to what was done once for all waves."""
    return [
        Link(
            space_id=one.space_id, plan_id=one.plan_id, kind=one.kind, lag=one.lag, lag_on=one.lag_on,
            before_id=copies[one.before_id].pk if one.before_id in copies else one.before_id,
            after_id=copies[one.after_id].pk,
        )
        for one in links
        if one.after_id in copies
    ]  # fmt: skip


def shifted(activity: Activity, by: timedelta) -> Activity:
    """The same activity with its own days moved; days that are not set stay so."""
    for name in DAYS:
        if (day := getattr(activity, name)) is not None:
            setattr(activity, name, day + by)
    return activity


def stretched(said: str, percent: int) -> str:
    """So many hundredths of a duration: to a tenth of a day, or to a minute, and never nothing of something."""
    if percent == WHOLE or not said:
        return said
    length = duration_of(said)
    grain = A_TENTH_OF_A_DAY if length.unit == "d" else A_MINUTE
    grains = round(Fraction(length.amount * percent, WHOLE * grain))
    return duration_text(Duration(max(grains, bool(length.amount)) * grain, length.unit))


def _first(copy: Activity, wave: Wave) -> Activity:
    day: date | None = copy.not_before_on
    copy.not_before_on = max(day, wave.starts_on) if day else wave.starts_on
    return copy


def _copy(one: Activity, wave: Wave, *, by: timedelta, position: int, percent: int) -> Activity:
    lengths = {name: stretched(getattr(one, name), percent) for name in LENGTHS}
    days = {} if one.agreed_id else {name: getattr(one, name) for name in DAYS}
    made = Activity(
        id=uuid4(), space_id=one.space_id, plan_id=one.plan_id, key=f"{prefix_of(wave.number)}{one.key}",
        position=position, name=one.name, kind=one.kind, lead=one.lead, step_key=one.step_key, wave=wave.number,
        site=one.site, owner_id=one.owner_id, needs=one.needs, **lengths, **days,
    )  # fmt: skip
    return shifted(made, by)
