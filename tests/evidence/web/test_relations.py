"""Entries linked with each other, by their pages and by the API: told to who sees both, and to nobody else."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.evidence.talks import thing
from tests.evidence.web.test_comments import api, entry_page, of
from tests.governance.kept import AT, amended, written
from tests.governance.web.test_registers import here, said, signed_in

from handfast.evidence.actions import relate_things
from handfast.evidence.models import Relation
from handfast.evidence.queries.relations import ends_of, related_to
from handfast.evidence.queries.things import space_for
from handfast.foundation.refusals import NotPermitted, NotSeen
from handfast.foundation.scope import entered

if TYPE_CHECKING:
    from tests.factories.cast import Cast

    from handfast.governance.models import RegisterEntry
    from handfast.people.models import Person

SECRET = "They will not hold the date"  # noqa: S105 - what must not cross


def linked(cast: Cast, by: Person, entry: RegisterEntry, to: str, audience: str = "shared") -> Any:
    return signed_in(by).post(of(cast, "relate", "entry", entry.pk), {"thing": to, "audience": audience})


def names_beside(cast: Cast, person: Person, entry: RegisterEntry) -> list[str]:
    actor = cast.actor(person)
    with entered(actor.reach):
        return [one.thing.name for one in related_to(actor, thing(cast, person, entry))]


def test_link_is_kept_once_and_shown_on_both_by_their_present_names(cast: Cast) -> None:
    entry, other = written(cast, cast.owner), written(cast, cast.owner, title="Train the shift")
    answer = linked(cast, cast.owner, entry, "i-2")
    assert (answer.status_code, answer["Location"]) == (302, f"{here(cast, 'entry', entry.pk)}#files")
    amended(cast, cast.delivery, other, title="Train both shifts")
    assert "I-2, Train both shifts" in entry_page(cast, cast.delivery, entry)
    assert "I-1, Headsets drop" in entry_page(cast, cast.delivery, other)
    page = f"{settings.HANDFAST_ADDRESS}{here(cast, 'entry', entry.pk)}?x=1#comments"
    again = signed_in(cast.delivery).post(
        of(cast, "relate", "entry", other.pk), {"thing": page, "audience": "own"}, follow=True
    )
    assert "I-1, Headsets drop is linked with it already." in said(again)
    assert names_beside(cast, cast.owner, entry) == ["I-2, Train both shifts"]


def test_link_with_what_one_side_keeps_is_that_sides_own_and_leaves_no_trace(cast: Cast) -> None:
    entry = written(cast, cast.owner)
    mine = written(cast, cast.owner, is_own=True, title=SECRET)
    refused = linked(cast, cast.owner, entry, "I-own-1", "shared")
    assert (refused.status_code, "One side alone sees this: choose own." in said(refused)) == (422, True)
    assert linked(cast, cast.owner, entry, here(cast, "entry", mine.pk), "own").status_code == 302
    assert names_beside(cast, cast.owner, entry) == [f"I-own-1, {SECRET}"]
    assert names_beside(cast, cast.owner, mine) == ["I-1, Headsets drop"]
    assert names_beside(cast, cast.delivery, entry) == []
    page = entry_page(cast, cast.delivery, entry)
    assert SECRET not in page
    assert str(mine.pk) not in page
    with entered(cast.actor(cast.owner).reach):
        made = Relation.objects.get()
    assert signed_in(cast.delivery).post(of(cast, "relation_remove", made.pk)).status_code == 404


def test_link_that_shows_an_end_to_nobody_new_is_not_told_even_where_it_stands(cast: Cast) -> None:
    """A row that should not be: the names still come from what the reader sees."""
    entry, mine = written(cast, cast.owner), written(cast, cast.owner, is_own=True, title=SECRET)
    actor = cast.actor(cast.owner)
    about, to = thing(cast, cast.owner, entry), thing(cast, cast.owner, mine)
    with pytest.raises(NotSeen):
        relate_things(actor, entry.space, thing=about, to=to, at=AT)
    with pytest.raises(NotPermitted):
        relate_things(cast.actor(cast.reader), entry.space, thing=about, to=about, at=AT)
    with entered(actor.reach):
        made = Relation.objects.create(
            space=entry.space, engagement_id=entry.engagement_id, made_at=AT, made_by_id=cast.owner.pk,
            **ends_of(about, to),
        )  # fmt: skip
    assert names_beside(cast, cast.delivery, entry) == []
    assert signed_in(cast.delivery).post(of(cast, "relation_remove", made.pk)).status_code == 404


@pytest.mark.parametrize(
    "text",
    ["I-99", "I-own-1", "X-1", "I-", "Headsets", "https://evil.example/engagements/", "/engagements/", "http://[", "/", "\u2014",
     "javascript:alert(1)//"],
)  # fmt: skip
def test_what_names_nothing_that_one_sees_is_refused_by_the_same_words(cast: Cast, text: str) -> None:
    entry = written(cast, cast.owner)
    written(cast, cast.delivery, is_own=True, title=SECRET)
    answer = linked(cast, cast.owner, entry, text)
    page = said(answer)
    assert answer.status_code == 422
    assert "There is nothing of this number or address that you can see here" in page
    assert SECRET not in page


def test_page_of_another_deal_elsewhere_or_of_the_thing_itself_is_refused(cast: Cast) -> None:
    entry, theirs = written(cast, cast.owner), written(cast, cast.delivery, is_own=True, title=SECRET)
    for address in (
        here(cast, "entry", theirs.pk),
        here(cast, "entry", uuid4()),
        f"https://evil.example{here(cast, 'entry', entry.pk)}",
        here(cast),
    ):
        assert "There is nothing of this number or address" in said(linked(cast, cast.owner, entry, address))
    assert "That is this very page" in said(linked(cast, cast.owner, entry, "I-1"))
    assert linked(cast, cast.owner, entry, "").status_code == 422
    assert linked(cast, cast.reader, entry, "I-1").status_code == 403
    assert linked(cast, cast.rival, entry, "I-1").status_code == 404
    mine = written(cast, cast.owner, is_own=True)
    assert linked(cast, cast.owner, mine, "I-1", "shared").status_code == 422


def test_either_side_takes_a_shared_link_away_and_comes_back_to_its_page(cast: Cast) -> None:
    entry, other = written(cast, cast.owner), written(cast, cast.owner)
    for seen_on in (entry, other):
        linked(cast, cast.owner, entry, "I-2")
        with entered(cast.actor(cast.owner).reach):
            made = Relation.objects.get()
        url = of(cast, "relation_remove", made.pk)
        assert signed_in(cast.reader).post(url).status_code == 403
        answer = signed_in(cast.delivery).post(url, {"seen_on": str(seen_on.pk)})
        assert answer["Location"] == f"{here(cast, 'entry', seen_on.pk)}#files"
        assert names_beside(cast, cast.owner, entry) == []
    assert "Unlink" not in entry_page(cast, cast.reader, entry)


def test_thirty_links_cost_as_much_as_one(cast: Cast) -> None:
    entry = written(cast, cast.owner)
    written(cast, cast.owner)
    linked(cast, cast.owner, entry, "I-2")
    client, url = signed_in(cast.owner), here(cast, "entry", entry.pk)

    def cost() -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        return len(asked)

    few = cost()
    actor, about = cast.actor(cast.owner), thing(cast, cast.owner, entry)
    with entered(actor.reach):
        space = space_for(actor, about, "shared")
    for _ in range(29):
        to = thing(cast, cast.owner, written(cast, cast.owner))
        relate_things(actor, space, thing=about, to=to, at=AT)
    assert cost() == few
    assert len(names_beside(cast, cast.owner, entry)) == 30


def test_api_links_tells_and_takes_away(cast: Cast) -> None:
    entry, other = written(cast, cast.owner), written(cast, cast.owner, title="Train the shift")
    path = f"engagements/{cast.engagement.pk}/entry/{entry.pk}/relations"
    made = api(cast, cast.owner, "post", path, {"thing": "I-2", "audience": "shared"})
    assert made.status_code == 201
    one = made.json()
    assert (one["about_id"], one["name"], one["is_internal"]) == (
        str(other.pk),
        "I-2, Train the shift",
        False,
    )
    assert api(cast, cast.delivery, "get", path).json() == [one]
    for given, status, code in (
        ({"thing": "I-2"}, 409, "relation-stands"),
        ({"thing": "I-7"}, 422, "relation-refused"),
        ({"thing": "I-2", "audience": "all"}, 422, "audience-refused"),
    ):
        wrong = api(cast, cast.owner, "post", path, given)
        assert (wrong.status_code, json.loads(wrong.content)["code"]) == (status, code)
    assert api(cast, cast.reader, "post", f"relations/{one['id']}/removal").status_code == 403
    assert api(cast, cast.delivery, "post", f"relations/{one['id']}/removal").status_code == 204
    assert api(cast, cast.owner, "get", path).json() == []
