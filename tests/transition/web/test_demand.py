"""How many days of which people: asked of each side, held against what was released, and never the other's own."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from tests.factories.cast import make_cast
from tests.transition.programme import Programme, programme_of

from handfast.foundation.scope import entered
from handfast.transition.models import Plan
from handfast.transition.queries.demanded import demand_in
from handfast.transition.queries.plans import rows_of
from handfast.transition.reading.roles import needs_of
from handfast.transition.reading.templates import SIZES, template_of

if TYPE_CHECKING:
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from handfast.foundation.actor import Actor

ASKED_BY_THE_DEMAND = 21

pytestmark = pytest.mark.django_db


def _days(programme: Programme, actor: Actor, side: str, role: str) -> Fraction:
    with entered(actor.reach):
        found = demand_in(rows_of(programme.plan()), side)
    return sum((one.days for one in found if (one.side, one.role) == (side, role)), Fraction())


def _seen(client: Client, programme: Programme, *, by_provider: bool = False) -> str:
    client.force_login(programme.cast.delivery if by_provider else programme.cast.owner)
    page = client.get(reverse("transition:demand", args=[programme.cast.engagement.pk]))
    assert page.status_code == 200
    return page.content.decode()


def _internal(programme: Programme) -> None:
    """Three days of a lawyer, whom only the client knows of."""
    with entered(programme.client.reach):
        own = programme.internal(
            programme.client, "council", "Consult the council", lead="client", likely="3d"
        )
        own.needs = [{"role": "labour lawyer", "side": "client", "number": 1}]
        own.save()
    programme.date()


@pytest.mark.parametrize("size", SIZES)
def test_every_activity_of_a_template_needs_somebody_of_the_side_that_leads_it(size: str) -> None:
    template = template_of(size)
    needs = needs_of(template)
    for one in template.activities:
        sides = {said["side"] for said in needs[one.key]}
        assert sides
        if one.lead in ("client", "provider"):
            assert sides == {one.lead}
    assert (
        "key contacts" not in {said["role"] for said in needs["people.profile"]} if size == "light" else True
    )


def test_days_of_a_role_are_those_of_its_activities(programme: Programme) -> None:
    with entered(programme.client.reach):
        for one in rows_of(programme.plan()).activities:
            one.needs = [{"role": "editor", "side": "client", "number": 2}] if one.key == "write.tone" else []
            one.save()
        tone = programme.activity("write.tone")
    assert (tone.lead, tone.likely) == ("client", "1d")
    assert _days(programme, programme.client, "client", "editor") == 2
    assert _days(programme, programme.provider, "client", "editor") == 2


def test_what_a_side_asks_of_its_own_is_counted_for_it_alone(client: Client, programme: Programme) -> None:
    _internal(programme)
    assert _days(programme, programme.client, "client", "labour lawyer") == 3
    assert _days(programme, programme.provider, "client", "labour lawyer") == 0
    assert "Labour lawyer" in _seen(client, programme)
    assert "abour lawyer" not in _seen(client, programme, by_provider=True)
    here = reverse("transition:demand_export", args=[programme.cast.engagement.pk, "csv"])
    exported = b"".join(client.get(here).streaming_content).decode()  # type: ignore[attr-defined]  # an export streams
    assert "abour lawyer" not in exported


def test_weeks_that_ask_more_than_was_released_are_told_in_words_and_shape(client: Client) -> None:
    programme = programme_of("standard")
    page = _seen(client, programme)
    assert "Nothing released yet" in page
    assert "too many" not in page
    with entered(programme.client.reach):
        Plan.objects.update(released={"client": {"change lead": 1}})
        for one in rows_of(programme.plan()).activities:
            one.needs = [{**need, "number": 3} for need in one.needs]
            one.save()
    page = _seen(client, programme)
    assert "hf-glyph--risk" in page
    assert "Too many in" in page
    assert "more than was released of a role in" in page


def test_own_side_stands_first(client: Client, programme: Programme) -> None:
    mine = _seen(client, programme)
    theirs = _seen(client, programme, by_provider=True)
    assert mine.index("Lumen, week by week") < mine.index("Danube Care, week by week")
    assert theirs.index("Danube Care, week by week") < theirs.index("Lumen, week by week")
    assert mine.count("How many days of which of my people") == 1


def test_export_has_a_row_for_each_role_and_week(client: Client, programme: Programme) -> None:
    client.force_login(programme.cast.owner)
    where = [programme.cast.engagement.pk]
    answer = client.get(reverse("transition:demand_export", args=[*where, "csv"]))
    lines = b"".join(answer.streaming_content).decode().splitlines()  # type: ignore[attr-defined]  # an export streams
    assert lines[0].endswith("Side,Role,ISO week,Monday,Days asked,Days released,Over by")
    assert "2026-W19,2026-05-04" in lines[1]
    with entered(programme.client.reach):
        found = demand_in(rows_of(programme.plan()), "client")
    assert len(lines) == 1 + len(found)
    asked = sum(Decimal(line.split(",")[4]) for line in lines[1:])
    # Each row is rounded to a hundredth of a day.
    assert abs(Fraction(asked) - sum(one.days for one in found)) <= Fraction(len(found), 200)
    sheet = client.get(reverse("transition:demand_export", args=[*where, "xlsx"]))
    assert b"".join(sheet.streaming_content)[:2] == b"PK"  # type: ignore[attr-defined]  # an export streams
    assert client.get(reverse("transition:demand_export", args=[*where, "pdf"])).status_code == 404


def test_demand_before_there_is_a_plan_says_what_belongs_here(client: Client) -> None:
    cast = make_cast()
    client.force_login(cast.owner)
    page = client.get(reverse("transition:demand", args=[cast.engagement.pk])).content.decode()
    assert "No demand yet" in page
    assert "Make the plan" in page


@pytest.mark.parametrize("size", ["light", "complex"])
def test_demand_asks_as_often_for_a_short_plan_as_for_a_long_one(
    size: str, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    programme = programme_of(size)
    client.force_login(programme.cast.owner)
    here = reverse("transition:demand", args=[programme.cast.engagement.pk])
    client.get(here)
    with django_assert_num_queries(ASKED_BY_THE_DEMAND):
        assert client.get(here).status_code == 200
