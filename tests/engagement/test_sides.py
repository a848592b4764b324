"""One side may be alone; the other comes in by a link; rivals never see each other."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.hashers import make_password
from tests.factories.cast import AT, a_deal, engagement_of, make_cast, organisation_of, person_named

from handfast.engagement.actions.engagements import amend_engagement
from handfast.engagement.actions.joining import accept_invitation
from handfast.engagement.models import Engagement, Party
from handfast.engagement.queries import engagement_seen_by, engagements_seen_by, other_party_of, party_of
from handfast.engagement.refusals import EngagementRefused
from handfast.foundation.journal import verified
from handfast.foundation.models import Space
from handfast.foundation.refusals import NotPermitted, NotSeen
from handfast.foundation.scope import Reach, entered
from handfast.people.actions.invitations import invite
from handfast.people.queries import actor_for, bearer_of, internal_space_of, members_seen_by
from handfast.people.refusals import InvitationSpent, NameMissing

if TYPE_CHECKING:
    from handfast.foundation.actor import Actor

pytestmark = pytest.mark.django_db


def test_side_alone_has_its_engagement_and_the_other_only_a_name() -> None:
    person = person_named("Priya Raman")
    lumen = organisation_of(person, "Lumen")
    engagement = engagement_of(person, lumen, a_deal())
    actor = actor_for(person)
    with entered(actor.reach):
        found = engagement_seen_by(actor, engagement.pk)
        other = other_party_of(found, lumen.pk)
        assert other is not None
        assert (other.name, other.organisation_id, other.joined_at) == ("Danube Care", None, None)
        assert found.zone == "Europe/Belgrade"
        assert actor.can("agree-terms", engagement.pk)


def test_invited_side_brings_its_organisation_and_gets_a_space_of_its_own() -> None:
    cast = make_cast()
    actor = cast.actor(cast.delivery)
    with entered(actor.reach):
        engagement = engagement_seen_by(actor, cast.engagement.pk)
        mine = party_of(engagement, cast.danube.pk)
        assert mine is not None
        assert (mine.side, mine.name) == ("provider", "Danube Care")
        assert internal_space_of(cast.danube.pk, engagement.pk).pk in actor.reach.writes
        assert internal_space_of(cast.lumen.pk, engagement.pk).pk not in actor.reach.reads


def test_rival_sees_neither_engagement_nor_people_nor_spaces_of_the_other() -> None:
    cast = make_cast()
    rival = cast.actor(cast.rival)
    with entered(rival.reach):
        assert [one.name for one in engagements_seen_by(rival)] == ["Back Office"]
        with pytest.raises(NotSeen):
            engagement_seen_by(rival, cast.engagement.pk)
        assert not members_seen_by(rival, cast.engagement.pk).exists()
        assert set(Party.objects.values_list("name", flat=True)) == {"Lumen", "Tagus"}


def test_reader_reads_and_writes_nowhere() -> None:
    cast = make_cast()
    reader = cast.actor(cast.reader)
    assert reader.reach.reads
    assert not reader.reach.writes
    with pytest.raises(NotPermitted):
        amended(reader, cast.engagement)


def amended(actor: Actor, engagement: Engagement, **values: object) -> Engagement:
    told = {"name": "Care", "size": "light", "zone": "Europe/Belgrade", "currency": "EUR", "signed_on": None,
            "live_on": None, "notice_on": None, "ends_on": None} | values  # fmt: skip
    return amend_engagement(actor, engagement, **told, at=AT)  # type: ignore[arg-type]  # values of one test


def test_either_side_that_manages_may_amend_the_deal() -> None:
    cast = make_cast()
    assert amended(cast.actor(cast.delivery), cast.engagement).name == "Care"


def test_dates_out_of_their_order_are_refused_by_the_field() -> None:
    cast = make_cast()
    with pytest.raises(EngagementRefused, match="lies before signed") as refused:
        amended(
            cast.actor(cast.owner), cast.engagement, signed_on=AT.date(), live_on=AT.date() - timedelta(1)
        )
    assert refused.value.fields[0][0] == "live_on"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("size", "huge"),
        ("side", "both"),
        ("currency", "cad"),
        ("zone", "Mars/Base"),
        ("other_name", ""),
    ],
)
def test_deal_with_a_wrong_value_names_its_field(field: str, value: str) -> None:
    with pytest.raises(EngagementRefused) as refused:
        a_deal(**{field: value})
    assert [name for name, _ in refused.value.fields] == [field]


def test_link_works_once_and_not_after_its_time() -> None:
    cast = make_cast()
    owner = cast.actor(cast.owner)
    sent = invite(
        owner, internal_space_of(cast.lumen.pk, cast.engagement.pk), shared_space=cast.engagement.space_id,
        email="ana@lumen.example", side="client", roles=["process-owner"], organisation=cast.lumen,
        at=AT,
    )  # fmt: skip
    word = make_password("a long word for tests")
    with pytest.raises(InvitationSpent):
        accept_invitation(
            bearer_of(sent), sent, name="Ana", password=word, zone="UTC", at=AT + timedelta(days=15)
        )
    with pytest.raises(NameMissing):
        accept_invitation(bearer_of(sent), sent, name=" ", password=word, zone="UTC", at=AT)
    member = accept_invitation(bearer_of(sent), sent, name="Ana", password=word, zone="UTC", at=AT)
    assert member.organisation_id == cast.lumen.pk
    with pytest.raises(InvitationSpent):
        accept_invitation(bearer_of(sent), sent, name="Ana", password=word, zone="UTC", at=AT)


def test_journal_of_every_space_is_whole_after_all_this() -> None:
    make_cast()
    spaces = list(Space.objects.values_list("pk", flat=True))
    assert len(spaces) > 6
    for space in spaces:
        with entered(Reach(frozenset({space}))):
            assert verified(space).is_whole
