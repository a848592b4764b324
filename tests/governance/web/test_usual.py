"""The usual entries of a register: taken over once, in the size of the deal; and registers that one side has for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from tests.factories.racing import WON, at_once
from tests.governance.kept import AT, written
from tests.governance.web.test_registers import said, signed_in

from handfast.foundation.scope import entered
from handfast.governance.actions import take_in
from handfast.governance.models import RegisterEntry
from handfast.governance.queries.entries import space_to_write_in
from handfast.governance.reading.said import checked_entry
from handfast.governance.reading.usual import SIZES, USUAL, usual_rows
from handfast.governance.refusals import EntryRefused, NothingToTakeIn
from handfast.governance.registers import REGISTERS

if TYPE_CHECKING:
    from tests.factories.cast import Cast

pytestmark = pytest.mark.django_db
CHECKS = REGISTERS["checks"]


def here(cast: Cast, name: str, register: str) -> str:
    return reverse(f"governance:{name}", args=[cast.engagement.pk, register])


@pytest.mark.parametrize("register", USUAL)
@pytest.mark.parametrize("size", SIZES)
def test_what_is_shipped_can_be_kept(register: str, size: str) -> None:
    kept, rows = REGISTERS[register], usual_rows(REGISTERS[register], size)
    assert rows
    assert [checked_entry(kept, one.said) for one in rows] == [one.said for one in rows]
    assert len({one.said.title for one in rows}) == len(rows)


def test_a_larger_deal_has_all_that_a_smaller_one_has() -> None:
    light, standard, complex_ = ({one.said.title for one in usual_rows(CHECKS, size)} for size in SIZES)
    assert light < standard < complex_
    assert usual_rows(REGISTERS["issues"], "standard") == []


def test_empty_list_offers_them_and_one_click_takes_them_over(cast: Cast) -> None:
    jovana, count = signed_in(cast.delivery), len(usual_rows(CHECKS, cast.engagement.size))
    assert f"Begin with the usual {count}" in said(jovana.get(here(cast, "entries", "checks")))
    assert "Begin with the usual" not in said(signed_in(cast.reader).get(here(cast, "entries", "checks")))
    assert jovana.post(here(cast, "take_usual", "checks")).status_code == 302
    page = said(signed_in(cast.owner).get(here(cast, "entries", "checks")))
    assert f"TC-{count}" in page
    assert "Begin with the usual" not in page
    again = jovana.post(here(cast, "take_usual", "checks"))
    assert again.status_code == 409
    assert "none of the rows is new" in said(again)


def test_register_without_usual_entries_has_none_to_take(cast: Cast) -> None:
    assert signed_in(cast.owner).post(here(cast, "take_usual", "issues")).status_code == 409
    assert signed_in(cast.reader).post(here(cast, "take_usual", "checks")).status_code == 403
    assert signed_in(cast.stranger).post(here(cast, "take_usual", "checks")).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_of_two_who_click_at_once_one_adds_them(cast: Cast) -> None:
    actor = cast.actor(cast.owner)
    with entered(actor.reach):
        space = space_to_write_in(actor, cast.engagement, is_internal=False)

    def click() -> object:
        with entered(actor.reach):
            return take_in(actor, space, register=CHECKS, rows=usual_rows(CHECKS, "light"), at=AT)

    assert sorted(at_once(click, click)) == [NothingToTakeIn.code, WON]
    with entered(actor.reach):
        assert RegisterEntry.objects.filter(register="checks").count() == len(usual_rows(CHECKS, "light"))


def test_register_of_one_side_is_nothing_to_the_other(cast: Cast) -> None:
    entry = written(cast, cast.owner, register="realignment", is_own=True, title="Team leader, evening shift")
    assert entry.name == "RA-own-1"
    assert "Team leader, evening shift" in said(
        signed_in(cast.owner).get(here(cast, "entries", "realignment"))
    )
    jovana = signed_in(cast.delivery)
    for name in ("entries", "take_in"):
        assert jovana.get(here(cast, name, "realignment")).status_code == 404
    told = jovana.get(f"/api/governance/engagements/{cast.engagement.pk}/registers").json()
    assert "realignment" not in {one["key"] for one in told}
    own = signed_in(cast.owner).get(f"/api/governance/engagements/{cast.engagement.pk}/registers").json()
    assert "realignment" in {one["key"] for one in own}


def test_register_of_one_side_is_written_for_that_side_alone(cast: Cast) -> None:
    with pytest.raises(EntryRefused, match="the client's own"):
        written(cast, cast.owner, register="realignment")
    with pytest.raises(EntryRefused, match="the client's own"):
        written(cast, cast.delivery, register="realignment", is_own=True)
    page = said(signed_in(cast.owner).get(here(cast, "entries", "realignment")))
    assert 'value="shared"' not in page.split("Write here")[1]


@pytest.mark.parametrize(
    ("own", "fault"),
    [
        ({"cases": "-1"}, "own_cases: write a number"),
        ({"cases": "1,200"}, "own_cases: write a number"),
        ({"cases": "1e3"}, "own_cases: write a number"),
        ({"cases": "١٢"}, "own_cases: write a number"),
        ({"cases": "1.2345"}, "own_cases: write a number"),
        ({"cases": "5", "alike": "6"}, "own_alike: it cannot be over “Cases”"),
    ],
)
def test_number_that_is_none_or_too_large_is_refused(cast: Cast, own: dict[str, str], fault: str) -> None:
    with pytest.raises(EntryRefused, match=fault.replace("(", "\\(")):
        written(cast, cast.owner, register="parallel", own=own)


def test_number_is_kept_without_zeros_that_say_nothing(cast: Cast) -> None:
    entry = written(cast, cast.owner, register="parallel", own={"cases": "12.500", "alike": "12.0"})
    assert entry.own == {"cases": "12.5", "alike": "12"}
