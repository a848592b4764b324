"""One line of Microsoft Project XML: an activity with its dates, links, bounds, progress and baselines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.kernel.scheduling.mspdi import (
    IN_DAYS,
    IN_ELAPSED_HOURS,
    IN_HOURS,
    LINK_KINDS,
    OWN_FIELDS,
    STARTS_FROM,
    STARTS_ON,
)
from handfast.kernel.scheduling.mspdi_links import HUNDRED, TENTH_OF_MINUTE_US
from handfast.kernel.scheduling.mspdi_text import Tag, length_text, local_text, safe_text, tags

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from handfast.kernel.scheduling.mspdi import MspdiBaseline
    from handfast.kernel.scheduling.plan import Activity, Link
    from handfast.kernel.scheduling.schedule import Dated, Schedule


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a line stands in its file."""

    schedule: Schedule
    dated: Dated
    uid: int
    number: int
    level: int

    def local(self, instant_us: int | None) -> str | None:
        return None if instant_us is None else local_text(instant_us, self.schedule.plan.zone)


@dataclass(frozen=True, slots=True)
class Progress:
    """How much open time a line takes in all, and how much of it is left."""

    length_us: int
    left_us: int

    @property
    def percent(self) -> int:
        return (self.length_us - self.left_us) * HUNDRED // self.length_us if self.length_us else 0


def summary_tag(uid: int, number: int, name: str, span: tuple[int, int], zone: str) -> Tag:
    found = tags(
        UID=uid,
        ID=number,
        Name=safe_text(name),
        OutlineLevel=1,
        Start=local_text(span[0], zone),
        Finish=local_text(span[1], zone),
        Summary=True,
    )
    return Tag("Task", found)


def hidden_tag(placed: Placed, id_: str, name: str, lead: str) -> Tag:
    """What a reader may not know: its dates, whose it is, and nothing else."""
    dated = placed.dated
    found = tags(
        UID=placed.uid,
        ID=placed.number,
        Name=safe_text(name),
        OutlineLevel=placed.level,
        Start=placed.local(dated.starts_us),
        Finish=placed.local(dated.ends_us),
        Duration=length_text(dated.ends_us - dated.starts_us),
        DurationFormat=IN_ELAPSED_HOURS,
        ConstraintType=STARTS_ON,
        CalendarUID=-1,
        ConstraintDate=placed.local(dated.starts_us),
    )
    return Tag("Task", [*found, *_own_tags({"Handfast id": id_, "Handfast lead": lead})])


def task_tag(
    placed: Placed,
    activity: Activity,
    calendar_uid: int | None,
    others: Mapping[str, int],
    baselines: Sequence[MspdiBaseline],
) -> Tag:
    """`calendar_uid` None: around the clock; `others` has the UID of each that it waits for."""
    dated, actual = placed.dated, activity.actual
    progress = _progress(placed, activity)
    is_over = actual.finished_us is not None
    bound, bound_us = _constraint(activity)
    unit = IN_DAYS if activity.estimate.likely.unit == "d" else IN_HOURS
    found = tags(
        UID=placed.uid,
        ID=placed.number,
        Name=safe_text(activity.name),
        Type=1,
        OutlineLevel=placed.level,
        Start=placed.local(dated.starts_us),
        Finish=placed.local(dated.ends_us),
        Duration=length_text(progress.length_us),
        DurationFormat=IN_ELAPSED_HOURS if calendar_uid is None else unit,
        EffortDriven=False,
        Milestone=activity.kind != "work",
        Summary=False,
        Critical=dated.is_critical,
        FreeSlack=_tenths(dated.free_float_us),
        TotalSlack=_tenths(dated.total_float_us),
        PercentComplete=HUNDRED if is_over else progress.percent,
        ActualStart=placed.local(actual.started_us),
        ActualFinish=placed.local(actual.finished_us),
        RemainingDuration=length_text(progress.left_us),
        ConstraintType=bound,
        CalendarUID=-1 if calendar_uid is None else calendar_uid,
        ConstraintDate=placed.local(bound_us),
        Deadline=placed.local(activity.deadline_us),
        IgnoreResourceCalendar=True,
    )
    is_elapsed = calendar_uid is None
    found += [_link_tag(link, others[link.other], placed, is_elapsed=is_elapsed) for link in activity.after]
    return Tag(
        "Task",
        [*found, *_own_tags(_own_words(activity, others)), *_baseline_tags(placed, activity, baselines)],
    )


