"""The days on which each side does not work, and on which neither does."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from handfast.kernel.scheduling.calendars import by_day
from handfast.kernel.worktime.compiling import compile_calendar
from handfast.kernel.worktime.written import WrittenCalendar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handfast.transition.models import Plan

EPOCH = date(1970, 1, 1)
A_DAY = timedelta(days=1)


def closed_days(plan: Plan, first: date, last: date) -> dict[str, frozenset[date]]:
    """From `first` to `last`: the days closed for "client" alone, for "provider" alone, and for "both"."""
    open_on = {side: frozenset(_open_days(plan, side, first, last)) for side in ("client", "provider")}
    days = frozenset(first + step * A_DAY for step in range((last - first).days + 1))
    client, provider = days - open_on["client"], days - open_on["provider"]
    return {"client": client - provider, "provider": provider - client, "both": client & provider}


def _open_days(plan: Plan, side: str, first: date, last: date) -> Iterator[date]:
    written = WrittenCalendar.model_validate(plan.calendars[side])
    compiled = compile_calendar(written, first=first, last=last)
    if compiled.opens_us.size:
        days, _ = by_day(compiled.zone, compiled.opens_us, compiled.closes_us)
        for day in set(days.tolist()):
            yield EPOCH + day * A_DAY
