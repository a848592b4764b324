"""The lines of the policy for people's own pages."""

from __future__ import annotations

from tests.architecture.rules import OPEN, SEE, SIGNED_IN, Rule, form, read, write

PAGES: dict[str, dict[str, Rule]] = {
    "people:account": form(SIGNED_IN, SIGNED_IN),
    "journeys:own_data": read(SIGNED_IN),
    "journeys:own_data_json": read(SIGNED_IN),
    "people:erase": form(SIGNED_IN, SIGNED_IN),
    "people:mail": form(SIGNED_IN, SIGNED_IN),
    "people:token_new": write(SIGNED_IN),
    "people:token_revoke": write(SEE),
    "people:feed_new": write(SIGNED_IN),
    "people:feed_revoke": write(SEE),
    "people:session_end": write(SEE),
    "people:act_for": write(SEE),
    "people:company_begin": write(OPEN),
    "people:company_back": read(OPEN),
    "people:company_link": write(SIGNED_IN),
    "people:company_unlink": write(SEE),
    "people:organisation_sign_in": write(SIGNED_IN),
    "people:organisation": form(SIGNED_IN, SIGNED_IN),
    "packs:look": form(SIGNED_IN, SIGNED_IN),
    "packs:logo": read(SIGNED_IN),
}
