"""Ticked entries change together: first what becomes of each is shown, then each is changed for itself."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.urls import reverse
from tests.governance.kept import moved, written
from tests.governance.web.test_registers import entries_of, said, sent, signed_in

from handfast.foundation.models import Contents
from handfast.foundation.scope import entered
from handfast.governance.models import RegisterEntry
from handfast.governance.queries.together import MOST_TOGETHER

if TYPE_CHECKING:
    from django.test import Client
    from tests.factories.cast import Cast

pytestmark = pytest.mark.django_db
SECRET = "Settle the severance of the night shift"  # noqa: S105 - what must not cross


def page_of(cast: Cast, register: str = "issues") -> str:
    return reverse("governance:together", args=[cast.engagement.pk, register])


def asked(*entries: RegisterEntry, **given: str) -> dict[str, Any]:
    ids = [str(one.pk) for one in entries]
    return {"entry": ids, "seen": [f"{one.pk} {one.seen_as}" for one in entries]} | given


def fresh(cast: Cast, entry: RegisterEntry) -> RegisterEntry:
    with entered(cast.actor(cast.owner).reach):
        return RegisterEntry.objects.get(pk=entry.pk)


@pytest.fixture
def priya(cast: Cast) -> Client:
    return signed_in(cast.owner)


@pytest.fixture
def three(cast: Cast) -> list[RegisterEntry]:
    """One that is free to move, one that is over, and one that is in work already."""
    made = [
        written(cast, cast.owner, title=f"Headsets drop, {number}", minutes=number) for number in range(3)
    ]
    made[1] = moved(cast, cast.owner, made[1], "withdrawn")
    made[2] = moved(cast, cast.owner, made[2], "in-work")
    return made


def test_preview_says_of_each_what_becomes_of_it_and_writes_nothing(
    cast: Cast, priya: Client, three: list[RegisterEntry]
) -> None:
    first = said(priya.post(page_of(cast), {"entry": [str(one.pk) for one in three]}))
    assert "Change 3 entries together" in first
    assert "not looked at yet" in first
    shown = said(priya.post(page_of(cast), asked(*three, to="in-work", step="preview")))
    assert "1 would change, 1 would be refused, 1 would stay as it is." in shown
    assert "I-2 is “Withdrawn”: from there it can become open" in shown
    assert [fresh(cast, one).state for one in three] == ["open", "withdrawn", "in-work"]


def test_change_does_what_can_be_done_and_names_what_was_refused_and_why(
    cast: Cast, priya: Client, three: list[RegisterEntry]
) -> None:
    given = asked(
        *three, to="in-work", new_owner=str(cast.delivery.pk), new_due_on="2026-05-04", step="change"
    )
    shown = said(priya.post(page_of(cast), given))
    assert "2 changed, 1 refused." in shown
    now = [fresh(cast, one) for one in three]
    assert [(one.state, one.owner_id, one.due_on) for one in now] == [
        ("in-work", cast.delivery.pk, date(2026, 5, 4)),
        ("withdrawn", None, None),  # refused as a whole: neither owner nor day is kept of it
        ("in-work", cast.delivery.pk, date(2026, 5, 4)),
    ]
    with entered(cast.actor(cast.owner).reach):
        assert Contents.objects.filter(action="entry.changed_together").count() == 2
    taken = said(priya.post(page_of(cast), asked(*now, new_owner="nobody", step="change")))
    assert "2 changed, 1 as it was." in taken
    assert [fresh(cast, one).owner_id for one in three] == [None, None, None]


def test_state_that_needs_a_field_refuses_the_entry_that_lacks_it(cast: Cast, priya: Client) -> None:
    bare, told = written(cast, cast.owner), written(cast, cast.owner, own={"resolution": "New headsets"})
    shown = said(priya.post(page_of(cast), asked(bare, told, to="resolved", step="change")))
    assert "1 changed, 1 refused." in shown
    assert "cannot be “Resolved” without “Resolution”" in shown
    assert [fresh(cast, one).state for one in (bare, told)] == ["open", "resolved"]


def test_entry_that_somebody_changed_meanwhile_is_left_and_named(
    cast: Cast, priya: Client, three: list[RegisterEntry]
) -> None:
    given = asked(three[0], three[2], new_due_on="2026-05-04", step="change")
    moved(cast, cast.delivery, three[0], "in-work")
    assert "1 changed, 1 refused." in said(priya.post(page_of(cast), given))
    assert [fresh(cast, one).due_on for one in (three[0], three[2])] == [None, date(2026, 5, 4)]


def test_owner_of_what_is_internal_is_one_of_the_own_side(cast: Cast, priya: Client) -> None:
    both = [written(cast, cast.owner), written(cast, cast.owner, is_own=True)]
    shown = said(priya.post(page_of(cast), asked(*both, new_owner=str(cast.delivery.pk), step="change")))
    assert "1 changed, 1 refused." in shown
    assert "the owner is one of your own side" in shown.replace("&#x27;", "'")


def test_what_the_other_side_keeps_for_itself_is_not_there(cast: Cast, priya: Client) -> None:
    secret = written(cast, cast.delivery, title=SECRET, is_own=True)
    shown = said(priya.post(page_of(cast), asked(secret, to="in-work", step="change")))
    assert "Nothing is ticked" in shown
    assert SECRET not in shown
    with entered(cast.actor(cast.delivery).reach):
        assert RegisterEntry.objects.get(pk=secret.pk).state == "open"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"step": "preview"}, "Choose a state, an owner or a day"),
        ({"step": "change", "to": "lost"}, "lost is not one of the available choices"),
        ({"step": "preview", "new_due_on": "soon"}, "Enter a valid date"),
        ({"step": "change", "new_owner": "x"}, "x is not one of the available choices"),
    ],
)
def test_wrong_wish_is_told_and_changes_nothing(
    cast: Cast, priya: Client, three: list[RegisterEntry], given: dict[str, str], told: str
) -> None:
    answer = priya.post(page_of(cast), asked(*three, **given))
    assert answer.status_code == 422
    assert told in said(answer)
    assert [fresh(cast, one).version for one in three] == [one.version for one in three]


def test_nothing_ticked_or_no_ids_say_so_and_too_many_are_refused(cast: Cast, priya: Client) -> None:
    for given in ({}, {"entry": ["x", ""]}, {"entry": ["x"], "step": "change", "to": "in-work"}):
        assert "Nothing is ticked" in said(priya.post(page_of(cast), given))
    many = [str(cast.owner.pk)[:-4] + f"{number:04x}" for number in range(MOST_TOGETHER + 1)]
    refused = priya.post(page_of(cast), {"entry": many})
    assert refused.status_code == 422
    assert "at most 200 entries" in said(refused)


def test_reader_and_rival_change_nothing(cast: Cast) -> None:
    entry = written(cast, cast.owner)
    given = asked(entry, to="in-work", step="change")
    assert signed_in(cast.reader).post(page_of(cast), given).status_code == 403
    assert signed_in(cast.rival).post(page_of(cast), given).status_code == 404
    assert fresh(cast, entry).state == "open"


def test_list_offers_ticks_to_those_who_may_use_them(cast: Cast, priya: Client) -> None:
    entry = written(cast, cast.owner)
    here = reverse("governance:entries", args=[cast.engagement.pk, "issues"])
    mine, reads = said(priya.get(here)), said(signed_in(cast.reader).get(here))
    assert f'name="entry" value="{entry.pk}"' in mine
    assert page_of(cast) in mine
    assert 'name="entry"' not in reads
    assert page_of(cast) not in reads


def test_api_says_of_each_what_became_of_it(cast: Cast, priya: Client, three: list[RegisterEntry]) -> None:
    address = entries_of(cast).replace("/entries", "/changes")
    chosen = [{"id": str(one.pk), "as_seen": one.seen_as} for one in three]
    answer = sent(priya, "POST", address, {"entries": chosen, "to": "in-work"})
    assert answer.status_code == 200
    assert {one["name"]: one["outcome"] for one in answer.json()} == {
        "I-1": "changed", "I-2": "refused", "I-3": "unchanged",
    }  # fmt: skip
    wrong = sent(priya, "POST", address, {"entries": chosen, "to": "lost"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "entry-refused")
    many = [{"id": str(cast.owner.pk)[:-4] + f"{number:04x}", "as_seen": "1"} for number in range(201)]
    assert sent(priya, "POST", address, {"entries": many, "to": "in-work"}).status_code == 422
    reader = sent(signed_in(cast.reader), "POST", address, {"entries": chosen, "to": "open"})
    assert reader.status_code == 403
