"""The policy of what is asked and answered by mail, and of channels."""

from __future__ import annotations

from tests.architecture.rules import OPEN, SEE, Rule, can, form, write

KEEP, MANAGE = can("keep-registers"), can("manage-engagement")
_REQUESTS = "/api/governance/entries/{item}/decision-requests"
PAGES: dict[str, dict[str, Rule]] = {
    "governance:ask_decision": write(KEEP),
    "journeys:channels": form(MANAGE),
    "journeys:try_channel": write(MANAGE),
    "journeys:stop_channel": write(MANAGE),
    "journeys:decide": {"GET": OPEN, "POST": OPEN},
}
OPERATIONS: dict[str, Rule] = {
    "GET /api/journeys/engagements/{engagement}/channels": SEE,
    "POST /api/journeys/engagements/{engagement}/channels": MANAGE,
    "POST /api/journeys/channels/{channel}/test": MANAGE,
    "POST /api/journeys/channels/{channel}/stop": MANAGE,
    f"GET {_REQUESTS}": SEE,
    f"POST {_REQUESTS}": KEEP,
    "POST /api/governance/decision-requests/{decision_request}/answer": can(
        "keep-registers", "person", "decider"
    ),
}
