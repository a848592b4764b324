"""Who may do what where a running deal is brought in and looked over: a part of the policy table."""

from __future__ import annotations

from tests.architecture.rules import SEE, Rule, can, form, read, write

MAKE, PEOPLE = can("make-statements"), can("manage-people")
PAGES: dict[str, dict[str, Rule]] = {
    "operate:reported_months": read(),
    "operate:bring_in_figures": form(MAKE, MAKE),
    "operate:figures_export": read(),
    "operate:figures_template_export": read(),
    "operate:withdraw_sheet": write(can("make-statements", "maker", "sheet")),
    "journeys:bring_in": read(),
    "journeys:skip_step": write(can("manage-engagement")),
    "journeys:take_up_step": write(can("manage-engagement")),
    "journeys:people_several": form(PEOPLE, PEOPLE),
    "journeys:health": read(),
    "journeys:health_export": read(),
}
OPERATIONS: dict[str, Rule] = {
    "GET /api/operate/engagements/{engagement}/figure-sheets": SEE,
    "POST /api/operate/engagements/{engagement}/figure-sheets": MAKE,
    "GET /api/operate/engagements/{engagement}/figures-as-reported": SEE,
    "POST /api/operate/figure-sheets/{sheet}/withdrawal": can("make-statements", "maker", "sheet"),
    "GET /api/journeys/engagements/{engagement}/health": SEE,
    "GET /api/journeys/engagements/{engagement}/bring-in": SEE,
    "POST /api/journeys/engagements/{engagement}/invitations/several": PEOPLE,
    "POST /api/journeys/engagements/{engagement}/bring-in/skipped": can("manage-engagement"),
    "POST /api/journeys/engagements/{engagement}/bring-in/skipped/{skipped}/return": can("manage-engagement"),
}