def _progress(placed: Placed, activity: Activity) -> Progress:
    """Nothing of what lasts no time; of what goes on what is left from the status; else all of it."""
    actual, dated = activity.actual, placed.dated
    worktime = placed.schedule.worktimes.of(activity)
    if activity.kind != "work":
        return Progress(0, 0)
    if actual.started_us is None:
        return Progress(dated.length_us, dated.length_us)
    if actual.finished_us is not None:
        return Progress(worktime.worked(actual.finished_us) - worktime.worked(actual.started_us), 0)
    as_of_us = placed.schedule.plan.as_of_us or actual.started_us
    done_us = worktime.worked(as_of_us) - worktime.worked(actual.started_us)
    return Progress(dated.length_us, dated.length_us - done_us)


def _constraint(activity: Activity) -> tuple[int, int | None]:
    if activity.fixed_us is not None:
        return STARTS_ON, activity.fixed_us
    return (0, None) if activity.not_before_us is None else (STARTS_FROM, activity.not_before_us)


def _tenths(length_us: int) -> int:
    return length_us // TENTH_OF_MINUTE_US


def _link_tag(link: Link, uid: int, placed: Placed, *, is_elapsed: bool) -> Tag:
    worktimes = placed.schedule.worktimes
    day_us = placed.dated.day_us if link.lag_on is None else worktimes.named(link.lag_on).day_us
    lag_us = link.lag.us_on(day_us)
    sign = -1 if lag_us < 0 else 1
    runs_on = link.lag_on == "elapsed" or (is_elapsed and link.lag_on is None)
    unit = IN_ELAPSED_HOURS if runs_on else IN_DAYS if link.lag.unit == "d" else IN_HOURS
    lag = sign * ((abs(lag_us) + TENTH_OF_MINUTE_US // 2) // TENTH_OF_MINUTE_US)
    kind = LINK_KINDS.index(link.kind)
    return Tag(
        "PredecessorLink",
        tags(PredecessorUID=uid, Type=kind, CrossProject=False, LinkLag=lag, LagFormat=unit),
    )


def _own_words(activity: Activity, others: Mapping[str, int]) -> dict[str, str]:
    """What the format has no place for; a lag's calendar by the UID and the kind of its link."""
    lags = [f"{others[link.other]}{link.kind}:{link.lag_on}" for link in activity.after if link.lag_on]
    hidden_us = activity.not_before_us if activity.fixed_us is not None else None
    return {
        "Handfast id": activity.id,
        "Handfast lead": activity.lead,
        "Handfast kind": "gate" if activity.kind == "gate" else "",
        "Handfast lags": " ".join(lags),
        "Handfast not before": "" if hidden_us is None else str(hidden_us),
    }


def _own_tags(words: Mapping[str, str]) -> list[Tag]:
    return [
        Tag("ExtendedAttribute", tags(FieldID=OWN_FIELDS[alias], Value=word))
        for alias, word in words.items()
        if word
    ]


def _baseline_tags(placed: Placed, activity: Activity, kept: Sequence[MspdiBaseline]) -> list[Tag]:
    """Those that a file had, and the plan's own as number 0 where it is none of them."""
    found: dict[int, tuple[str | None, str | None, str | None]] = {
        one.number: (
            None if one.starts is None else one.starts.isoformat(),
            None if one.ends is None else one.ends.isoformat(),
            None if one.length_us is None else length_text(one.length_us),
        )
        for one in kept
    }
    if activity.baseline is not None:
        own = placed.local(activity.baseline.starts_us), placed.local(activity.baseline.ends_us)
        if own not in [one[:2] for one in found.values()]:
            found[0] = (*own, None)
    return [
        Tag("Baseline", tags(Number=number, Start=starts, Finish=ends, Duration=length))
        for number, (starts, ends, length) in sorted(found.items())
    ]
