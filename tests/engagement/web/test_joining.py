"""The link in the mail: works once, tells nothing to others, and its secret is kept nowhere."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from tests.factories.cast import AT, PASSWORD, Cast, a_deal, joined, make_cast

from handfast.engagement.actions.engagements import open_engagement
from handfast.engagement.actions.joining import accept_invitation
from handfast.engagement.refusals import OrganisationUnchosen
from handfast.foundation.models import Outgoing
from handfast.foundation.outbox import work_once
from handfast.foundation.scope import OutsideTheFence, entered
from handfast.people.actions.invitations import MAIL_INVITATION, invite, withdraw_invitation
from handfast.people.actions.memberships import change_roles
from handfast.people.models import Invitation, Membership, Organisation, Person
from handfast.people.queries import actor_for, bearer_of, internal_space_of, link_secret

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def invited(
    cast: Cast, email: str = "helen.osei@lumen.example", *, ago: timedelta = timedelta()
) -> Invitation:
    return invite(
        actor_for(cast.owner), internal_space_of(cast.lumen.pk, cast.engagement.pk),
        shared_space=cast.engagement.space_id, email=email, side="client", roles=["sponsor"],
        organisation=cast.lumen, at=datetime.now(UTC) - ago,
    )  # fmt: skip


def worked() -> None:
    while work_once(lambda: datetime.now(UTC)):
        continue


def invitations_mailed() -> list[mail.EmailMessage]:
    return [one for one in mail.outbox if "invites you" in one.subject]


def link_of(invitation: Invitation) -> str:
    return reverse("engagement:join", args=[link_secret(invitation.pk)])


def told(name: str = "Helen Osei") -> dict[str, str]:
    return {"name": name, "zone": "America/Toronto", "password": PASSWORD}


def test_mail_has_the_link_and_the_same_message_id_however_often_it_is_sent(
    cast: Cast, client: Client
) -> None:
    invitation = invited(cast)
    worked()
    Outgoing.objects.filter(kind=MAIL_INVITATION, subject_id=invitation.pk).update(done_at=None, lease=None)
    worked()
    first, again = invitations_mailed()
    assert first.to == ["helen.osei@lumen.example"]
    assert first.extra_headers["Message-ID"] == again.extra_headers["Message-ID"]
    assert re.fullmatch(r"<[0-9a-f]{32}@[a-z0-9.]+>", first.extra_headers["Message-ID"])
    assert link_of(invitation) in first.body
    assert "Priya Raman of Lumen" in first.body
    assert client.get(link_of(invitation)).status_code == 200


def test_secret_of_a_link_is_kept_nowhere(cast: Cast) -> None:
    invitation = invited(cast)
    secret = link_secret(invitation.pk)
    assert secret not in {str(value) for row in Invitation.objects.values() for value in row.values()}
    assert secret not in {str(value) for row in Outgoing.objects.values() for value in row.values()}


def test_new_person_joins_by_the_link_and_is_signed_in(cast: Cast, client: Client) -> None:
    invitation = invited(cast)
    page = client.get(link_of(invitation)).content.decode()
    for words in ("Customer Support", "Priya Raman", "Lumen", "sponsor", 'name="password"'):
        assert words in page
    answer = client.post(link_of(invitation), told())
    assert (answer.status_code, answer["Location"]) == (302, f"/engagements/{cast.engagement.pk}/")
    helen = Person.objects.get(email="helen.osei@lumen.example")
    assert helen.check_password(PASSWORD)
    assert Membership.objects.get(person=helen).roles == ["sponsor"]
    assert client.get(reverse("engagement:people", args=[cast.engagement.pk])).status_code == 200
    client.post(reverse("account_logout"))
    answer = client.post("/accounts/login/", {"login": helen.email, "password": PASSWORD})
    assert answer["Location"] == "/"


def test_weak_password_and_missing_name_are_refused_and_the_link_stays(cast: Cast, client: Client) -> None:
    invitation = invited(cast)
    for wrong in (told() | {"password": "short"}, told() | {"password": "helen.osei@lumen"}, told(" ")):
        assert client.post(link_of(invitation), wrong).status_code == 422
    assert not Person.objects.filter(email=invitation.email).exists()
    assert client.post(link_of(invitation), told()).status_code == 302


def test_known_person_just_joins_and_signs_in_as_ever(cast: Cast, client: Client) -> None:
    invitation = invited(cast, cast.stranger.email)
    assert 'name="password"' not in client.get(link_of(invitation)).content.decode()
    answer = client.post(link_of(invitation), {"join": "1", "password": "a word that must not count"})
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/login/")
    assert client.get(reverse("engagement:list")).status_code == 302
    assert Person.objects.get(pk=cast.stranger.pk).check_password(PASSWORD)


def test_known_person_who_is_signed_in_goes_on_to_the_deal(cast: Cast, client: Client) -> None:
    client.force_login(cast.rival)
    answer = client.post(link_of(invited(cast, cast.rival.email)), {"join": "1"})
    assert answer["Location"] == f"/engagements/{cast.engagement.pk}/"
    assert client.get(answer["Location"], follow=True).status_code == 200


def test_link_that_is_spent_withdrawn_expired_or_made_up_says_the_same(cast: Cast, client: Client) -> None:
    used, withdrawn, expired = (
        invited(cast),
        invited(cast, "marcus.tran@lumen.example"),
        invited(cast, "late@lumen.example", ago=timedelta(days=15)),
    )
    Client().post(link_of(used), told())
    withdraw_invitation(actor_for(cast.owner), withdrawn, at=datetime.now(UTC))
    links = [link_of(one) for one in (used, withdrawn, expired)]
    links.append(reverse("engagement:join", args=["0" * 64]))
    said = set()
    for link in links:
        answer = client.get(link)
        assert answer.status_code == 410
        assert "invitation-spent" in answer.content.decode()
        said.add(re.sub(r"[0-9a-f]{64}|[A-Za-z0-9]{64}", "", answer.content.decode()))
    assert len(said) == 1


def test_withdrawn_invitation_is_not_mailed(cast: Cast) -> None:
    withdraw_invitation(actor_for(cast.owner), invited(cast), at=datetime.now(UTC))
    expired = invited(cast, "late@lumen.example", ago=timedelta(days=15))
    worked()
    assert invitations_mailed() == []
    assert Outgoing.objects.get(subject_id=expired.pk).done_at is not None


def test_request_for_a_link_has_no_reach_before_its_door_has_read_it(cast: Cast, client: Client) -> None:
    client.force_login(cast.owner)
    with pytest.raises(OutsideTheFence):
        list(type(cast.engagement).objects.all())
    with entered(actor_for(cast.owner).reach):
        assert type(cast.engagement).objects.exists()
    assert client.put(link_of(invited(cast))).status_code == 405


def invited_to_the_other_side(cast: Cast, email: str) -> Invitation:
    """Lumen opens another deal and invites somebody to its provider's side."""
    deal = open_engagement(
        actor_for(cast.owner),
        cast.lumen,
        deal=a_deal(name="Night Desk", other_name="Danube Care d.o.o."),
        at=AT,
    )
    return invite(
        actor_for(cast.owner), internal_space_of(cast.lumen.pk, deal.pk), shared_space=deal.space_id, email=email,
        side="provider", roles=["account-executive"], organisation=None, at=datetime.now(UTC),
    )  # fmt: skip


