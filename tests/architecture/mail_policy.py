"""The policy of what is asked and answered by mail."""

from __future__ import annotations

from tests.architecture.rules import OPEN, SEE, Rule, can, write

KEEP = can("keep-registers")
_REQUESTS = "/api/governance/entries/{item}/decision-requests"
PAGES: dict[str, dict[str, Rule]] = {
    "governance:ask_decision": write(KEEP),
    "journeys:decide": {"GET": OPEN, "POST": OPEN},
}
OPERATIONS: dict[str, Rule] = {
    f"GET {_REQUESTS}": SEE,
    f"POST {_REQUESTS}": KEEP,
    "POST /api/governance/decision-requests/{decision_request}/answer": can(
        "keep-registers", "person", "decider"
    ),
}
