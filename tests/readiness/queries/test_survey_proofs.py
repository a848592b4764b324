"""Proofs over surveys: of what both sides read, of the latest that was closed, and of nothing below five answers."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from tests.surveys.asking import AT, Asking, make_asking

from handfast.foundation.scope import entered
from handfast.readiness.proofs import PROOFS, Asked, Measured
from handfast.readiness.proofs.surveying import (
    pulse_agree_share,
    survey_response_share,
    users_satisfied_share,
)
from handfast.surveys.actions import close_survey, open_survey

if TYPE_CHECKING:
    from handfast.readiness.proofs import Proof
    from handfast.surveys.models import Survey

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def asking() -> Asking:
    return make_asking()


def measured(asking: Asking, proof: Proof) -> Measured:
    with entered(asking.client.reach):
        return proof.measure(Asked(asking.engagement, AT, AT.date()))


def pulse(
    asking: Asking, *places: object, usual: str = "change_pulse", counted: int = 1, **said: object
) -> Survey:
    made = asking.opened({"Desk": 8}, usual=usual, counted=counted, **said)  # type: ignore[arg-type]  # as the factory takes them
    asking.says(made, "Desk", [(one, one, one) for one in places])
    return asking.closed(made)


def test_they_stand_in_the_catalogue_under_the_names_of_the_content() -> None:
    for name in ("pulse_agree_share", "users_satisfied_share", "survey_response_share"):
        assert PROOFS[name].definition


def test_nothing_is_measured_before_one_is_closed(asking: Asking) -> None:
    asking.opened({"Desk": 8}, usual="change_pulse", counted=1)
    for one in (pulse_agree_share, users_satisfied_share, survey_response_share):
        assert measured(asking, one).value is None


def test_the_latest_pulse_that_was_closed_counts(asking: Asking) -> None:
    pulse(asking, 1, 1, 1, 1, 1)
    pulse(asking, 5, 4, 4, 2, 1, 3)
    found = measured(asking, pulse_agree_share)
    assert (found.value, found.said) == (Fraction(1, 2), "3 of 6 in SV-2")
    assert found.as_of_at == AT
    assert measured(asking, users_satisfied_share).value is None
    answered = measured(asking, survey_response_share)
    assert (answered.value, answered.lacking[0].said) == (Fraction(6, 8), "2 have not answered SV-2")


def test_satisfied_are_four_and_five_of_five(asking: Asking) -> None:
    pulse(asking, 5, 4, 3, 2, 1, usual="client_users", counted=2)
    assert measured(asking, users_satisfied_share).value == Fraction(2, 5)


@pytest.mark.parametrize("is_anonymous", [True, False])
def test_below_five_answers_nothing_is_counted(asking: Asking, is_anonymous: bool) -> None:
    pulse(asking, 5, 5, 5, 5, is_anonymous=is_anonymous)
    assert "fewer than 5" in measured(asking, pulse_agree_share).said
    assert measured(asking, pulse_agree_share).value is None


def test_a_counted_question_from_0_to_10_has_no_share_and_none_counts_nothing(asking: Asking) -> None:
    pulse(asking, 5, 5, 5, 5, 5, counted=3)
    assert "has no share" in measured(asking, pulse_agree_share).said
    made = asking.opened({"Desk": 5}, usual="change_pulse")
    asking.says(made, "Desk", [(5,)] * 5)
    asking.closed(made)
    assert measured(asking, pulse_agree_share).value is None


def test_what_one_side_asks_for_itself_and_one_link_for_all_are_not_counted(asking: Asking) -> None:
    pulse(asking, 5, 5, 5, 5, 5, is_internal=True)
    link = open_survey(asking.client, asking.drafted(sent_by="link"), at=AT)
    close_survey(asking.client, link, at=AT)
    assert measured(asking, pulse_agree_share).value is None
    assert measured(asking, survey_response_share).value is None


def test_the_steps_of_change_and_of_stabilisation_show_their_surveys_to_whom_they_are_open(
    asking: Asking,
) -> None:
    pulse(asking, 5, 5, 5, 5, 5, title="Pulse of both")
    pulse(asking, 5, 5, 5, 5, 5, title="Pulse of ours", is_internal=True)
    pages = {}
    for who in (asking.cast.owner, asking.cast.delivery):
        client = Client()
        client.force_login(who, backend=BACKEND)
        for step in ("change", "stabilisation", "launch"):
            answer = client.get(reverse("readiness:step", args=[asking.engagement.pk, step]))
            pages[who.pk, step] = " ".join(answer.content.decode().split())
    owner, delivery = asking.cast.owner.pk, asking.cast.delivery.pk
    assert "Pulse of ours" in pages[owner, "change"]
    assert "Pulse of both" in pages[delivery, "change"]
    assert "Pulse of ours" not in pages[delivery, "change"]
    assert "Nobody was asked yet" in pages[owner, "stabilisation"]
    assert "What people say" not in pages[owner, "launch"]
