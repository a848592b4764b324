"""A plan grows by programs: previewed, proposed, read, accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.transition.api.test_waves_api import sent

from handfast.foundation.scope import entered

if TYPE_CHECKING:
    from django.test import Client
    from tests.transition.programme import Programme

pytestmark = pytest.mark.django_db


def test_growth_is_previewed_proposed_and_accepted(client: Client, programme: Programme) -> None:
    here = f"/engagements/{programme.cast.engagement.pk}/plan/growth"
    client.force_login(programme.cast.owner)
    told = sent(client, "GET", here).json()
    assert (told["from_size"], told["to_size"]) == ("light", "standard")
    assert told["counts"] == {"stay": 4, "become": 29, "added": 75, "left_out": 0}
    assert told["go_lives"][0]["from_at"] < told["go_lives"][0]["to_at"]
    by = {one["name"]: one["by"] for one in told["lines"] if one["what"] == "becomes"}
    assert by["All volume"] == "Ramp to full volume"
    assert sent(client, "POST", here, {"as_seen": "old", "reason": "So"}).json()["code"] == "conflict"
    assert sent(client, "POST", here, {"as_seen": told["seen_as"]}).json()["code"] == "activity-refused"
    made = sent(client, "POST", here, {"as_seen": told["seen_as"], "reason": "A second team"})
    growth = made.json()["growth"]
    assert (made.status_code, made.json()["size"], growth["state"]) == (201, "light", "proposed")
    again = sent(client, "POST", here, {"as_seen": told["seen_as"], "reason": "So"})
    assert again.json()["code"] == "growth-waits"
    client.force_login(programme.cast.delivery)
    assert sent(client, "GET", "/work").json()["growths"][0]["id"] == growth["id"]
    place = f"/growths/{growth['id']}"
    accepted = sent(client, "POST", f"{place}/acceptance", {"as_seen": growth["seen_as"]}).json()
    assert (accepted["state"], accepted["counts"]["added"]) == ("accepted", 75)
    seen = {"as_seen": accepted["seen_as"]}
    assert sent(client, "POST", f"{place}/refusal", {"reason": "No"}).json()["code"] == "growth-answered"
    assert sent(client, "POST", f"{place}/acceptance", seen).json()["code"] in ("conflict", "growth-answered")
    assert [one["state"] for one in sent(client, "GET", f"{here}/proposals").json()] == ["accepted"]
    client.force_login(programme.cast.owner)
    assert sent(client, "POST", f"{place}/withdrawal").json()["code"] == "growth-answered"


def test_growth_is_made_at_once_by_a_side_that_is_alone_and_ends_at_the_largest(
    client: Client, programme: Programme
) -> None:
    here = f"/engagements/{programme.cast.engagement.pk}/plan/growth"
    with entered(programme.client.reach):
        programme.plan().engagement.parties.filter(side="provider").update(organisation=None)
    client.force_login(programme.cast.owner)
    for size in ("standard", "complex"):
        seen = sent(client, "GET", here).json()["seen_as"]
        made = sent(client, "POST", here, {"as_seen": seen}).json()
        assert (made["size"], made["growth"]) == (size, None)
    assert sent(client, "GET", here).json()["code"] == "nothing-larger"
