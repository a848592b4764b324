"""Two who use one link at once, or join one side at once: one wins, and nothing is made twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.contrib.auth.hashers import make_password
from tests.factories.cast import AT, a_deal, engagement_of, make_cast, organisation_of, person_named
from tests.factories.racing import at_once

from handfast.engagement.actions.inviting import invite_to_side
from handfast.engagement.actions.joining import accept_invitation
from handfast.engagement.queries import engagement_seen_by
from handfast.foundation.journal import verified
from handfast.foundation.models import Space
from handfast.foundation.scope import entered
from handfast.people.actions.invitations import withdraw_invitation
from handfast.people.actions.memberships import end_membership
from handfast.people.models import Invitation, Membership, Organisation, Person
from handfast.people.queries import actor_for, bearer_of

if TYPE_CHECKING:
    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor

pytestmark = pytest.mark.django_db(transaction=True)


def sent(actor: Actor, engagement: Engagement, side: str, role: str, email: str) -> Invitation:
    with entered(actor.reach):
        deal = engagement_seen_by(actor, engagement.pk)
        return invite_to_side(actor, deal, email=email, side=side, roles=[role], at=AT)


def accepted(invitation: Invitation, name: str) -> Membership:
    word = make_password("a long word for tests")
    return accept_invitation(bearer_of(invitation), invitation, name=name, password=word, zone="UTC", at=AT)


def test_two_acceptances_of_one_invitation_have_one_winner() -> None:
    cast = make_cast()
    invitation = sent(actor_for(cast.owner), cast.engagement, "client", "finance", "helen.osei@lumen.example")
    ended = at_once(*[lambda: accepted(invitation, "Helen Osei")] * 3)
    assert sorted(ended) == ["invitation-spent", "invitation-spent", "won"]
    assert Person.objects.filter(email="helen.osei@lumen.example").count() == 1
    assert Membership.objects.filter(person__email="helen.osei@lumen.example").count() == 1
    with entered(actor_for(cast.owner).reach):
        assert verified(invitation.journal_space_id).is_whole


def test_accepting_and_withdrawing_at_once_have_one_winner() -> None:
    cast = make_cast()
    owner = actor_for(cast.owner)
    invitation = sent(owner, cast.engagement, "client", "finance", "helen.osei@lumen.example")
    ended = at_once(
        lambda: accepted(invitation, "Helen Osei"), lambda: withdraw_invitation(owner, invitation, at=AT)
    )
    assert sorted(ended) == ["invitation-spent", "won"]
    kept = Invitation.objects.get(pk=invitation.pk)
    assert (kept.used_at is None) != (kept.withdrawn_at is None)
    assert Membership.objects.filter(person__name="Helen Osei").exists() == (kept.used_at is not None)


def test_two_who_bring_in_one_side_at_once_bring_in_one_organisation() -> None:
    priya = person_named("Priya Raman")
    lumen = organisation_of(priya, "Lumen")
    engagement = engagement_of(priya, lumen, a_deal())
    links = [
        sent(actor_for(priya), engagement, "provider", "delivery-manager", f"{name}@danubecare.example")
        for name in ("jovana", "milica")
    ]
    ended = at_once(*[lambda one=one: accepted(one, one.email) for one in links])
    assert "won" in ended
    assert set(ended) <= {"won", "side-taken"}
    assert Organisation.objects.filter(name="Danube Care").count() == 1
    spaces = Space.objects.filter(engagement_id=engagement.pk).exclude(organisation_id=lumen.pk)
    assert sorted(spaces.values_list("kind", flat=True)) == ["internal", "shared"]


def test_two_managers_who_end_each_other_at_once_leave_one() -> None:
    cast = make_cast()
    helen = accepted(
        sent(actor_for(cast.owner), cast.engagement, "client", "sponsor", "helen.osei@lumen.example"),
        "Helen Osei",
    )
    priya = Membership.objects.get(person=cast.owner, engagement_id=cast.engagement.pk)
    first, second = actor_for(cast.owner), actor_for(helen.person)
    at_once(lambda: end_membership(first, helen, at=AT), lambda: end_membership(second, priya, at=AT))
    lasting = Membership.objects.filter(pk__in=[helen.pk, priya.pk], ended_at__isnull=True)
    assert lasting.count() == 1
