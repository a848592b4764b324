"""A month by the operations of the API: computed, issued, disputed, agreed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from tests.operate.month import a_month

if TYPE_CHECKING:
    from handfast.people.models import Person

pytestmark = pytest.mark.django_db


def told(person: Person, address: str, given: dict[str, Any] | None = None) -> tuple[int, Any]:
    """Asked, or where something is given, done."""
    client = Client()
    client.force_login(person)
    address = f"/api/operate/{address}"
    answer = (
        client.get(address) if given is None else client.post(address, given, content_type="application/json")
    )
    return answer.status_code, answer.json()


def test_month_is_computed_issued_disputed_and_agreed_by_operations() -> None:
    cast = a_month().bargain.cast
    status, draft = told(cast.delivery, f"engagements/{cast.engagement.pk}/drafts", {"period": "2026-03"})
    assert (status, draft["period"], draft["issued_at"]) == (201, "2026-03", None)
    status, statement = told(cast.delivery, f"drafts/{draft['id']}/issue", {})
    assert (status, statement["state"], statement["digest"]) == (201, "issued", draft["digest"])
    given = {"level": "first_response", "reason": "Ours.", "as_seen": statement["seen_as"]}
    status, dispute = told(cast.owner, f"statements/{statement['id']}/disputes", given)
    assert (status, dispute["level"]) == (201, "first_response")
    assert told(cast.owner, f"disputes/{dispute['id']}/withdraw", {})[0] == 200
    given = {"typed": "2026-03", "as_seen": statement["seen_as"]}
    status, agreed = told(cast.owner, f"statements/{statement['id']}/agree", given)
    assert (status, agreed["state"]) == (200, "agreed")


def test_reader_is_refused_before_anything_is_told_of_the_other_side() -> None:
    cast = a_month().bargain.cast
    client = Client()
    client.force_login(cast.reader)
    answer = client.post(
        f"/api/engagements/{cast.engagement.pk}/invitations/",
        {"email": "x@danubecare.example", "side": "provider", "roles": ["trainer"]},
        content_type="application/json",
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "not-permitted")
