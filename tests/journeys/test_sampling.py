"""A sample comes in through the verbs of the rooms, and goes without a trace."""

from __future__ import annotations

from contextvars import Context
from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.contrib.auth.hashers import make_password
from tests.factories.cast import AT, make_cast
from tests.journeys.small import small_sample

from handfast.engagement.models import Engagement
from handfast.foundation.journal import verified
from handfast.foundation.models import Head, Space
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.scope import Reach, entered
from handfast.foundation.walls import spaced_models
from handfast.journeys.models import Notice
from handfast.journeys.sampling.loading import Guest, Loading, found_loaded, load_sample
from handfast.journeys.sampling.parts import mapping_of, source_keys
from handfast.journeys.sampling.removing import dependents_first, remove_loaded, remove_sample
from handfast.operate.models import Statement
from handfast.people.actions.persons import new_person
from handfast.people.models import Membership, Organisation, Person
from handfast.people.queries import actor_for

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db


def somebody_real() -> Person:
    return new_person("sam@elsewhere.test", "Sam Guest", password=make_password(None), zone="UTC", at=AT)


def everything() -> Reach:
    every = frozenset(Space.objects.values_list("pk", flat=True))
    return Reach(every, every)


def counted() -> dict[str, int]:
    """The rows of every table, whoever may see them."""

    def count() -> dict[str, int]:
        with entered(everything()):
            return {model._meta.db_table: model._base_manager.count() for model in apps.get_models()}

    return Context().run(count)


def files_in(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_sample_is_loaded_through_the_verbs_with_whole_journals() -> None:
    engagement = load_sample(small_sample(), Loading())
    with entered(everything()):
        states = dict(
            Statement.objects.filter(agreement__engagement_id=engagement).values_list("period", "state")
        )
        spaces = Space.objects.filter(engagement_id=engagement)
        assert states == {"2026-01": "agreed", "2026-02": "agreed", "2026-03": "disputed"}
        assert all(verified(space.pk).is_whole for space in spaces)
        assert spaces.count() == 3
    assert set(Organisation.objects.values_list("name", "is_sample")) == {
        ("Lumen", True),
        ("Danube Care", True),
    }


def test_sample_leaves_no_trace_when_it_is_removed(home: Path) -> None:
    make_cast()
    guest = Guest(somebody_real().pk, "guest")
    before, files = counted(), files_in(home)
    engagement = load_sample(small_sample(), Loading(guest=guest))
    assert counted() != before
    assert len(files_in(home)) > len(files)
    remove_loaded(engagement)
    assert counted() == before
    assert files_in(home) == files


def test_guest_sees_the_sample_from_the_clients_side_and_keeps_the_account() -> None:
    guest = somebody_real()
    how = Loading(guest=Guest(guest.pk, "guest"))
    engagement = load_sample(small_sample(), how)
    assert found_loaded(small_sample(), how) == engagement
    actor = actor_for(guest)
    assert actor.can("answer-statements", engagement)
    remove_loaded(engagement)
    assert Person.objects.filter(pk=guest.pk).exists()
    assert found_loaded(small_sample(), how) is None


def test_guest_of_a_real_organisation_brings_it_nowhere_near_the_sample(
    caplog: pytest.LogCaptureFixture,
) -> None:
    cast = make_cast()
    home = cast.lumen.home_space_id
    with entered(everything()):
        before = Head.objects.get(space_id=home).hash
    engagement = load_sample(small_sample(), Loading(guest=Guest(cast.owner.pk, "guest")))
    inside = Membership.objects.filter(engagement_id=engagement)
    assert inside.filter(person=cast.owner).exists()
    assert set(inside.values_list("organisation__is_sample", flat=True)) == {True}
    guests = inside.get(person=cast.owner).organisation_id
    actor = actor_for(cast.owner, guests)
    with entered(actor.reach):
        deal = Engagement.objects.get(pk=engagement)
    with caplog.at_level("INFO", "handfast.samples"), entered(actor.reach):
        remove_sample(actor, deal)
    assert f"sample {engagement} removed, asked for by person {cast.owner.pk}" in caplog.text
    with entered(everything()):
        assert Head.objects.get(space_id=home).hash == before
    assert not Organisation.objects.filter(pk=guests).exists()


def test_two_samples_meet_the_same_persons_and_go_apart() -> None:
    first = load_sample(small_sample(), Loading())
    spaces = Space.objects.count()
    second = load_sample(small_sample("Help Desk"), Loading())
    assert Person.objects.count() == len(small_sample().persons)
    remove_loaded(second)
    assert Space.objects.count() == spaces
    remove_loaded(first)
    assert not (Person.objects.exists())
    assert not (Space.objects.exists())
    assert not (Organisation.objects.exists())


def test_real_engagement_is_never_removed_as_a_sample() -> None:
    cast = make_cast()
    actor = cast.actor(cast.owner)
    before = counted()
    with pytest.raises(NotPermitted):
        remove_sample(actor, cast.engagement)
    assert counted() == before


def test_what_waits_at_the_end_of_the_story_is_told_once() -> None:
    load_sample(small_sample(), Loading())
    with entered(everything()):
        told = list(Notice.objects.values_list("kind", "person_id"))
    assert ("operate.line_disputed", Person.objects.get(name="Jovana Petrović").pk) in told
    assert len(told) == len(set(told))


def test_models_are_emptied_before_what_they_point_to() -> None:
    ordered = dependents_first(spaced_models())
    names = [model.__name__ for model in ordered]
    assert names.index("Statement") < names.index("Agreement") < names.index("Engagement")
    assert len(names) == len(spaced_models())


def test_mapping_of_a_source_is_cut_out_of_the_terms() -> None:
    terms = small_sample().terms_yaml
    assert source_keys(terms) == ["desk"]
    assert mapping_of(terms, "desk").splitlines()[:2] == ["sources:", "  desk:"]
    assert "calendars" not in mapping_of(terms, "desk")
