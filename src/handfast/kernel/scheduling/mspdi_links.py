"""Links of a Microsoft Project XML file as links of ours: those of summaries spread over what stands under them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

from handfast.kernel.scheduling.mspdi import ELAPSED, ELAPSED_PERCENT, PERCENT, plain_unit
from handfast.kernel.scheduling.plan import Duration, LagOn, Link
from handfast.kernel.scheduling.refusals import MspdiRefused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from handfast.kernel.scheduling.mspdi import MspdiLink, MspdiPlan, MspdiTask
    from handfast.kernel.scheduling.plan import Lead

MOST_LINKS = 500_000
TENTH_OF_MINUTE_US = 6_000_000
HUNDRED = 100
LAGS_ON: tuple[LagOn, ...] = get_args(LagOn)
# As we write it into our own field: the UID and the kind of the link, then the calendar of its lag.
_LAG_ON = re.compile(rf"([0-9]{{1,12}}(?:FS|SS|FF|SF)):({'|'.join(LAGS_ON)})\b")


class FileLinks:
    """The links of one file; what has no place in a plan is said in `remarks`."""

    def __init__(self, found: MspdiPlan, ids: Mapping[int, str], leads: Mapping[int, Lead]) -> None:
        """`ids` has the id that each task gets, `leads` whose task it is, both by UID."""
        self._name = found.name
        self._ids, self._leads = ids, leads
        self._tasks = {task.uid: task for task in found.tasks}
        self._below: dict[int, list[MspdiTask]] = {}
        for task in found.tasks:
            if task.parent_uid is not None:
                self._below.setdefault(task.parent_uid, []).append(task)
        self._spread: dict[int, list[MspdiTask]] = {}
        self.remarks: list[str] = []
        self._count = 0

    def of(self, task: MspdiTask) -> tuple[Link, ...]:
        """What a task waits for: its own links, and those of the summaries that it stands under."""
        words = dict(_LAG_ON.findall(task.own.get("Handfast lags", "")))
        found: dict[Link, None] = {}
        for link in self._asked_of(task):
            others = self._others(link, task)
            self._count += 1 + len(others)
            if self._count > MOST_LINKS:
                raise MspdiRefused(
                    f"{self._name}, task UID {task.uid}, PredecessorLink: over {MOST_LINKS:,} links once those of "
                    "summaries are spread: link the tasks themselves"
                )
            for other in others:
                if other.uid == task.uid:
                    self._say(task, f"waits for itself by way of a summary, UID {link.uid}: left out")
                else:
                    found[self._link(link, other, task, words.get(f"{link.uid}{link.kind}"))] = None
        return tuple(found)

    def _asked_of(self, task: MspdiTask) -> Iterator[MspdiLink]:
        yield from task.links
        above = task.parent_uid
        while above is not None:
            yield from self._tasks[above].links
            above = self._tasks[above].parent_uid

    def _others(self, link: MspdiLink, task: MspdiTask) -> Sequence[MspdiTask]:
        """The tasks that a link waits for; of a summary, all under it."""
        other = self._tasks.get(link.uid)
        if link.is_cross_project or other is None:
            self._say(task, f"waits for UID {link.uid}, which is not in the file: the link is left out")
            return ()
        if not other.is_summary:
            if not other.is_active:
                self._say(task, f"waits for UID {link.uid}, which is inactive: the link is left out")
                return ()
            return (other,)
        if link.kind[0] == "S":
            self._say(
                task, f"waits for the start of the summary UID {link.uid}: here for the start of all under it"
            )
        if link.uid not in self._spread:
            self._spread[link.uid] = self._active_under(other)
        return self._spread[link.uid]

    def _active_under(self, summary: MspdiTask) -> list[MspdiTask]:
        found, left = [], [summary]
        while left:
            below = self._below.get(left.pop().uid, ())
            left += [one for one in below if one.is_summary]
            found += [one for one in below if one.is_active and not one.is_summary]
        return found

    def _link(self, link: MspdiLink, other: MspdiTask, task: MspdiTask, word: str | None) -> Link:
        unit, amount_us = plain_unit(link.unit), link.lag * TENTH_OF_MINUTE_US
        if unit in (PERCENT, ELAPSED_PERCENT):
            amount_us = (other.length_us or 0) * link.lag // HUNDRED
            self._say(task, f"a lag of {link.lag} % of UID {other.uid} is kept as the time that it is now")
        lag_on: LagOn | None = "elapsed" if unit in ELAPSED and amount_us else None
        if lag_on is None and task.is_elapsed and amount_us:
            lag_on = self._leads[task.uid]  # the task runs around the clock, its lags do not
        if word is not None:
            lag_on = next(one for one in LAGS_ON if one == word)
        return Link(self._ids[other.uid], link.kind, Duration(amount_us, "h"), lag_on)

    def _say(self, task: MspdiTask, said: str) -> None:
        remark = f"task UID {task.uid}: {said}"
        if not self.remarks or self.remarks[-1] != remark:
            self.remarks.append(remark)
