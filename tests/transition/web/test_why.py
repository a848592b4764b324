"""Why a date is what it is, told back along what binds it, and never with a name of the other side's business."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.transition.programme import AT
from tests.transition.web.test_pages import address, signed_in

from handfast.foundation.scope import entered
from handfast.transition.actions import report_progress
from handfast.transition.models import Activity
from handfast.transition.queries.lines import folded, step_lines
from handfast.transition.queries.plans import rows_of
from handfast.transition.web.why_view import why_view

if TYPE_CHECKING:
    from django.test import Client
    from tests.transition.programme import Programme

pytestmark = pytest.mark.django_db


def test_path_goes_back_link_by_link_to_the_start_of_the_plan(programme: Programme) -> None:
    with entered(programme.client.reach):
        rows = rows_of(programme.plan())
        told = why_view(rows, programme.activity("prepare.tasks"), None)
        goal = programme.activity("prepare.goal")
    assert told is not None
    assert [one.id for one in told.reasons] == [goal.pk, None]
    assert told.reasons[0].title.startswith(f"{goal.name} ends ")
    assert "This is the binding link." in told.reasons[0].said
    assert told.reasons[1].said.startswith("Starts with the plan")
    assert told.then.startswith("It drives the end")


def test_internal_cause_ends_the_path_for_the_other_side_and_has_its_name_for_the_own(
    programme: Programme,
) -> None:
    with entered(programme.client.reach):
        own = programme.internal(programme.client, "own", "Secret budget", lead="client", likely="9d")
        programme.link(programme.client, own, programme.activity("prepare.goal"))
    programme.date()
    with entered(programme.client.reach):
        mine = why_view(rows_of(programme.plan()), programme.activity("prepare.goal"), None)
    with entered(programme.provider.reach):
        theirs = why_view(rows_of(programme.plan()), programme.activity("prepare.goal"), None)
    assert mine is not None
    assert theirs is not None
    assert mine.reasons[0].id == own.pk
    assert theirs.reasons[0].id is None
    assert "an internal activity of the client" in theirs.reasons[0].said
    assert "Secret" not in str(theirs)


def test_activity_shows_its_path_on_its_page(client: Client, programme: Programme) -> None:
    with entered(programme.client.reach):
        tasks = programme.activity("prepare.tasks")
    page = signed_in(client, programme.cast.reader).get(address(programme, "activity", tasks.pk))
    assert "This is the binding link." in page.content.decode()


def test_steps_that_are_done_are_one_line_until_they_are_asked_for(
    client: Client, programme: Programme
) -> None:
    with entered(programme.client.reach):
        steps = step_lines(rows_of(programme.plan()))
    assert folded(steps) == steps
    on = AT.date()
    for actor, leads in (
        (programme.client, ("client", "joint", "either")),
        (programme.provider, ("provider",)),
    ):
        with entered(actor.reach):
            for one in Activity.objects.filter(key__startswith="write.", lead__in=leads):
                report_progress(actor, one, started_on=on, finished_on=on, remaining="", on=on, at=AT)
    programme.date()
    signed_in(client, programme.cast.owner)
    here = address(programme, "plan")
    assert "1 step done" in client.get(here).content.decode()
    assert "1 step done" not in client.get(here, {"done": "shown"}).content.decode()


@pytest.mark.parametrize("zoom", ["hours", "days", "weeks", "quarters", "nonsense"])
def test_picture_is_drawn_at_every_zoom(client: Client, programme: Programme, zoom: str) -> None:
    page = signed_in(client, programme.cast.owner).get(address(programme, "plan"), {"zoom": zoom})
    said = page.content.decode()
    assert said.count('class="hf-gantt-bar"') == 33
    assert page.context["zoom"] == (zoom if zoom != "nonsense" else "weeks")
