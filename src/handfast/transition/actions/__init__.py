"""The verbs of transition."""

from handfast.transition.actions.activities import add_activity, amend_activity, remove_activity
from handfast.transition.actions.agreed import take_in_agreed
from handfast.transition.actions.baseline import agree_baseline, propose_baseline
from handfast.transition.actions.bulk import change_together
from handfast.transition.actions.changes import (
    accept_change,
    decline_change,
    propose_change,
    withdraw_change,
)
from handfast.transition.actions.covers import agree_cover, propose_cover
from handfast.transition.actions.dating import date_now, date_plan
from handfast.transition.actions.deliverables import (
    agree_to_silence,
    amend_deliverable,
    bring_back_deliverable,
    plan_deliverable,
    withdraw_deliverable,
)
from handfast.transition.actions.frame import amend_plan
from handfast.transition.actions.freezes import accept_freeze, declare_freeze, decline_freeze, lift_freeze
from handfast.transition.actions.growing import (
    accept_growth,
    decline_growth,
    grow_plan,
    propose_growth,
    withdraw_growth,
)
from handfast.transition.actions.links import link_activities, unlink_activities
from handfast.transition.actions.making import make_plan
from handfast.transition.actions.moves import keep_told
from handfast.transition.actions.offers import extend_plan, map_phases, offer_plan, take_over
from handfast.transition.actions.outlook import keep_outlook, simulate_now
from handfast.transition.actions.progress import report_progress
from handfast.transition.actions.reviewing import (
    accept_deliverable,
    deem_accepted,
    reject_deliverable,
    submit_deliverable,
)
from handfast.transition.actions.sheets import add_own_rows, save_sheet
from handfast.transition.actions.status import lift_rag, override_rag
from handfast.transition.actions.steps import amend_step
from handfast.transition.actions.templates import (
    amend_template,
    bring_back_template,
    keep_plan_as_template,
    keep_template,
    rename_template,
    retire_template,
)
from handfast.transition.actions.undoing import undo_change
from handfast.transition.actions.waves import add_wave, amend_wave, remove_wave
from handfast.transition.actions.weeks import ask_for_weeks, freeze_week, remark_on_week, stop_weeks

__all__ = [
    "accept_change",
    "accept_deliverable",
    "accept_freeze",
    "accept_growth",
    "add_activity",
    "add_own_rows",
    "add_wave",
    "agree_baseline",
    "agree_cover",
    "agree_to_silence",
    "amend_activity",
    "amend_deliverable",
    "amend_plan",
    "amend_step",
    "amend_template",
    "amend_wave",
    "ask_for_weeks",
    "bring_back_deliverable",
    "bring_back_template",
    "change_together",
    "date_now",
    "date_plan",
    "declare_freeze",
    "decline_change",
    "decline_freeze",
    "decline_growth",
    "deem_accepted",
    "extend_plan",
    "freeze_week",
    "grow_plan",
    "keep_outlook",
    "keep_plan_as_template",
    "keep_template",
    "keep_told",
    "lift_freeze",
    "lift_rag",
    "link_activities",
    "make_plan",
    "map_phases",
    "offer_plan",
    "override_rag",
    "plan_deliverable",
    "propose_baseline",
    "propose_change",
    "propose_cover",
    "propose_growth",
    "reject_deliverable",
    "remark_on_week",
    "remove_activity",
    "remove_wave",
    "rename_template",
    "report_progress",
    "retire_template",
    "save_sheet",
    "simulate_now",
    "stop_weeks",
    "submit_deliverable",
    "take_in_agreed",
    "take_over",
    "undo_change",
    "unlink_activities",
    "withdraw_change",
    "withdraw_deliverable",
    "withdraw_growth",
]
