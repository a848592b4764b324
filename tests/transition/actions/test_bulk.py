"""Many are changed together: what is free at once, what the other side must accept as proposals, all or nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.transition.programme import AT, Programme

from handfast.foundation.refusals import Conflict, NotPermitted
from handfast.foundation.scope import entered
from handfast.transition.actions import change_together, report_progress, undo_change
from handfast.transition.models import Activity, ProposedChange
from handfast.transition.queries.bulk import Together, Wanted, chosen_in, together_of
from handfast.transition.queries.plans import last_changes_seen_by, rows_of
from handfast.transition.refusals import ActivityRefused

if TYPE_CHECKING:
    from handfast.foundation.actor import Actor

pytestmark = pytest.mark.django_db


def sorted_for(programme: Programme, actor: Actor, keys: list[str], wanted: Wanted) -> Together:
    rows = rows_of(programme.plan())
    ids = [str(one.pk) for one in rows.activities if one.key in keys]
    return together_of(actor, rows, chosen_in(rows, ids), wanted)


def outcomes(together: Together) -> dict[str, str]:
    return {one.activity.key: one.outcome for one in together.lines}


def test_free_ones_change_at_once_and_are_taken_back_together(programme: Programme) -> None:
    client = programme.client
    with entered(client.reach):
        together = sorted_for(
            programme, client, ["write.tone", "prepare.stop"], Wanted(owner_id=client.person)
        )
        assert together.said == "2 are changed at once"
        change_together(client, programme.plan(), together=together, reason="", at=AT)
        assert Activity.objects.filter(owner_id=client.person).count() == 2
        undo_change(client, last_changes_seen_by(client, programme.plan())[0], at=AT + timedelta(seconds=5))
        assert not Activity.objects.filter(owner_id=client.person).exists()


def test_what_moves_the_other_side_and_what_it_leads_are_proposed(programme: Programme) -> None:
    client = programme.client
    with entered(client.reach):
        together = sorted_for(
            programme, client, ["write.tone", "prepare.tasks", "setup.desk"], Wanted(days=3)
        )
        assert outcomes(together) == {
            "write.tone": "at once", "prepare.tasks": "proposed", "setup.desk": "proposed",
        }  # fmt: skip
        change_together(client, programme.plan(), together=together, reason="A week lost.", at=AT)
        assert programme.activity("write.tone").not_before_on is not None
        assert programme.activity("prepare.tasks").not_before_on is None
        assert {one.reason for one in ProposedChange.objects.all()} == {"A week lost."}
        assert not last_changes_seen_by(client, programme.plan()).exists()


def test_each_refusal_has_its_reason(programme: Programme) -> None:
    client = programme.client
    with entered(client.reach):
        own = programme.internal(client, "own", "Budget", lead="client", likely="2d")
        started = programme.activity("prepare.goal")
        report_progress(
            client, started, started_on=AT.date(), finished_on=None, remaining="", on=AT.date(), at=AT
        )
        programme.propose(client, "setup.desk", likely="3d", high="9d")
        programme.date()
        together = sorted_for(programme, client, ["own", "prepare.goal", "setup.desk"], Wanted(days=1))
        said = {one.activity.key: one.why for one in together.lines}
        assert {one.outcome for one in together.lines} == {"refused"}
        assert said["own"] == "it is only yours: change it by itself"
        assert "started" in said["prepare.goal"]
        assert "waits for an answer" in said["setup.desk"]
        with pytest.raises(ActivityRefused, match="none of them"):
            change_together(client, programme.plan(), together=together, reason="", at=AT)
        assert own.pk


def test_taking_out_what_the_other_side_leads_is_proposed(programme: Programme) -> None:
    client = programme.client
    with entered(client.reach):
        together = sorted_for(programme, client, ["setup.desk", "write.tone"], Wanted(is_removed=True))
        assert outcomes(together) == {"setup.desk": "proposed", "write.tone": "at once"}
        change_together(client, programme.plan(), together=together, reason="They have one.", at=AT)
        (change,) = ProposedChange.objects.all()
        assert (change.what, change.activity.key) == (ProposedChange.What.REMOVE, "setup.desk")
        assert programme.activity("setup.desk").removed_at is None
        assert programme.activity("write.tone").removed_at == AT


def test_no_more_is_proposed_at_once_than_is_asked_for_in_a_moment(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handfast.transition.queries.bulk.MOST_PROPOSED", 1)
    client = programme.client
    with entered(client.reach):
        together = sorted_for(programme, client, ["setup.desk", "people.profile"], Wanted(days=1))
        assert sorted(outcomes(together).values()) == ["proposed", "refused"]
        assert "at most 1 are proposed at once" in together.of("refused")[0].why


def test_preview_asks_the_database_as_often_for_many_as_for_few(programme: Programme) -> None:
    client, counts = programme.client, {}
    with entered(client.reach):
        led = [one.key for one in rows_of(programme.plan()).activities if one.lead == "provider"]
        assert len(led) == 5
        for many in (1, 5):
            with CaptureQueriesContext(connection) as asked:
                together = sorted_for(programme, client, led[:many], Wanted(days=2))
            assert len(together.of("proposed")) == many
            counts[many] = len(asked)
    assert counts[1] == counts[5]


def test_lead_given_to_the_other_side_is_proposed(programme: Programme) -> None:
    client = programme.client
    with entered(client.reach):
        together = sorted_for(programme, client, ["write.tone"], Wanted(lead="provider"))
        assert outcomes(together) == {"write.tone": "proposed"}
        assert outcomes(sorted_for(programme, client, ["write.tone"], Wanted(lead="client"))) == {
            "write.tone": "refused"
        }


def test_proposals_without_a_reason_leave_everything_as_it_was(programme: Programme) -> None:
    client = programme.client
    with entered(client.reach):
        together = sorted_for(programme, client, ["write.tone", "setup.desk"], Wanted(days=1))
        with pytest.raises(ActivityRefused):
            change_together(client, programme.plan(), together=together, reason=" ", at=AT)
        assert programme.activity("write.tone").not_before_on is None


def test_preview_of_another_version_changes_nothing(programme: Programme) -> None:
    client = programme.client
    with entered(client.reach):
        together = sorted_for(
            programme, client, ["write.tone", "prepare.stop"], Wanted(owner_id=client.person)
        )
        programme.change(client, "write.tone", name="Tone of voice")
        with pytest.raises(Conflict):
            change_together(client, programme.plan(), together=together, reason="", at=AT)
        assert programme.activity("prepare.stop").owner_id is None


def test_preview_of_one_side_is_not_done_by_the_other(programme: Programme) -> None:
    with entered(programme.client.reach):
        together = sorted_for(programme, programme.client, ["write.tone"], Wanted(days=1))
    with entered(programme.provider.reach), pytest.raises(NotPermitted):
        change_together(programme.provider, programme.plan(), together=together, reason="", at=AT)


@pytest.mark.parametrize("wanted", [Wanted(), Wanted(days=1)])
def test_nothing_chosen_or_nothing_wanted_is_refused(programme: Programme, wanted: Wanted) -> None:
    client = programme.client
    with entered(client.reach), pytest.raises(ActivityRefused):
        sorted_for(programme, client, ["write.tone"] if wanted == Wanted() else [], wanted)


def test_owner_is_of_the_side_that_leads(programme: Programme) -> None:
    with entered(programme.client.reach):
        assert programme.change(programme.client, "write.tone", owner_id=programme.cast.owner.pk).owner_id
        with pytest.raises(ActivityRefused, match="one of its people"):
            programme.change(programme.client, "write.tone", owner_id=programme.cast.delivery.pk)
