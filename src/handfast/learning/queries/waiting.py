"""From which day a part may be tried again: so many working days of the trainees' side after the last try."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from handfast.engagement.queries import party_on
from handfast.kernel.quantity import instant_of
from handfast.kernel.worktime.wholedays import whole_days
from handfast.kernel.worktime.written import WrittenCalendar
from handfast.kernel.worktime.zones import zone_named
from handfast.transition.models import Plan
from handfast.transition.queries.review_clock import USUAL_HOURS

if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from handfast.learning.models import Trainee, TrainingClass


def calendar_of(training_class: TrainingClass) -> dict[str, Any]:
    """The side's calendar as the plan keeps it; before there is a plan, office days in the side's zone."""
    deal, side = training_class.engagement, training_class.side
    plan = Plan.objects.filter(engagement_id=deal.pk).first()
    if plan is not None:
        found: dict[str, Any] = plan.calendars[side]
        return found
    return {"zone": party_on(deal, side).zone, "hours": USUAL_HOURS}


def try_again_on(trainee: Trainee, last_on: date, wait_days: int) -> date:
    """The first day of the next try: the day of the last one where none must lie between."""
    if not wait_days:
        return last_on
    written = WrittenCalendar.model_validate(calendar_of(trainee.training_class))
    after = datetime.combine(last_on + timedelta(days=1), time(), zone_named(written.zone))
    return whole_days(written, instant_of(after), wait_days).counted[-1]
