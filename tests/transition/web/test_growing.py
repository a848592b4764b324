"""The page on which a plan grows: all that it does is shown before, one side proposes it and the other accepts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from tests.transition.programme import AT, BEGINS, Programme

from handfast.foundation.scope import entered
from handfast.transition.actions import report_progress
from handfast.transition.models import Activity, Growth

if TYPE_CHECKING:
    from handfast.people.models import Person

pytestmark = pytest.mark.django_db
SECRET = "Settle the severance of the night shift"  # noqa: S105 - what must not cross


def browser(programme: Programme, person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def page_of(programme: Programme) -> str:
    return reverse("transition:grow", args=[programme.cast.engagement.pk])


def answer_of(programme: Programme, growth: Growth, verb: str) -> str:
    return reverse("transition:answer_growth", args=[programme.cast.engagement.pk, growth.pk, verb])


def test_preview_says_what_stays_is_replaced_and_new_and_what_it_does_to_the_go_live(
    programme: Programme,
) -> None:
    with entered(programme.provider.reach):
        programme.internal(programme.provider, "own", SECRET, lead="provider", likely="9d")
    with entered(programme.client.reach):
        goal = programme.activity("prepare.goal")
        report_progress(
            programme.client, goal, started_on=BEGINS, finished_on=BEGINS, remaining="", on=BEGINS, at=AT
        )
        programme.change(programme.client, "write.tone", name="Tone <b>of</b> ours")
    programme.date()
    said = browser(programme, programme.cast.owner).get(page_of(programme)).content.decode()
    assert "From light to standard" in said
    assert "28 are replaced or larger, 75 are new" in said
    assert "days later" in said
    assert "it is done" in said
    assert "by “Class training" in said
    assert "Tone &lt;b&gt;of&lt;/b&gt; ours" in said
    assert "new step" in said
    assert SECRET not in said


def test_one_side_proposes_and_the_other_accepts_and_the_plan_is_larger(programme: Programme) -> None:
    client = browser(programme, programme.cast.owner)
    with entered(programme.client.reach):
        seen = programme.plan().seen_as
    refused = client.post(page_of(programme), {"as_seen": seen, "reason": " "})
    assert refused.status_code == 422
    assert "say why it should grow" in refused.content.decode()
    made = client.post(page_of(programme), {"as_seen": seen, "reason": "A second team joins"})
    assert made.status_code == 302
    said = client.get(page_of(programme)).content.decode()
    assert "Withdraw it" in said
    assert "Accept" not in said
    with entered(programme.client.reach):
        growth = Growth.objects.get()
        fresh = growth.seen_as
    provider = browser(programme, programme.cast.delivery)
    assert "A second team joins" in provider.get(page_of(programme)).content.decode()
    assert "A second team joins" in provider.get(reverse("transition:work")).content.decode()
    assert provider.post(answer_of(programme, growth, "accept"), {"as_seen": "old"}).status_code == 409
    assert provider.post(answer_of(programme, growth, "accept"), {"as_seen": fresh}).status_code == 302
    with entered(programme.client.reach):
        assert programme.plan().size == "standard"
        assert Activity.objects.filter(key="design.model").exists()
    plan = client.get(reverse("transition:plan", args=[programme.cast.engagement.pk])).content.decode()
    assert "Organisation realignment" in plan
    assert "standard to complex" in client.get(page_of(programme)).content.decode()


def test_declined_growth_says_why_and_a_second_may_be_proposed(programme: Programme) -> None:
    client, provider = browser(programme, programme.cast.owner), browser(programme, programme.cast.delivery)
    with entered(programme.client.reach):
        seen = programme.plan().seen_as
    client.post(page_of(programme), {"as_seen": seen, "reason": "Larger"})
    with entered(programme.client.reach):
        growth = Growth.objects.get()
    provider.post(answer_of(programme, growth, "decline"), {"reason": "Not before the peak"})
    said = client.get(page_of(programme)).content.decode()
    assert "Not before the peak" in said
    assert client.post(page_of(programme), {"as_seen": seen, "reason": "Then later"}).status_code == 302
    with entered(programme.client.reach):
        growth = Growth.objects.get(state="proposed")
    assert client.post(answer_of(programme, growth, "withdraw")).status_code == 302
    assert client.post(answer_of(programme, growth, "shred")).status_code == 404
    with entered(programme.client.reach):
        assert programme.plan().size == "light"


def test_whoever_only_reads_and_a_stranger_do_not_grow_a_plan(programme: Programme) -> None:
    assert browser(programme, programme.cast.reader).get(page_of(programme)).status_code == 403
    assert browser(programme, programme.cast.rival).get(page_of(programme)).status_code == 404


def test_side_that_is_alone_makes_it_larger_at_once_and_the_largest_says_so(programme: Programme) -> None:
    client = browser(programme, programme.cast.owner)
    with entered(programme.client.reach):
        programme.plan().engagement.parties.filter(side="provider").update(organisation=None)
    for size in ("standard", "complex"):
        with entered(programme.client.reach):
            seen = programme.plan().seen_as
        assert f"Make it {size}" in client.get(page_of(programme)).content.decode()
        assert client.post(page_of(programme), {"as_seen": seen}).status_code == 302
    assert "as large as a plan can be" in client.get(page_of(programme)).content.decode()
    assert client.post(page_of(programme), {"as_seen": seen}).status_code == 409
