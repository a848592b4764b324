"""From which day a part may be tried again: so many working days of the trainees' side after the last try."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from handfast.kernel.quantity import instant_of
from handfast.kernel.worktime.wholedays import whole_days
from handfast.kernel.worktime.written import WrittenCalendar
from handfast.kernel.worktime.zones import zone_named
from handfast.transition.queries.review_clock import calendar_of_side

if TYPE_CHECKING:
    from datetime import date

    from handfast.learning.models import Trainee


def try_again_on(trainee: Trainee, last_on: date, wait_days: int) -> date:
    """The first day of the next try: the day of the last one where none must lie between."""
    if not wait_days:
        return last_on
    taught = trainee.training_class
    calendar, _ = calendar_of_side(taught.engagement, taught.side)
    written = WrittenCalendar.model_validate(calendar)
    after = datetime.combine(last_on + timedelta(days=1), time(), zone_named(written.zone))
    return whole_days(written, instant_of(after), wait_days).counted[-1]
