"""The verbs of readiness."""

from handfast.readiness.actions.attesting import (
    approve_waiver,
    ask_waiver,
    attest,
    decline_waiver,
    end_waiver,
)
from handfast.readiness.actions.deciding import (
    decline_gate,
    fulfil_condition,
    open_gate_decision,
    sign_gate,
    withdraw_gate_decision,
)
from handfast.readiness.actions.gates import (
    add_criterion,
    amend_criterion,
    drop_criterion,
    lay_out_gates,
    note_standings,
    take_up_criterion,
)
from handfast.readiness.actions.keeping import add_gate, amend_gate
from handfast.readiness.actions.relieving import ask_relief, decline_relief, grant_relief, withdraw_relief
from handfast.readiness.actions.repeating import plan_repeat

__all__ = [
    "add_criterion",
    "add_gate",
    "amend_criterion",
    "amend_gate",
    "approve_waiver",
    "ask_relief",
    "ask_waiver",
    "attest",
    "decline_gate",
    "decline_relief",
    "decline_waiver",
    "drop_criterion",
    "end_waiver",
    "fulfil_condition",
    "grant_relief",
    "lay_out_gates",
    "note_standings",
    "open_gate_decision",
    "plan_repeat",
    "sign_gate",
    "take_up_criterion",
    "withdraw_gate_decision",
    "withdraw_relief",
]
