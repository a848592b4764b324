"""The palette shows what was opened before: by its name of today, to whom may still see it, and to nobody else."""

from __future__ import annotations

import re
import uuid
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.cast import Cast, make_cast
from tests.governance.kept import written
from tests.journeys.small import small_sample
from tests.journeys.test_pages import signed_in

from handfast.journeys.frame import THINGS
from handfast.journeys.queries.opened import OPENED
from handfast.journeys.sampling.loading import Loading, load_sample
from handfast.people.models import Person

if TYPE_CHECKING:
    from uuid import UUID

pytestmark = pytest.mark.django_db
FRAGMENT = {"HX-Request": "true"}
ASKED_BY_A_PALETTE = 25
HREF = re.compile(r'<a href="([^"]+)" role="option"[^>]*>(.*?)</a>', re.DOTALL)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def place(cast: Cast, entry: UUID) -> str:
    return reverse("governance:entry", args=[cast.engagement.pk, entry])


def shown_to(person: Person, *addresses: str, q: str = "") -> list[str]:
    told = {"q": q, "recent": list(addresses)}
    answer = signed_in(person).get(reverse("journeys:palette"), told, headers=FRAGMENT)
    assert answer.status_code == 200
    return [href for href, _ in HREF.findall(answer.content.decode()) if href in addresses]


def test_what_was_opened_stands_first_in_the_order_it_was_opened(cast: Cast) -> None:
    first, second = (place(cast, written(cast, cast.owner, title=one).pk) for one in ("Headsets", "Chairs"))
    assert shown_to(cast.owner, second, first, second) == [second, first]
    assert shown_to(cast.owner, second, first, q="nothing says this") == []


def test_what_one_side_keeps_is_as_absent_to_others_as_what_never_was(cast: Cast) -> None:
    shared = place(cast, written(cast, cast.owner, title="Shared matter").pk)
    own = place(cast, written(cast, cast.owner, is_own=True, title="Walkaway price").pk)
    never = place(cast, uuid.uuid4())
    assert shown_to(cast.owner, own, shared, never) == [own, shared]
    assert shown_to(cast.delivery, own, shared, never) == [shared]
    assert shown_to(cast.rival, own, shared, never) == shown_to(cast.stranger, own, shared) == []


@pytest.mark.parametrize(
    "address",
    [
        "",
        "/",
        "//evil.example/",
        "https://evil.example/",
        "/nowhere/",
        "/account/",
        "/" + "a" * 5000,
        "%",
        "[]",
    ],
)
def test_any_other_address_is_as_if_it_were_not_told(cast: Cast, address: str) -> None:
    entry = place(cast, written(cast, cast.owner).pk)
    assert shown_to(cast.owner, address, entry)[-1:] == [entry]
    answer = signed_in(cast.owner).get(
        reverse("journeys:palette"), {"q": "", "recent": [address]}, headers=FRAGMENT
    )
    assert "evil" not in answer.content.decode()


def test_each_kind_is_named_and_found() -> None:
    deal = load_sample(small_sample(), Loading())
    person = Person.objects.get(name="Priya Raman")
    assert {kind for kind, _ in THINGS.values()} == set(OPENED)
    month = reverse("operate:statement", args=[deal, "2026-03"])
    assert shown_to(person, month) == [month]
    client = signed_in(person)
    page = client.get(month).content.decode()
    assert f'data-kept="{month}"' in page
    assert "data-kept" not in client.get(reverse("operate:statements", args=[deal])).content.decode()
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("journeys:palette"), {"q": "", "recent": [month] * 6}, headers=FRAGMENT)
    assert len(asked) <= ASKED_BY_A_PALETTE
