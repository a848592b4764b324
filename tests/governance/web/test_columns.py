"""The columns of a register are chosen in its address, kept by a view, and leave its files whole."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.factories.cast import joined
from tests.governance.kept import AT, DUE, written
from tests.governance.web.test_registers import csv_of, here, said, sent, signed_in
from tests.governance.web.test_views import views_of

from handfast.governance.queries.columns import columns_of, usual_columns
from handfast.governance.registers import REGISTERS
from handfast.people.actions.memberships import end_membership

if TYPE_CHECKING:
    from django.http import HttpResponse
    from tests.factories.cast import Cast


def heads(response: HttpResponse) -> list[str]:
    return re.findall(r'<th scope="col"(?: class="hf-num")?>([^<]*)</th>', response.content.decode())


def test_usual_columns_are_shown_where_none_are_chosen(cast: Cast) -> None:
    written(cast, cast.owner)
    usual = ["Number", "Issue", "State", "Severity", "Owner", "Due", "Age", "Who sees it"]
    assert heads(signed_in(cast.owner).get(here(cast))) == usual
    everything = ",".join(usual_columns(REGISTERS["issues"]))
    page = signed_in(cast.owner).get(f"{here(cast)}?columns={everything}")
    assert heads(page) == usual
    assert "Save this view…" not in said(page)


SAID = {"day": "2026-04-30", "number": "12.5"}


@pytest.mark.parametrize("register", [one.key for one in REGISTERS.values() if not one.side])
def test_every_column_of_every_register_can_be_shown(cast: Cast, register: str) -> None:
    kept = REGISTERS[register]
    own = {
        one.key: SAID.get(one.kind, "Said so") if not one.choices else one.choices[0][0] for one in kept.own
    }
    written(cast, cast.delivery, register=register, own=own, owner_id=cast.owner.pk, due_on=DUE)
    asked = "&".join(f"columns={key}" for key in columns_of(kept))
    page = signed_in(cast.reader).get(f"{here(cast, 'entries', register)}?{asked}")
    assert heads(page) == ["Number", kept.singular.capitalize(), *columns_of(kept).values()]
    shown = said(page)
    for field in kept.own:
        assert ("30 Apr 2026" if field.kind == "day" else field.shown(own[field.key])) in shown
    assert '<span class="hf-second">Jovana Petrović</span>' in shown


def test_columns_stand_in_their_order_and_are_kept_by_a_view(cast: Cast) -> None:
    written(cast, cast.owner)
    owner = signed_in(cast.owner)
    page = owner.get(f"{here(cast)}?columns=due&columns=state,due")
    assert heads(page) == ["Number", "Issue", "State", "Due"]
    assert "Save this view…" in said(page)
    made = owner.post(
        f"{here(cast, 'view_new', 'issues')}?columns=due,state",
        {"name": "Short", "shared_with": "alone"},
        follow=True,
    )
    assert made.redirect_chain[0][0].partition("?")[2].startswith("columns=state%2Cdue&view=")
    assert heads(made) == ["Number", "Issue", "State", "Due"]
    told = sent(owner, "GET", views_of(cast)).json()
    assert told[0]["asked"]["columns"] == "state,due"


def test_unknown_column_names_those_that_there_are(cast: Cast) -> None:
    refused = signed_in(cast.owner).get(f"{here(cast, 'entries', 'actions')}?columns=state,own_severity")
    assert refused.status_code == 422
    assert "choose among state, own_arose_from, owner" in said(refused)


def test_files_stay_whole_whatever_columns_are_shown(cast: Cast) -> None:
    written(cast, cast.owner)
    owner = signed_in(cast.owner)
    assert csv_of(owner, cast, "?columns=due") == csv_of(owner, cast)


def test_owner_who_left_stays_in_the_box_that_asks_for_them(cast: Cast) -> None:
    helen = joined(cast.actor(cast.owner), cast.engagement, "client", ["finance"], "Helen Osei", "lumen")
    written(cast, cast.owner, owner_id=helen.person_id)
    end_membership(cast.actor(cast.owner), helen, at=AT)
    page = said(signed_in(cast.owner).get(f"{here(cast)}?owner={helen.person_id}"))
    assert f'<option value="{helen.person_id}" selected>Helen Osei</option>' in page
