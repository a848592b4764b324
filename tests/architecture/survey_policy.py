"""Who may do what with surveys: a part of the policy table."""

from __future__ import annotations

from tests.architecture.rules import OPEN, SEE, Rule, can, form, read, write

PLANNING, SENDING = can("manage-plan"), can("manage-plan", "maker", "survey")
PAGES: dict[str, dict[str, Rule]] = {
    "surveys:surveys": form(PLANNING),
    "surveys:survey": form(SENDING),
    "surveys:survey_invite": write(SENDING),
    "surveys:survey_open": write(SENDING),
    "surveys:survey_close": write(SENDING),
    "surveys:survey_remind": write(SENDING),
    "surveys:survey_export": read(),
    "surveys:surveys_export": read(),
    "surveys:answer": form(OPEN, OPEN),
}
_HERE, _ONE = "/api/surveys/engagements/{engagement}", "/api/surveys/surveys/{survey}"
OPERATIONS: dict[str, Rule] = {
    f"GET {_HERE}/questionnaires": SEE,
    f"GET {_HERE}/surveys": SEE,
    f"POST {_HERE}/surveys": PLANNING,
    f"GET {_ONE}": SEE,
    f"PUT {_ONE}": SENDING,
    f"POST {_ONE}/invitations": SENDING,
    f"POST {_ONE}/opening": SENDING,
    f"POST {_ONE}/closing": SENDING,
    f"POST {_ONE}/reminder": SENDING,
    f"GET {_ONE}/results": SEE,
}
