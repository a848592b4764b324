"""What is said about an entry, by its page and by the API."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.evidence.talks import commented, read_by
from tests.governance.kept import AT, written
from tests.governance.web.test_registers import here, said, signed_in

from handfast.evidence.actions import withdraw_comment
from handfast.evidence.models import Comment, Mention
from handfast.foundation.scope import entered
from handfast.people.actions.memberships import end_membership
from handfast.people.models import Membership

if TYPE_CHECKING:
    from tests.factories.cast import Cast

    from handfast.governance.models import RegisterEntry
    from handfast.people.models import Person

SECRET = "They will not hold the date"  # noqa: S105 - what must not cross
HOSTILE = "<script>alert(1)</script> {{ x }} <img src=x onerror=y> javascript:alert(2)"


def of(cast: Cast, name: str, *rest: object) -> str:
    return reverse(f"evidence:{name}", args=[cast.engagement.pk, *rest])


def talk(cast: Cast, entry: RegisterEntry) -> str:
    return of(cast, "comments", "entry", entry.pk)


def entry_page(cast: Cast, person: Person, entry: RegisterEntry) -> str:
    return said(signed_in(person).get(here(cast, "entry", entry.pk)))


def api(cast: Cast, person: Person, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
    given = {"data": json.dumps(body or {}), "content_type": "application/json"} if method == "post" else {}
    return getattr(signed_in(person), method)(f"/api/evidence/{path}", **given)


def test_comment_is_sent_to_the_own_side_unless_both_are_chosen(cast: Cast) -> None:
    entry = written(cast, cast.owner)
    page = entry_page(cast, cast.owner, entry)
    assert 'value="own" checked' in page
    assert "Both sides will see this" in page
    answer = signed_in(cast.owner).post(talk(cast, entry), {"text": SECRET, "audience": "own"})
    assert answer.status_code == 302
    assert answer["Location"].startswith(f"{here(cast, 'entry', entry.pk)}#comment-")
    signed_in(cast.owner).post(talk(cast, entry), {"text": "For both", "audience": "shared"})
    mine, theirs = entry_page(cast, cast.owner, entry), entry_page(cast, cast.delivery, entry)
    assert SECRET in mine
    assert "For both" in mine
    assert SECRET not in theirs
    assert "For both" in theirs


def test_what_is_internal_has_one_audience_and_offers_the_own_people(cast: Cast) -> None:
    entry = written(cast, cast.owner, is_own=True)
    page = entry_page(cast, cast.owner, entry)
    assert "Both sides will see this" not in page
    assert f'<option value="{cast.delivery.pk}"' not in page.partition("hf-talk-form")[2]
    answer = signed_in(cast.owner).post(talk(cast, entry), {"text": "Ours", "audience": "shared"})
    assert answer.status_code == 422
    assert read_by(cast, cast.owner, entry) == []
    assert signed_in(cast.delivery).get(talk(cast, entry)).status_code == 404


def test_text_is_shown_as_it_was_written_and_never_as_a_page(cast: Cast) -> None:
    entry = written(cast, cast.owner)
    commented(cast, cast.owner, entry, f"{HOSTILE}\nSee https://desk.example/a?b=1&c=2, please.")
    page = signed_in(cast.owner).get(here(cast, "entry", entry.pk)).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert 'href="javascript' not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{ x }}" in page
    link = 'href="https://desk.example/a?b=1&amp;c=2" rel="nofollow noopener noreferrer"'
    assert f"<a {link}>https://desk.example/a?b=1&amp;c=2</a>, please." in page


def test_refused_comment_keeps_what_was_written_and_says_where(cast: Cast) -> None:
    entry = written(cast, cast.owner)
    given = {"text": f"@{cast.rival.name} look", "audience": "shared", "tells": str(cast.delivery.pk)}
    answer = signed_in(cast.owner).post(talk(cast, entry), given)
    page = said(answer)
    assert answer.status_code == 422
    assert "Somebody named with @ cannot see this" in page
    assert f"@{cast.rival.name} look" in page
    assert 'value="shared" checked' in page
    assert (
        f'<option value="{cast.delivery.pk}" data-side="provider" data-name="{cast.delivery.name}" selected>'
        in page
    )
    for wrong in ({"text": ""}, {"text": "x", "audience": "all"}, {"text": "x", "tells": str(cast.rival.pk)}):
        assert signed_in(cast.owner).post(talk(cast, entry), {"audience": "own"} | wrong).status_code == 422
    assert read_by(cast, cast.owner, entry) == []


def test_form_sent_twice_says_that_it_stands(cast: Cast) -> None:
    entry = written(cast, cast.owner)
    given = {"text": "Once", "audience": "shared", "sent_as": str(uuid4())}
    client = signed_in(cast.owner)
    assert client.post(talk(cast, entry), given).status_code == 302
    assert "This was sent already, and stands once." in said(
        client.post(talk(cast, entry), given, follow=True)
    )
    assert read_by(cast, cast.owner, entry) == ["Once"]


def test_mention_shows_the_name_and_waits_until_it_is_seen(cast: Cast) -> None:
    entry = written(cast, cast.owner, title="Headsets drop")
    made = commented(cast, cast.owner, entry, f"@{cast.delivery.name} look")
    page = entry_page(cast, cast.delivery, entry)
    assert f'<span class="hf-mention">@{cast.delivery.name}</span> look' in page
    assert ">Seen<" in page
    assert ">Seen<" not in entry_page(cast, cast.owner, entry)
    home = said(signed_in(cast.delivery).get(reverse("journeys:home")))
    assert "Somebody mentions you" in home
    assert of(cast, "comment", made.pk) in home
    assert "Somebody mentions you" not in said(signed_in(cast.owner).get(reverse("journeys:home")))
    assert signed_in(cast.owner).post(of(cast, "mention_seen", made.pk)).status_code == 403
    assert signed_in(cast.delivery).post(of(cast, "mention_seen", made.pk)).status_code == 302
    assert "Somebody mentions you" not in said(signed_in(cast.delivery).get(reverse("journeys:home")))
    assert ">Seen<" not in entry_page(cast, cast.delivery, entry)


def test_mention_of_a_withdrawn_comment_waits_no_longer(cast: Cast) -> None:
    entry = written(cast, cast.owner)
    made = commented(cast, cast.owner, entry, f"@{cast.delivery.name} look")
    withdraw_comment(cast.actor(cast.owner), made, at=AT)
    assert "Somebody mentions you" not in said(signed_in(cast.delivery).get(reverse("journeys:home")))
    assert ">Seen<" not in entry_page(cast, cast.delivery, entry)


def test_who_only_reads_is_told_for_two_weeks_and_has_nothing_to_press(cast: Cast) -> None:
    from datetime import UTC, datetime, timedelta  # noqa: PLC0415 - here alone the day of today counts

    entry = written(cast, cast.owner)
    made = commented(cast, cast.owner, entry, f"@{cast.reader.name} look")
    page = entry_page(cast, cast.reader, entry)
    assert f"@{cast.reader.name}" in page
    assert ">Seen<" not in page
    assert "hf-talk-form" not in page
    for given in ({"text": "x", "audience": "own"}, {}):
        assert signed_in(cast.reader).post(talk(cast, entry), given).status_code == 403
    path = f"engagements/{cast.engagement.pk}/entry/{entry.pk}/comments"
    assert api(cast, cast.reader, "post", path, {"text": "", "audience": "all"}).status_code == 403
    home = reverse("journeys:home")
    for days, is_told in ((1, True), (15, False)):
        with entered(cast.actor(cast.owner).reach):
            Comment.objects.filter(pk=made.pk).update(written_at=datetime.now(UTC) - timedelta(days=days))
        assert ("Somebody mentions you" in said(signed_in(cast.reader).get(home))) is is_told


def test_author_withdraws_by_the_page_and_nobody_else_does(cast: Cast) -> None:
    entry = written(cast, cast.owner)
    made = commented(cast, cast.owner, entry, "Too quick")
    gone = of(cast, "comment_withdraw", made.pk)
    assert ">Withdraw<" not in entry_page(cast, cast.delivery, entry)
    assert signed_in(cast.delivery).post(gone).status_code == 403
    assert signed_in(cast.rival).post(gone).status_code == 404
    client = signed_in(cast.owner)
    assert client.post(gone).status_code == 302
    page = entry_page(cast, cast.delivery, entry)
    assert "Withdrawn by its author." in page
    assert "Too quick" not in page
    assert "This comment was withdrawn already." in said(client.post(gone, follow=True))


def test_comment_of_somebody_who_left_keeps_their_name(cast: Cast) -> None:
    entry = written(cast, cast.owner)
    commented(cast, cast.owner, entry, f"@{cast.reader.name} look")
    member = Membership.objects.get(person=cast.reader, engagement_id=cast.engagement.pk)
    end_membership(cast.actor(cast.owner), member, at=AT)
    assert f"@{cast.reader.name}" in entry_page(cast, cast.owner, entry)


def test_long_talk_shows_the_newest_and_leads_to_the_earlier_at_the_same_cost(cast: Cast) -> None:
    entry = written(cast, cast.owner)
    first = commented(cast, cast.owner, entry, "The very first")
    commented(cast, cast.owner, entry, f"@{cast.delivery.name} look", minutes=1)
    client, url = signed_in(cast.owner), here(cast, "entry", entry.pk)

    def cost(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    few = cost(url), cost(talk(cast, entry))
    with entered(cast.actor(cast.owner).reach):
        more = [
            Comment(
                space_id=first.space_id, engagement_id=first.engagement_id, about_kind="entry", about_id=entry.pk,
                text=f"@{cast.delivery.pk} word {number}", written_at=AT.replace(year=2027), written_by_id=cast.owner.pk,
            )
            for number in range(500)
        ]  # fmt: skip
        Comment.objects.bulk_create(more)
        Mention.objects.bulk_create(
            [Mention(space_id=first.space_id, comment=one, person_id=cast.delivery.pk) for one in more]
        )
    assert (cost(url), cost(talk(cast, entry))) == few
    page = client.get(url)
    assert len(page.context["talk"].rows) == 20
    assert "The very first" not in said(page)
    led = client.get(of(cast, "comment", first.pk))
    assert led["Location"].endswith(f"?upto={first.pk}#comment-{first.pk}")
    assert "The very first" in said(client.get(led["Location"]))
    found, address = 0, page.context["talk"].url
    while address:
        part = client.get(address).context["talk"]
        found, address = found + len(part.rows), part.earlier_url
    assert found == 502
    for wrong in ("x", str(uuid4())):
        assert client.get(f"{talk(cast, entry)}?upto={wrong}").status_code == 404


def test_api_says_reads_withdraws_and_sees(cast: Cast) -> None:
    entry = written(cast, cast.owner)
    path = f"engagements/{cast.engagement.pk}/entry/{entry.pk}/comments"
    sent = {"text": f"@{cast.delivery.name} look", "audience": "shared", "sent_as": str(uuid4())}
    made = api(cast, cast.owner, "post", path, sent)
    assert made.status_code == 201
    one = made.json()
    assert (one["text"], one["mentions"]) == (f"@{cast.delivery.name} look", [str(cast.delivery.pk)])
    twice = api(cast, cast.owner, "post", path, sent)
    assert (twice.status_code, twice.json()["code"]) == (409, "comment-stands")
    assert api(cast, cast.owner, "post", path, {"text": SECRET}).json()["is_internal"] is True
    told = api(cast, cast.delivery, "get", path).json()
    assert [row["id"] for row in told["comments"]] == [one["id"]]
    assert SECRET not in json.dumps(told)
    newest = api(cast, cast.owner, "get", f"{path}?limit=1").json()
    assert newest["earlier"] == one["id"]
    assert api(cast, cast.owner, "get", f"{path}?upto={one['id']}").json()["comments"] == [one]
    assert api(cast, cast.delivery, "get", f"comments/{one['id']}").json() == one
    assert api(cast, cast.delivery, "post", f"comments/{one['id']}/seen").status_code == 204
    assert api(cast, cast.owner, "post", f"comments/{one['id']}/seen").status_code == 403
    assert api(cast, cast.delivery, "post", f"comments/{one['id']}/withdrawal").status_code == 403
    gone = api(cast, cast.owner, "post", f"comments/{one['id']}/withdrawal").json()
    assert (gone["text"], gone["mentions"]) == ("", [])
    assert gone["withdrawn_at"] is not None


@pytest.mark.parametrize(
    ("given", "field", "code"),
    [
        ({"audience": "all"}, "audience", "audience-refused"),
        ({"text": ""}, "text", "comment-refused"),
        ({"tells": str(uuid4())}, "tells", "comment-refused"),
    ],
)
def test_api_names_the_field_that_is_wrong(cast: Cast, given: dict[str, str], field: str, code: str) -> None:
    entry = written(cast, cast.owner)
    path = f"engagements/{cast.engagement.pk}/entry/{entry.pk}/comments"
    answer = api(cast, cast.owner, "post", path, {"text": "x"} | given)
    assert (answer.status_code, answer.json()["code"]) == (422, code)
    assert field in json.dumps(answer.json())
    assert read_by(cast, cast.owner, entry) == []
