"""Whatever stands on one line is refused by its field where it does not fit, on every database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from tests.contract.deal import Bargain, bargain_of
from tests.factories.cast import make_cast

from handfast.people.models import Membership

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db
JSON = "application/json"
DEAL = {
    "name": "Night Desk", "size": "light", "side": "client", "other_name": "Sava Desk", "zone": "UTC",
    "other_zone": "UTC", "currency": "EUR",
}  # fmt: skip
AMENDED = {"name": "Care", "size": "light", "zone": "UTC", "currency": "CAD", "as_seen": ""}
INVITED = {"email": "new@lumen.example", "side": "client", "roles": ["finance"]}
NO_LINES = ("x" * 5000, "A\nB", "A\u202eB")
CALLS = {
    "deal's name": ("post", "engagements/", DEAL, "name"),
    "other side's name": ("post", "engagements/", DEAL, "other_name"),
    "deal's new name": ("put", "engagements/{deal}/", AMENDED, "name"),
    "person's name": ("put", "me", {"zone": "UTC"}, "name"),
    "token's name": ("post", "tokens", {"membership_id": "{member}", "expires_at": "{soon}"}, "name"),
    "address": ("post", "engagements/{deal}/invitations/", INVITED, "email"),
    "agreement's title": ("post", "contract/engagements/{deal}/agreements", {"currency": "CAD"}, "title"),
    "source's name": ("post", "records/engagements/{deal}/sources", {"key": "desk", "preset": "zendesk", "mapping": "x"}, "name"),
}  # fmt: skip


@pytest.fixture
def bargain() -> Bargain:
    return bargain_of(make_cast())


@pytest.mark.parametrize("what", CALLS)
def test_text_that_is_no_line_is_refused_by_its_field(what: str, bargain: Bargain, client: Client) -> None:
    cast = bargain.cast
    client.force_login(cast.owner)
    known = {
        "deal": cast.engagement.pk,
        "member": Membership.objects.get(person=cast.owner, engagement_id=cast.engagement.pk).pk,
        "soon": (datetime.now(UTC) + timedelta(days=1)).isoformat(),
    }
    method, path, body, field = CALLS[what]
    told = {key: one.format(**known) if isinstance(one, str) else one for key, one in body.items()}
    if "as_seen" in told:
        told["as_seen"] = client.get(f"/api/{path.format(**known)}").json()["seen_as"]
    for text in NO_LINES:
        sent = told | {field: f"{text}@lumen.example" if field == "email" else text}
        answer = getattr(client, method)(f"/api/{path.format(**known)}", sent, content_type=JSON)
        assert answer.status_code == 422, answer.content
        assert field in [one["name"] for one in answer.json()["fields"]]


def test_address_longer_than_its_column_is_refused_though_it_is_an_address(
    bargain: Bargain, client: Client
) -> None:
    client.force_login(bargain.cast.owner)
    long = "a" * 60 + "@" + ".".join(["b" * 60] * 4) + ".example"
    answer = client.post(
        f"/api/engagements/{bargain.cast.engagement.pk}/invitations/",
        INVITED | {"email": long},
        content_type=JSON,
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "text-refused")


def test_currency_of_a_deal_is_three_letters(bargain: Bargain, client: Client) -> None:
    client.force_login(bargain.cast.owner)
    for wrong in ("A1B", "ÄÖÜ"):
        answer = client.post("/api/engagements/", DEAL | {"currency": wrong}, content_type=JSON)
        assert (answer.status_code, answer.json()["fields"][0]["name"]) == (422, "currency")


def test_number_that_no_database_can_count_to_is_refused(bargain: Bargain, client: Client) -> None:
    client.force_login(bargain.cast.owner)
    here = f"/api/records/engagements/{bargain.cast.engagement.pk}"
    level = f"/api/operate/statements/{bargain.cast.engagement.pk}/levels/first/records"
    for address in (f"{here}/uploads?limit=", f"{here}/batches?offset=", f"{level}?page="):
        for number in ("9" * 20, "-5"):
            assert client.get(address + number).status_code == 422, address