def test_somebody_who_is_known_says_for_which_of_their_organisations_they_join(
    cast: Cast, client: Client
) -> None:
    invitation = invited_to_the_other_side(cast, cast.delivery.email)
    before = Organisation.objects.count()
    page = client.get(link_of(invitation)).content.decode()
    assert "Sign in and join" in page
    assert str(cast.danube.pk) not in page
    for told in ({"join": "1"}, {"organisation": str(cast.danube.pk)}, {"organisation": "new"}):
        answer = client.post(link_of(invitation), told)
        assert answer["Location"] == f"/accounts/login/?next={link_of(invitation)}"
    client.force_login(cast.delivery)
    page = client.get(link_of(invitation)).content.decode()
    assert "Danube Care" in page
    assert "a new organisation, Danube Care d.o.o." in page
    for wrong in ("", str(cast.lumen.pk), str(cast.tagus.pk)):
        assert client.post(link_of(invitation), {"organisation": wrong}).status_code == 422
    answer = client.post(link_of(invitation), {"organisation": str(cast.danube.pk)})
    assert answer["Location"] == f"/engagements/{invitation.engagement_id}/"
    member = Membership.objects.get(person=cast.delivery, engagement_id=invitation.engagement_id)
    assert member.organisation == cast.danube
    assert Organisation.objects.count() == before
    names = client.get(reverse("engagement:list")).content.decode()
    assert "Night Desk" in names
    assert "Customer Support" in names


def test_new_organisation_is_founded_where_the_person_says_so(cast: Cast, client: Client) -> None:
    invitation = invited_to_the_other_side(cast, cast.delivery.email)
    client.force_login(cast.delivery)
    assert client.post(link_of(invitation), {"organisation": "new"}).status_code == 302
    member = Membership.objects.get(person=cast.delivery, engagement_id=invitation.engagement_id)
    assert member.organisation.name == "Danube Care d.o.o."
    assert member.organisation != cast.danube


def test_action_refuses_what_is_not_the_persons_to_bring(cast: Cast) -> None:
    invitation = invited_to_the_other_side(cast, cast.delivery.email)
    told = {"name": "", "password": "!", "zone": "UTC", "at": datetime.now(UTC)}
    for brings in (None, cast.tagus, cast.lumen):
        with pytest.raises(OrganisationUnchosen):
            accept_invitation(bearer_of(invitation), invitation, brings=brings, **told)
    change_roles(
        actor_for(joined(actor_for(cast.delivery), cast.engagement, "provider", ["account-executive"], "Mila Ilić",
                         "danubecare").person),
        Membership.objects.get(person=cast.delivery), roles=["reader"], at=AT,
    )  # fmt: skip
    with pytest.raises(OrganisationUnchosen):
        accept_invitation(bearer_of(invitation), invitation, brings=cast.danube, **told)
    assert accept_invitation(bearer_of(invitation), invitation, **told).organisation != cast.danube
