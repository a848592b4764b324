"""A passage is spoken about where it stands; in a later version it is found where it still stands, or said to have changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.evidence.papers import amended, drafted, published, seen, url_of
from tests.governance.web.test_registers import said, signed_in

from handfast.evidence.models import Passage
from handfast.foundation.scope import entered

if TYPE_CHECKING:
    from tests.factories.cast import Cast

    from handfast.evidence.models import Document
    from handfast.people.models import Person

READS = 2  # the passage “The agent reads the order.”


@pytest.fixture
def document(cast: Cast) -> Document:
    return seen(cast, cast.owner, published(cast, cast.owner, drafted(cast, cast.owner)))


def spoken(cast: Cast, by: Person, document: Document, text: str = "Which order?", **given: str) -> str:
    """Where the form leads to."""
    words = {"text": text, "audience": "shared"} | given
    answer = signed_in(by).post(url_of("passage_new", document, 1, READS), words)
    assert answer.status_code == 302
    return str(answer["Location"])


def test_each_passage_leads_to_a_form_and_what_is_said_stands_in_its_margin(
    cast: Cast, document: Document
) -> None:
    client = signed_in(cast.delivery)
    page = said(client.get(url_of("document", document)))
    assert f'href="{url_of("passage_new", document, 1, READS)}" aria-label="Comment on passage 2"' in page
    form = said(client.get(url_of("passage_new", document, 1, READS)))
    assert "The agent reads the order." in form
    url = spoken(cast, cast.delivery, document)
    assert "Which order?" in said(client.get(url))
    page = said(signed_in(cast.owner).get(url_of("document", document)))
    assert f'href="{url}" aria-label="Passage 2, 1 comment"' in page
    assert "Spoken about" in page
    assert spoken(cast, cast.owner, document, "The newest one") == url
    assert 'aria-label="Passage 2, 2 comments"' in said(client.get(url_of("document", document)))


def test_passage_is_found_in_a_later_version_or_said_to_have_changed(cast: Cast, document: Document) -> None:
    spoken(cast, cast.delivery, document)
    published(cast, cast.owner, document, "# Refunds\n\nFirst this.\n\nThe agent reads the order.\n")
    client = signed_in(cast.owner)
    assert 'aria-label="Passage 3, 1 comment"' in said(client.get(url_of("document", document)))
    amended(cast, cast.owner, document, "# Refunds\n\nThe agent reads nothing.\n")
    draft = said(client.get(url_of("document_draft", document)))
    assert "passage changed since version 1" in draft
    assert 'aria-label="Passage 2, 1 comment"' in said(client.get(url_of("document_version", document, 1)))


def test_what_one_side_says_about_a_passage_is_told_to_that_side_alone(
    cast: Cast, document: Document
) -> None:
    url = spoken(cast, cast.owner, document, "They never do", audience="own")
    assert "They never do" in said(signed_in(cast.owner).get(url))
    theirs = signed_in(cast.delivery)
    assert theirs.get(url).status_code == 404
    page = said(theirs.get(url_of("document", document)))
    assert "Spoken about" not in page
    assert 'aria-label="Comment on passage 2"' in page


def test_passage_is_resolved_and_open_again_when_somebody_speaks(cast: Cast, document: Document) -> None:
    url = spoken(cast, cast.delivery, document)
    client, settle = signed_in(cast.owner), f"{url}settle/"
    assert "Resolved" in said(client.post(settle, {"to": "resolved"}, follow=True))
    assert client.post(settle, {"to": "resolved"}).status_code == 302
    assert signed_in(cast.reader).post(settle, {"to": "open"}).status_code == 403
    spoken(cast, cast.delivery, document, "Not quite")
    with entered(cast.actor(cast.owner).reach):
        assert Passage.objects.get().resolved_at is None


def test_passage_that_is_not_there_and_a_comment_that_cannot_be_kept_are_refused(
    cast: Cast, document: Document
) -> None:
    client = signed_in(cast.owner)
    for number, place in ((1, 0), (1, 99), (2, 1)):
        assert client.get(url_of("passage_new", document, number, place)).status_code == 404
    assert (
        client.post(url_of("passage_new", document, 1, READS), {"text": " ", "audience": "own"}).status_code
        == 422
    )
    assert signed_in(cast.reader).post(url_of("passage_new", document, 1, READS), {}).status_code == 403
    with entered(cast.actor(cast.owner).reach):
        assert not Passage.objects.exists()


def test_thirty_passages_cost_as_much_as_one(cast: Cast) -> None:
    text = "\n\n".join(f"Paragraph {number}." for number in range(30))
    document = seen(cast, cast.owner, published(cast, cast.owner, drafted(cast, cast.owner, text)))
    client, url = signed_in(cast.owner), url_of("document", document)

    def cost() -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        return len(asked)

    spoken(cast, cast.owner, document)
    few = cost()
    for place in range(3, 30):
        client.post(url_of("passage_new", document, 1, place), {"text": "Why?", "audience": "shared"})
    assert cost() == few


def test_api_speaks_about_a_passage_and_resolves_it(cast: Cast, document: Document) -> None:
    client, theirs = signed_in(cast.owner), signed_in(cast.delivery)
    one = f"/api/evidence/documents/{document.pk}"
    given = json.dumps({"text": "Which order?", "audience": "shared"})
    made = client.post(f"{one}/versions/1/passages/2", given, content_type="application/json")
    assert made.status_code == 201
    assert (made.json()["text"], made.json()["is_internal"]) == ("The agent reads the order.", False)
    wrong = client.post(f"{one}/versions/1/passages/99", given, content_type="application/json")
    assert wrong.json()["code"] == "passage-refused"
    assert theirs.get(f"{one}/passages").json() == [made.json()]
    path = f"/api/evidence/passages/{made.json()['id']}/resolution"
    done = theirs.post(path, json.dumps({"is_resolved": True}), content_type="application/json")
    assert done.json()["is_resolved"] is True
    thread = f"/api/evidence/engagements/{cast.engagement.pk}/passage/{made.json()['id']}/comments"
    assert [row["text"] for row in theirs.get(thread).json()["comments"]] == ["Which order?"]
    assert reverse("evidence:passage", args=[cast.engagement.pk, made.json()["id"]])
