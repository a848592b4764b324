"""Who acts reaches what their memberships give right now, and nothing by having known an id."""

from __future__ import annotations

from uuid import uuid4

import pytest
from tests.factories.cast import AT, Cast, joined, make_cast

from handfast.foundation.actor import Actor
from handfast.foundation.models import Space
from handfast.foundation.refusals import NotSeen
from handfast.foundation.scope import Reach, entered
from handfast.foundation.spaces import open_space
from handfast.people.actions.invitations import invite, withdraw_invitation
from handfast.people.models import Invitation, Membership
from handfast.people.queries import (
    actor_for,
    actor_of,
    internal_space_of,
    invitation_seen_by,
    memberships_in_force,
    organisations_seen_by,
    own_space_of,
    person_of,
)
from handfast.people.refusals import InvitationSpent

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def test_invitation_that_was_used_is_not_withdrawn(cast: Cast) -> None:
    joined(actor_for(cast.owner), cast.engagement, "client", ["sponsor"], "Helen Osei", "lumen")
    used = Invitation.objects.get(email="helen.osei@lumen.example")
    with pytest.raises(InvitationSpent):
        withdraw_invitation(actor_for(cast.owner), used, at=AT)


def test_memberships_for_one_organisation_give_nothing_while_acting_for_another(cast: Cast) -> None:
    mine = [*memberships_in_force(cast.owner.pk), *Membership.objects.filter(person=cast.rival)]
    actor = actor_of(cast.owner, cast.tagus.pk, mine)
    assert set(actor.capabilities) == {
        one.engagement_id for one in mine if one.organisation_id == cast.tagus.pk
    }


def test_organisation_that_one_does_not_belong_to_is_not_reached(cast: Cast) -> None:
    actor = actor_of(cast.stranger, cast.lumen.pk, [])
    assert (actor.reach, dict(actor.capabilities)) == (Reach(), {})


def test_space_that_an_organisation_only_reads_is_not_written_by_its_people(cast: Cast) -> None:
    with entered(Reach()):
        space = open_space(
            Space.Kind.SHARED,
            engagement=cast.engagement.pk,
            readers=[cast.lumen.pk],
            writers=[cast.danube.pk],
        )
    reach = actor_for(cast.owner).reach
    assert (space.pk in reach.reads, space.pk in reach.writes) == (True, False)


def test_organisations_in_sight_are_the_own_and_those_of_the_same_engagements(cast: Cast) -> None:
    assert {one.pk for one in organisations_seen_by(actor_for(cast.delivery))} == {
        cast.lumen.pk,
        cast.danube.pk,
    }
    alone = Actor(cast.owner.pk, cast.lumen.pk)
    assert [one.pk for one in organisations_seen_by(alone)] == [cast.lumen.pk]


def test_own_space_is_that_of_an_engagement_one_is_in(cast: Cast) -> None:
    actor = actor_for(cast.owner)
    own = internal_space_of(cast.lumen.pk, cast.engagement.pk)
    assert own_space_of(actor, cast.engagement.pk) == own
    for other in (
        Actor(None, None, actor.reach, actor.capabilities),
        Actor(cast.owner.pk, cast.lumen.pk, actor.reach),
    ):
        with pytest.raises(NotSeen):
            own_space_of(other, cast.engagement.pk)
    with pytest.raises(NotSeen):
        internal_space_of(cast.tagus.pk, cast.engagement.pk)


def test_invitation_of_an_engagement_one_is_no_longer_in_is_out_of_sight(cast: Cast) -> None:
    actor = actor_for(cast.owner)
    sent = invite(
        actor, internal_space_of(cast.lumen.pk, cast.engagement.pk), shared_space=cast.engagement.space_id,
        email="new@lumen.example", side="client", roles=["sponsor"], organisation=cast.lumen, at=AT,
    )  # fmt: skip
    assert invitation_seen_by(actor, cast.engagement.pk, sent.pk) == sent
    with pytest.raises(NotSeen):
        invitation_seen_by(Actor(cast.owner.pk, cast.lumen.pk, actor.reach), cast.engagement.pk, sent.pk)


def test_worker_is_no_person() -> None:
    for nobody in (Actor(None, None), Actor(uuid4(), None)):
        with pytest.raises(NotSeen):
            person_of(nobody)
