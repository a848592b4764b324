"""One side's own plan is sent in, mapped, held beside the plan that both keep, and taken over where it is wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.transition.programme import AT, Programme, a_programme

from handfast.foundation.models import Contents
from handfast.foundation.refusals import Conflict
from handfast.foundation.scope import entered
from handfast.people.queries import own_space_of
from handfast.transition.actions import offer_plan, take_over
from handfast.transition.models import Activity, Dates, Link, OfferedPlan, Plan
from handfast.transition.queries.additions import addition_of
from handfast.transition.queries.effects import effect_of, extended
from handfast.transition.queries.offering import read_for
from handfast.transition.queries.offers import beside, merge_of, offer_seen_by
from handfast.transition.queries.plans import rows_of
from handfast.transition.refusals import ActivityRefused, NothingTaken

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from handfast.foundation.actor import Actor

ASKED_BY_A_COMPARISON = 23
JSON = "application/json"
THEIRS = """ID,Activity,Phase,Duration,Start,Predecessors
1,Form the team,Hire people,3d,2026-05-04,
2,Order headsets,Hire people,2d,,1
3,Badge photos,Hire people,1d,,2FS+1d
4,Invoice the first month,Finance,1d,,3
"""
MAPPING = {"p1": "hiring", "p2": ""}

pytestmark = pytest.mark.django_db


@pytest.fixture
def theirs(programme: Programme) -> str:
    """The file of the provider: its first activity is one that the plan has."""
    with entered(programme.provider.reach):
        team = Activity.objects.get(key="people.team")
    return THEIRS.replace("Form the team", f'"{team.name.upper()}"')


def step_of(programme: Programme) -> str:
    with entered(programme.provider.reach):
        key: str = Activity.objects.get(key="people.team").step_key
    return key


def sent(client: Client, programme: Programme, content: str, name: str = "ours.csv") -> HttpResponse:
    client.force_login(programme.cast.delivery)
    here = reverse("transition:offers", args=[programme.cast.engagement.pk])
    return client.post(here, {"file": SimpleUploadedFile(name, content.encode())})


def offered(programme: Programme, content: str, *, is_mapped: bool = True) -> OfferedPlan:
    """A version as the provider sent it, its people mapped and its finances left out."""
    actor = programme.provider
    with entered(actor.reach):
        plan = programme.plan()
        read = read_for(rows_of(plan), "provider", content.encode(), "ours.csv")
        return offer_plan(
            actor, own_space_of(actor, plan.engagement_id), plan=plan, file_name="ours.csv", content=content.encode(),
            read=read, mapping={"p1": step_of(programme), "p2": ""} if is_mapped else {}, at=AT,
        )  # fmt: skip


def taken(
    programme: Programme,
    found: OfferedPlan,
    *wanted: str,
    is_internal: bool = False,
    actor: Actor | None = None,
) -> OfferedPlan:
    actor = actor or programme.provider
    with entered(actor.reach):
        plan = programme.plan()
        rows = rows_of(plan)
        space = found.space_id if is_internal else plan.space_id
        chosen = [one for one in merge_of(found, rows, "provider").additions if one.id in wanted]
        addition = addition_of(
            plan, chosen,
            known={str(one.pk): one.pk for one in rows.activities}, side="provider", space=space,
        )  # fmt: skip
        effect = effect_of(plan.engagement_id, extended(addition.activities.values(), addition.links))
        return take_over(actor, found, addition=addition, effect=effect, at=AT)


def added(programme: Programme, actor: Actor) -> dict[str, Activity]:
    with entered(actor.reach):
        return {one.name: one for one in Activity.objects.filter(key__startswith="taken.")}


def test_file_is_sent_in_mapped_and_taken_over_on_the_pages(
    client: Client, programme: Programme, theirs: str
) -> None:
    answer = sent(client, programme, theirs)
    assert answer.status_code == 302
    here = answer["Location"]
    first = client.get(here).content.decode()
    assert "Say first which step each of its 2 phases stands for" in first
    with entered(programme.provider.reach):
        found = OfferedPlan.objects.get()
    phases = {"phase.p1": step_of(programme), "phase.p2": "", "as_seen": found.seen_as}
    assert client.post(f"{here}mapping/", phases).status_code == 302
    page = client.get(here).content.decode()
    assert "The plan lacks <strong>2</strong> of its activities" in page
    assert "Invoice the first month" not in page
    with entered(programme.provider.reach):
        found.refresh_from_db()
    told = {"wanted": ["2", "3"], "audience": "shared", "as_seen": found.seen_as}
    assert client.post(f"{here}take/", told).status_code == 302
    assert client.get(here).content.decode().count("taken over from this file") == 2
    client.force_login(programme.cast.owner)
    plan = client.get(reverse("transition:plan", args=[programme.cast.engagement.pk])).content.decode()
    assert "Order headsets" in plan
    assert client.get(here).status_code == 404


def test_what_is_taken_over_keeps_its_length_its_step_and_what_it_waits_for(
    programme: Programme, theirs: str
) -> None:
    taken(programme, offered(programme, theirs), "2", "3")
    programme.date()
    rows = added(programme, programme.client)
    headsets, photos = rows["Order headsets"], rows["Badge photos"]
    assert (headsets.lead, headsets.likely, headsets.step_key) == ("provider", "2d", step_of(programme))
    with entered(programme.client.reach):
        links = {
            (one.before_id, one.after_id): one.lag
            for one in Link.objects.filter(after_id__in=[headsets.pk, photos.pk])
        }
        team = programme.activity("people.team")
        assert links == {(team.pk, headsets.pk): "", (headsets.pk, photos.pk): "1d"}
        assert Dates.objects.get(activity_id=headsets.pk).starts_at >= programme.dates("people.team").ends_at


def test_nothing_that_stands_in_the_plan_moves(programme: Programme, theirs: str) -> None:
    with entered(programme.client.reach):
        before = dict(Dates.objects.values_list("activity_id", "ends_at"))
    taken(programme, offered(programme, theirs), "2", "3")
    programme.date()
    with entered(programme.client.reach):
        after = dict(Dates.objects.values_list("activity_id", "ends_at"))
    assert {key: after[key] for key in before} == before
    assert len(after) == len(before) + 2


def test_what_is_taken_over_for_the_own_side_alone_is_seen_by_that_side_alone(
    programme: Programme, theirs: str
) -> None:
    with entered(programme.client.reach):
        version = programme.plan().version
    taken(programme, offered(programme, theirs), "2", is_internal=True)
    assert set(added(programme, programme.provider)) == {"Order headsets"}
    assert added(programme, programme.client) == {}
    with entered(programme.client.reach):
        assert programme.plan().version == version


def test_both_sides_journals_tell_what_was_taken_over_each_as_far_as_it_sees(
    programme: Programme, theirs: str
) -> None:
    taken(programme, offered(programme, theirs), "2", "3")
    with entered(programme.client.reach):
        told = Contents.objects.filter(action="plan.extended").get()
        assert Plan.objects.get().extended.startswith("2 ")
        assert not Contents.objects.filter(action__startswith="offered_plan").exists()
        assert told.space_id == programme.plan().space_id
    with entered(programme.provider.reach):
        assert Contents.objects.filter(action="offered_plan.taken_over").count() == 1


def test_taking_over_twice_nothing_or_of_a_plan_that_changed_meanwhile_changes_nothing(
    programme: Programme, theirs: str
) -> None:
    found = offered(programme, theirs)
    with pytest.raises(NothingTaken):
        taken(programme, found)
    with pytest.raises(NothingTaken):
        taken(programme, found, "nothing of that name")
    found = taken(programme, found, "2")
    with entered(programme.provider.reach):
        (key,) = Activity.objects.filter(key__startswith="taken.").values_list("key", flat=True)
        programme.change(programme.provider, key, name="Buy telephones")
    with pytest.raises(NothingTaken):
        taken(programme, found, "2", "3")
    assert set(added(programme, programme.provider)) == {"Buy telephones"}


def test_effect_of_an_older_plan_is_a_conflict(programme: Programme, theirs: str) -> None:
    found = offered(programme, theirs)
    actor = programme.provider
    with entered(actor.reach):
        plan = programme.plan()
        chosen = [one for one in merge_of(found, rows_of(plan), "provider").additions if one.id == "2"]
        addition = addition_of(plan, chosen, known={}, side="provider", space=plan.space_id)
        effect = effect_of(plan.engagement_id, extended(addition.activities.values(), addition.links))
    with entered(programme.client.reach):
        programme.change(programme.client, "write.tone", name="Another tone")
    with pytest.raises(Conflict):
        take_over(actor, found, addition=addition, effect=effect, at=AT)
    assert added(programme, actor) == {}


def test_side_offers_only_into_its_own_space(programme: Programme) -> None:
    found = offered(programme, THEIRS)
    actor = programme.provider
    with entered(actor.reach), pytest.raises(ActivityRefused):
        offer_plan(
            actor, found.plan.space, plan=programme.plan(), file_name="x", content=b"x",
            read=read_for(rows_of(programme.plan()), "provider", THEIRS.encode(), "x"), mapping={}, at=AT,
        )  # fmt: skip


def test_activity_with_other_days_in_the_file_says_by_how_many(programme: Programme, theirs: str) -> None:
    found = offered(programme, theirs.replace(",3d,", ",30d,"))
    with entered(programme.provider.reach):
        told = beside(found, rows_of(programme.plan()), "provider")
    (pair,) = [one for step in told.steps for one in step.both]
    assert pair.ours.ends_on is not None
    assert pair.later_days == (pair.theirs.ends_on - pair.ours.ends_on).days > 0
    assert (told.lacking, told.differing) == (2, 1)


def test_next_version_keeps_the_mapping_by_name_and_shows_what_changed(
    client: Client, programme: Programme, theirs: str
) -> None:
    offered(programme, theirs)
    newer = theirs.replace("Badge photos", "Photos for badges").replace(
        "headsets,Hire people,2d", "headsets,Hire people,4d"
    )
    page = client.get(
        sent(client, programme, newer.replace("Hire people", "A,Hire people", 0))["Location"]
    ).content.decode()
    assert "Since version 1" in page
    assert "1 new<" in page
    assert "Hire people: Photos for badges" in page
    assert "1 gone<" in page
    assert "with other days or another length" in page
    with entered(programme.provider.reach):
        assert OfferedPlan.objects.get(number=2).mapping == {"p1": step_of(programme), "p2": ""}


@pytest.mark.parametrize(("content", "said"), [
    ("Activity,Duration\nHire,soon\n", "row 2, Duration"),
    ("<Project/>", "not Microsoft Project XML"),
    ('<!DOCTYPE p [<!ENTITY a SYSTEM "file:///etc/hostname">]><p>&a;</p>', "document type or an entity"),
])  # fmt: skip
def test_file_that_is_no_plan_is_told_on_the_page_and_nothing_is_kept(
    content: str, said: str, client: Client, programme: Programme
) -> None:
    answer = sent(client, programme, content)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    with entered(programme.provider.reach):
        assert not OfferedPlan.objects.exists()


def test_form_without_a_file_is_told_on_the_page(client: Client, programme: Programme) -> None:
    client.force_login(programme.cast.delivery)
    answer = client.post(reverse("transition:offers", args=[programme.cast.engagement.pk]), {})
    assert answer.status_code == 422
    assert "no-file-sent" in answer.content.decode()


def test_mapping_to_what_is_not_there_is_refused_and_a_stale_one_is_a_conflict(
    client: Client, programme: Programme, theirs: str
) -> None:
    here = sent(client, programme, theirs)["Location"]
    assert client.post(f"{here}mapping/", {"phase.p1": "nowhere", "as_seen": "1"}).status_code == 422
    assert client.post(f"{here}mapping/", {"phase.p1": "", "as_seen": "0"}).status_code == 409


def test_program_sends_maps_and_takes_over(client: Client, programme: Programme, theirs: str) -> None:
    client.force_login(programme.cast.delivery)
    base = "/api/transition"
    file = SimpleUploadedFile("ours.csv", theirs.encode())
    here = f"{base}/engagements/{programme.cast.engagement.pk}/plan/offered"
    made = client.post(here, {"file": file}).json()
    one = f"{base}/offered/{made['id']}"
    told: dict[str, Any] = client.put(
        f"{one}/mapping",
        {"as_seen": made["seen_as"], "steps": {"p1": step_of(programme)}},
        content_type=JSON,
    ).json()
    assert [row["id"] for row in told["lacking"]] == ["2", "3"]
    assert [row["id"] for row in told["in_both"]] == ["1"]
    wrong = client.post(
        f"{one}/takeover", {"as_seen": told["offered"]["seen_as"], "wanted": ["9"]}, content_type=JSON
    )
    assert wrong.status_code == 422
    after = client.post(
        f"{one}/takeover", {"as_seen": told["offered"]["seen_as"], "wanted": ["2"]}, content_type=JSON
    ).json()
    assert [bool(row["taken"]) for row in after["lacking"]] == [] or "2" in after["offered"]["taken"]
    assert [row["number"] for row in client.get(here).json()] == [1]


@pytest.mark.parametrize("rows", [1, 30])
def test_comparison_asks_as_often_for_a_short_file_as_for_a_long_one(
    rows: int, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    programme = a_programme()
    lines = "".join(f"Task {number},Hire people,1d\n" for number in range(rows))
    found = offered(programme, f"Activity,Phase,Duration\n{lines}", is_mapped=False)
    with entered(programme.provider.reach):
        OfferedPlan.objects.update(mapping={"p1": step_of(programme)})
        assert offer_seen_by(programme.provider, found.pk).mapping
    client.force_login(programme.cast.delivery)
    here = reverse("transition:offer", args=[programme.cast.engagement.pk, found.pk])
    client.get(here)
    with django_assert_num_queries(ASKED_BY_A_COMPARISON):
        assert client.get(here).status_code == 200


@pytest.mark.parametrize("form", ["csv", "xlsx", "xml"])
def test_own_export_is_read_back_with_its_names_lengths_and_links(
    form: str, client: Client, programme: Programme
) -> None:
    client.force_login(programme.cast.delivery)
    here = reverse("transition:plan_export", args=[programme.cast.engagement.pk, form])
    content = client.get(here).content
    with entered(programme.provider.reach):
        rows = rows_of(programme.plan())
        found = read_for(rows, "provider", content, f"export.{form}").plan
    keys = {one.pk: one.key for one in rows.activities}
    assert {one.id: one.name for one in found.activities} == {one.key: one.name for one in rows.activities}
    assert {one.id: one.estimate.likely.amount > 0 for one in found.activities} == {
        one.key: bool(one.likely) for one in rows.activities
    }
    assert {(link.other, one.id, link.kind) for one in found.activities for link in one.after} == {
        (keys[link.before_id], keys[link.after_id], link.kind) for link in rows.links
    }
    used = {one.step_key for one in rows.activities}
    assert {step.name for step in found.steps} == {step.name for step in rows.steps if step.key in used}
