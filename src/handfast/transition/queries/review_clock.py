"""When the review of what is handed in ends, on the reviewer's own calendar, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from handfast.engagement.queries import party_on
from handfast.kernel.quantity import instant_of, moment_of
from handfast.kernel.worktime.wholedays import whole_days
from handfast.kernel.worktime.written import WrittenCalendar
from handfast.transition.models import Plan

if TYPE_CHECKING:
    from datetime import datetime

    from handfast.engagement.models import Engagement
    from handfast.transition.models import Deliverable

USUAL_HOURS = {"mon-fri": ["09:00-17:00"]}
PLANNED, USUAL = "plan", "usual"


@dataclass(frozen=True, slots=True)
class Reckoned:
    """The promised end, the instant with one whole working day left, and what both follow from."""

    ends_at: datetime
    warns_at: datetime
    reckoning: dict[str, Any]


def reckoned(deliverable: Deliverable, at: datetime) -> Reckoned:
    """The review of what is handed in now."""
    written, source = calendar_of(deliverable)
    found = whole_days(WrittenCalendar.model_validate(written), instant_of(at), deliverable.review_days)
    reckoning = {
        "side": deliverable.reviews_side,
        "calendar": source,
        "zone": written["zone"],
        "days": [one.isoformat() for one in found.counted],
        "holidays": [[on.isoformat(), name] for on, name in found.holidays],
    }
    return Reckoned(moment_of(found.ends_us), moment_of(found.before_last_us), reckoning)


def calendar_of(deliverable: Deliverable) -> tuple[dict[str, Any], str]:
    """The reviewing side's calendar as the plan keeps it; before there is a plan, office days in the side's zone."""
    return calendar_of_side(deliverable.engagement, deliverable.reviews_side)


def calendar_of_side(deal: Engagement, side: str) -> tuple[dict[str, Any], str]:
    """A side's calendar as the plan keeps it, and that it does; before there is a plan, office days in the side's zone."""
    plan = Plan.objects.filter(engagement_id=deal.pk).first()
    if plan is not None:
        return plan.calendars[side], PLANNED
    return {"zone": party_on(deal, side).zone, "hours": USUAL_HOURS}, USUAL
