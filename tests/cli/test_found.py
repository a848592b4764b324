"""`handfast found` prints a link that sets a password once, and refuses an address that somebody has."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests.factories.cast import PASSWORD
from typer.testing import CliRunner

from handfast.cli.app import app
from handfast.foundation.refusals import FieldsRefused
from handfast.people.models import Person
from handfast.people.refusals import AddressTaken

pytestmark = pytest.mark.django_db
WORDS = ["found", "Priya Raman", "priya.raman@lumen.example", "--organisation", "Lumen & Sons"]


def test_founder_sets_a_password_signs_in_and_opens_the_first_engagement() -> None:
    said = CliRunner().invoke(app, WORDS).output
    password, opening = re.findall(r"https?://[^/]+(/\S+)", said)
    client = Client()
    form = client.get(password, follow=True).redirect_chain[-1][0]
    assert client.post(form, {"password1": PASSWORD, "password2": PASSWORD}).status_code == 302
    answer = client.post("/accounts/login/", {"login": "priya.raman@lumen.example", "password": PASSWORD})
    assert answer.status_code == 302
    assert 'value="Lumen &amp; Sons"' in client.get(opening).content.decode()


def test_founding_refuses_an_address_that_is_taken_or_none() -> None:
    CliRunner().invoke(app, WORDS)
    assert isinstance(CliRunner().invoke(app, WORDS).exception, AddressTaken)
    wrong = ["found", "Priya", "priya at lumen", "--organisation", "Lumen"]
    assert isinstance(CliRunner().invoke(app, wrong).exception, FieldsRefused)
    assert Person.objects.count() == 1
