"""Who may do what at the gates: a part of the policy table."""

from __future__ import annotations

from tests.architecture.rules import SEE, Rule, can, form, read, write

PLANNING, REPORTING = can("manage-plan"), can("report-progress")
WAITS, OWES = can("manage-plan", "maker", "dependency"), can("manage-plan", "other", "relief")
ASKED_RELIEF = can("manage-plan", "maker", "relief")
OTHER_SIDE = can("manage-plan", "other", "waiver")
OPENED_IT = can("manage-plan", "maker", "decision")
PAGES: dict[str, dict[str, Rule]] = {
    "readiness:readiness": form(PLANNING),
    "readiness:readiness_export": read(),
    "readiness:steps": read(),
    "readiness:steps_export": read(),
    "readiness:step": read(),
    "readiness:dependencies": read(),
    "readiness:dependencies_export": read(),
    "readiness:relief_ask": write(WAITS),
    "readiness:relief_grant": write(OWES),
    "readiness:relief_decline": write(OWES),
    "readiness:relief_withdraw": write(ASKED_RELIEF),
    "readiness:gate_add": write(PLANNING),
    "readiness:gate": form(PLANNING),
    "readiness:gate_amend": write(PLANNING),
    "readiness:criterion_add": write(PLANNING),
    "readiness:criterion": form(PLANNING),
    "readiness:criterion_attest": write(REPORTING),
    "readiness:criterion_drop": write(PLANNING),
    "readiness:criterion_take_up": write(PLANNING),
    "readiness:waiver_ask": write(PLANNING),
    "readiness:waiver_approve": write(OTHER_SIDE),
    "readiness:waiver_decline": write(OTHER_SIDE),
    "readiness:waiver_end": write(PLANNING),
    "readiness:gate_sign": write(PLANNING),  # this gate names no roles
    "readiness:gate_decline": write(PLANNING),
    "readiness:gate_withdraw": write(OPENED_IT),
    "readiness:gate_repeat": write(PLANNING),
    "readiness:gate_snapshot": read(),
    "readiness:condition_fulfil": write(PLANNING),
}
_HERE = "/api/readiness/engagements/{engagement}"
_GATE, _CRITERION = "/api/readiness/gates/{gate}", "/api/readiness/criteria/{criterion}"
_RELIEF = "/api/readiness/reliefs/{relief}"
_WAIVER, _DECISION = "/api/readiness/waivers/{waiver}", "/api/readiness/decisions/{decision}"
OPERATIONS: dict[str, Rule] = {
    f"GET {_HERE}/proofs": SEE,
    f"GET {_HERE}/steps": SEE,
    f"GET {_HERE}/dependencies": SEE,
    "POST /api/readiness/dependencies/{dependency}/reliefs": WAITS,
    f"POST {_RELIEF}/grant": OWES,
    f"POST {_RELIEF}/refusal": OWES,
    f"POST {_RELIEF}/withdrawal": ASKED_RELIEF,
    f"GET {_HERE}/gates": SEE,
    f"POST {_HERE}/gates": PLANNING,
    f"POST {_HERE}/gates/more": PLANNING,
    f"GET {_GATE}": SEE,
    f"PUT {_GATE}": PLANNING,
    f"POST {_GATE}/criteria": PLANNING,
    f"POST {_GATE}/decisions": PLANNING,
    f"GET {_CRITERION}": SEE,
    f"PUT {_CRITERION}": PLANNING,
    f"POST {_CRITERION}/drop": PLANNING,
    f"POST {_CRITERION}/return": PLANNING,
    f"POST {_CRITERION}/words": REPORTING,
    f"POST {_CRITERION}/waivers": PLANNING,
    f"POST {_WAIVER}/approval": OTHER_SIDE,
    f"POST {_WAIVER}/refusal": OTHER_SIDE,
    f"POST {_WAIVER}/end": PLANNING,
    f"GET {_DECISION}/snapshot": SEE,
    f"POST {_DECISION}/signature": PLANNING,
    f"POST {_DECISION}/refusal": PLANNING,
    f"POST {_DECISION}/withdrawal": OPENED_IT,
    f"POST {_DECISION}/repeat": PLANNING,
    "POST /api/readiness/conditions/{condition}/fulfilment": PLANNING,
}
