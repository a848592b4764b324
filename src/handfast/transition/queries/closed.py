"""The days on which each side does not work, and on which neither does."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from handfast.kernel.scheduling.calendars import open_days
from handfast.kernel.worktime.compiling import compile_calendar
from handfast.kernel.worktime.written import WrittenCalendar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handfast.transition.models import Plan

Closed = dict[str, frozenset[date]]
A_DAY = timedelta(days=1)


def closed_days(plan: Plan, first: date, last: date, *, site: str = "") -> Closed:
    """From `first` to `last`: the days closed for "client" alone, for "provider" alone, and for "both"."""
    open_on = {side: _open_days(plan, side, first, last, site) for side in ("client", "provider")}
    days = frozenset(first + step * A_DAY for step in range((last - first).days + 1))
    client, provider = days - open_on["client"], days - open_on["provider"]
    return {"client": client - provider, "provider": provider - client, "both": client & provider}


def closed_at_sites(plan: Plan, names: Iterable[str], first: date, last: date) -> dict[str, Closed]:
    """As `closed_days`, for each of these sites: of a side that has the site, the days on which it is closed there."""
    return {name: closed_days(plan, first, last, site=name) for name in names}


def open_days_by_lead(plan: Plan, first: date, last: date) -> dict[str, frozenset[date]]:
    """The days from `first` to `last` on which work of each lead runs: joint work on those of both sides."""
    client, provider = (_open_days(plan, side, first, last) for side in ("client", "provider"))
    return {
        "client": client, "provider": provider, "joint": client & provider, "either": client | provider,
    }  # fmt: skip


def _open_days(plan: Plan, side: str, first: date, last: date, site: str = "") -> frozenset[date]:
    written = WrittenCalendar.model_validate(plan.sites.get(side, {}).get(site, plan.calendars[side]))
    return open_days(compile_calendar(written, first=first, last=last))
