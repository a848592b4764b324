"""The nouns of transition."""

from handfast.transition.models.activity import Activity
from handfast.transition.models.cover import Cover
from handfast.transition.models.dates import Dates
from handfast.transition.models.deliverable import Deliverable
from handfast.transition.models.freeze import Freeze
from handfast.transition.models.growth import Growth
from handfast.transition.models.last_change import LastChange
from handfast.transition.models.link import Link
from handfast.transition.models.offered_plan import OfferedPlan
from handfast.transition.models.plan import Plan
from handfast.transition.models.plan_template import PlanTemplate
from handfast.transition.models.proposed_change import ProposedChange
from handfast.transition.models.review_round import ReviewRound
from handfast.transition.models.status_reader import StatusReader
from handfast.transition.models.step import Step
from handfast.transition.models.step_status import StepStatus
from handfast.transition.models.wave import Wave
from handfast.transition.models.weekly_status import WeeklyStatus

__all__ = [
    "Activity",
    "Cover",
    "Dates",
    "Deliverable",
    "Freeze",
    "Growth",
    "LastChange",
    "Link",
    "OfferedPlan",
    "Plan",
    "PlanTemplate",
    "ProposedChange",
    "ReviewRound",
    "StatusReader",
    "Step",
    "StepStatus",
    "Wave",
    "WeeklyStatus",
]
