"""Joining where somebody belongs already, was erased, or whose organisation asks for its own sign-in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories.cast import AT, PASSWORD, Cast, joined, make_cast

from handfast.engagement.actions.inviting import invite_to_side
from handfast.foundation.scope import entered
from handfast.people.actions.erasing import erase_person
from handfast.people.actions.memberships import end_membership
from handfast.people.models import Membership, Organisation
from handfast.people.queries import actor_for, link_secret
from handfast.people.refusals import LastManager

if TYPE_CHECKING:
    from django.http import HttpResponse

    from handfast.people.models import Invitation

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def invited(cast: Cast, email: str, *roles: str, **span: Any) -> Invitation:
    actor = cast.actor(cast.owner)
    with entered(actor.reach):
        return invite_to_side(
            actor, cast.engagement, email=email, side="client", roles=roles, at=timezone.now(), **span
        )


def used(sent: Invitation, **told: str) -> HttpResponse:
    link = reverse("engagement:join", args=[link_secret(sent.pk)])
    return Client(raise_request_exception=False).post(link, told)  # type: ignore[return-value]  # a response all the same


def test_a_role_for_a_time_is_not_put_beside_one_without_an_end(cast: Cast) -> None:
    sent = invited(cast, cast.reader.email, "process-owner", ends_at=timezone.now() + WEEK)
    answer = used(sent)
    assert answer.status_code == 409
    assert "membership-lasts" in answer.content.decode()
    member = Membership.objects.get(person=cast.reader, engagement_id=cast.engagement.pk)
    assert (member.roles, member.ends_at) == (["reader"], None)


def test_a_role_of_the_same_time_is_put_beside_the_others(cast: Cast) -> None:
    assert used(invited(cast, cast.reader.email, "process-owner")).status_code == 302
    member = Membership.objects.get(person=cast.reader, engagement_id=cast.engagement.pk)
    assert member.roles == ["process-owner", "reader"]


def test_whoever_was_erased_joins_nothing_and_manages_nothing(cast: Cast) -> None:
    member = joined(
        cast.actor(cast.owner), cast.engagement, "client", ["process-owner"], "Zora Voss", "lumen"
    )
    end_membership(cast.actor(cast.owner), member, at=AT)
    sent = invited(cast, member.person.email, "vendor-manager")
    erase_person(actor_for(member.person), member.person, typed=member.person.email)
    assert used(sent).status_code == 410
    assert not Membership.objects.filter(person=member.person, ended_at__isnull=True).exists()
    sent.refresh_from_db()
    assert sent.withdrawn_at is not None


def test_whoever_cannot_sign_in_is_not_the_manager_who_stays(cast: Cast) -> None:
    ghost = joined(
        cast.actor(cast.owner), cast.engagement, "client", ["vendor-manager"], "Zora Voss", "lumen"
    )
    ghost.person.is_active = False
    ghost.person.save()
    mine = Membership.objects.get(person=cast.owner, engagement_id=cast.engagement.pk)
    with pytest.raises(LastManager):
        end_membership(cast.actor(cast.owner), mine, at=AT)


def test_whoever_joins_where_the_companys_sign_in_is_asked_for_is_told_so(cast: Cast) -> None:
    Organisation.objects.filter(pk=cast.lumen.pk).update(required_issuer="https://login.lumen.example")
    sent = invited(cast, "new.one@lumen.example", "finance")
    answer = used(sent, name="New One", zone="UTC", password=PASSWORD)
    assert (answer.status_code, answer["Location"]) == (302, reverse("account_login"))
    assert Membership.objects.filter(person__email="new.one@lumen.example", ended_at__isnull=True).exists()
