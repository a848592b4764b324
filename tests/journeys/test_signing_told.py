"""Who is asked to sign hears of it at once; whoever asked hears what became of it; nobody else does."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.test import Client
from tests.evidence.papers import DELIVERY, asked_to_sign, drafted, published, signatures, signed
from tests.factories.cast import AT, Cast, make_cast
from tests.records.deal import work

from handfast.evidence.actions import withdraw_sign_off
from handfast.foundation.scope import entered
from handfast.journeys.queries.notices import notices_seen_by

if TYPE_CHECKING:
    from handfast.journeys.models import Notice
    from handfast.people.models import Person

ASKED = "A document waits for your signature"
pytestmark = pytest.mark.django_db
LATER = AT.replace(hour=13)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def notices(cast: Cast, person: Person, kind: str) -> list[Notice]:
    actor = cast.actor(person)
    with entered(actor.reach):
        return list(notices_seen_by(actor).filter(kind=f"evidence.{kind}"))


def test_role_that_is_asked_hears_at_once_and_the_owner_hears_the_answer(cast: Cast) -> None:
    document = published(cast, cast.owner, drafted(cast, cast.owner, title="Secret title"))
    asked_to_sign(cast, cast.owner, document, DELIVERY, ("client", "sponsor"))
    work(LATER)
    sent = [one for one in mail.outbox if one.subject == ASKED]
    assert [one.to[0] for one in sent] == [cast.delivery.email]
    assert "Secret title" not in sent[0].body
    (told,) = notices(cast, cast.delivery, "sign_off_asked")
    assert notices(cast, cast.reader, "sign_off_asked") == []
    client = Client()
    client.force_login(cast.delivery)
    assert client.post(f"/notices/{told.pk}/").url.endswith("/to-sign/")  # type: ignore[attr-defined]  # a redirect
    waiting = next(one for one in signatures(cast, cast.owner, document) if one.role == "delivery-manager")
    signed(cast, cast.delivery, waiting)
    work(LATER)
    (told,) = notices(cast, cast.owner, "signature_answered")
    client.force_login(cast.owner)
    assert client.post(f"/notices/{told.pk}/").url.endswith(f"/documents/{document.pk}/versions/1/")  # type: ignore[attr-defined]  # as above


def test_request_that_was_withdrawn_before_is_told_to_nobody(cast: Cast) -> None:
    document = published(cast, cast.owner, drafted(cast, cast.owner))
    made = asked_to_sign(cast, cast.owner, document, DELIVERY)
    withdraw_sign_off(cast.actor(cast.owner), made, at=LATER)
    work(LATER)
    assert notices(cast, cast.delivery, "sign_off_asked") == []
