"""Documents are written, published as frozen versions, found and read, by who may; nothing that was typed is lost."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.evidence.papers import TEXT, amended, drafted, published, seen, url_of
from tests.governance.web.test_registers import said, signed_in

from handfast.evidence.models import Document, DocumentVersion
from handfast.evidence.reading.written import LONGEST_DOCUMENT
from handfast.foundation.scope import entered

if TYPE_CHECKING:
    from tests.factories.cast import Cast


def digest_made_again(title: str, content: bytes) -> str:
    """As the page tells a reader to make it, from what they downloaded."""
    return hashlib.sha256(f"{title}\n{hashlib.sha256(content).hexdigest()}\n".encode()).hexdigest()


def listed(cast: Cast, **asked: str) -> str:
    return said(signed_in(cast.owner).get(reverse("evidence:documents", args=[cast.engagement.pk]), asked))


def test_document_is_written_published_and_read_by_the_other_side(cast: Cast) -> None:
    client = signed_in(cast.owner)
    new = reverse("evidence:document_new", args=[cast.engagement.pk])
    assert client.get(new).status_code == 200
    given = {
        "title": "Refunds",
        "kind": "procedure",
        "audience": "shared",
        "text": TEXT,
        "owner": str(cast.owner.pk),
    }
    answer = client.post(new, given, follow=True)
    assert "DOC-1 is written." in said(answer)
    with entered(cast.actor(cast.owner).reach):
        document = Document.objects.get()
    answer = client.post(
        url_of("document_publish", document), {"summary": "First", "as_seen": "1"}, follow=True
    )
    assert "DOC-1 is published as version 1." in said(answer)
    page = said(signed_in(cast.delivery).get(url_of("document", document)))
    assert '<h2 id="s-refunds">Refunds</h2>' in page
    assert 'href="#s-above-50-cad"' in page
    assert "version 1, published by Priya Raman" in page
    with entered(cast.actor(cast.owner).reach):
        version = DocumentVersion.objects.get()
    file = signed_in(cast.delivery).get(url_of("version_download", document, 1))
    assert digest_made_again("Refunds", file.content) == version.sha256
    assert file["Content-Disposition"] == 'attachment; filename="DOC-1-v1.md"'


def test_version_stays_when_the_draft_goes_on(cast: Cast) -> None:
    document = published(cast, cast.owner, drafted(cast, cast.owner))
    amended(cast, cast.delivery, document, TEXT + "\nAnd one line more.\n")
    page = said(signed_in(cast.owner).get(url_of("document", document)))
    assert "one line more" not in page
    assert "draft</a> says something else by now" in page
    assert "one line more" in said(signed_in(cast.owner).get(url_of("document_draft", document)))
    published(cast, cast.owner, seen(cast, cast.owner, document), summary="One line")
    assert "one line more" in said(signed_in(cast.owner).get(url_of("document", document)))
    old = said(signed_in(cast.owner).get(url_of("document_version", document, 1)))
    assert "one line more" not in old
    assert "the newest is version 2" in old
    assert signed_in(cast.owner).get(url_of("document_version", document, 3)).status_code == 404


def test_stale_form_keeps_what_was_typed_beside_what_stands(cast: Cast) -> None:
    document = drafted(cast, cast.owner)
    amended(cast, cast.delivery, document, "Theirs stands.\n")
    client, url = signed_in(cast.owner), url_of("document_edit", document)
    given = {"title": "Refunds", "kind": "procedure", "text": "Mine was typed.", "as_seen": "1", "owner": ""}
    answer = client.post(url, given)
    assert answer.status_code == 409
    page = said(answer)
    assert "Mine was typed." in page
    assert "Theirs stands." in page
    assert "Jovana Petrović kept another draft meanwhile" in page
    assert 'name="as_seen" value="2"' in page
    assert client.post(url, given | {"as_seen": "2"}).status_code == 302
    assert seen(cast, cast.owner, document).text == "Mine was typed.\n"


@pytest.mark.parametrize(
    ("wrong", "told"),
    [({"title": " "}, "Title"), ({"kind": "novel"}, "novel"), ({"text": "a\x07b"}, "without control characters"),
     ({"text": "x" * (LONGEST_DOCUMENT + 1)}, "200000"), ({"owner": "d9b1d7db-8a5e-4a21-a8e7-b0b5ba0a8c3f"}, "not one of"), ({"audience": "all"}, "all")],
)  # fmt: skip
def test_what_cannot_be_kept_is_refused_at_its_field(cast: Cast, wrong: dict[str, str], told: str) -> None:
    new = reverse("evidence:document_new", args=[cast.engagement.pk])
    given = {"title": "Refunds", "kind": "procedure", "audience": "shared", "text": TEXT, "owner": ""} | wrong
    answer = signed_in(cast.owner).post(new, given)
    assert (answer.status_code, told in said(answer)) == (422, True)
    with entered(cast.actor(cast.owner).reach):
        assert not Document.objects.exists()


def test_nothing_is_published_without_text_without_change_or_without_saying_what(cast: Cast) -> None:
    client = signed_in(cast.owner)
    empty = drafted(cast, cast.owner, "")
    answer = client.post(url_of("document_publish", empty), {"summary": "x", "as_seen": "1"})
    assert answer.status_code == 422
    document = published(cast, cast.owner, drafted(cast, cast.owner))
    again = client.post(url_of("document_publish", document), {"summary": "x", "as_seen": "2"}, follow=True)
    assert "Version 1 of DOC-2 says that already." in said(again)
    amended(cast, cast.owner, document, "New text\n")
    for summary in ("", "a\nb", "x" * 201):
        wrong = client.post(url_of("document_publish", document), {"summary": summary, "as_seen": "3"})
        assert wrong.status_code == 422
    stale = client.post(url_of("document_publish", document), {"summary": "x", "as_seen": "2"})
    assert stale.status_code == 409


def test_own_document_is_told_to_the_own_side_alone(cast: Cast) -> None:
    document = published(cast, cast.owner, drafted(cast, cast.owner, title="Our limits", is_own=True))
    assert seen(cast, cast.owner, document).name == "DOC-own-1"
    theirs = signed_in(cast.delivery)
    assert theirs.get(url_of("document", document)).status_code == 404
    assert theirs.get(url_of("version_download", document, 1)).status_code == 404
    assert "Our limits" not in said(theirs.get(reverse("evidence:documents", args=[cast.engagement.pk])))
    assert "Only Lumen sees this" in said(signed_in(cast.owner).get(url_of("document", document)))


def test_list_is_filtered_by_kind_state_owner_words_and_number_and_exported(cast: Cast) -> None:
    drafted(cast, cast.owner, title="Refunds", owner=cast.owner.pk)
    published(
        cast, cast.owner, drafted(cast, cast.owner, "Call back", title="Callbacks", owner=cast.delivery.pk)
    )
    assert "2 documents." in listed(cast)
    for asked, found in (
        ({"state": "draft"}, "Refunds"), ({"state": "published"}, "Callbacks"), ({"owner": str(cast.owner.pk)}, "Refunds"),
        ({"text": "leader"}, "Refunds"), ({"text": "doc-2"}, "Callbacks"),
    ):  # fmt: skip
        page = listed(cast, **asked)
        assert "1 of 2 documents." in page
        assert f">{found}</a>" in page
    assert "0 of 2 documents." in listed(cast, kind="policy")
    assert "2 documents." in listed(cast, kind="none", owner="x", state="x")
    export = reverse("evidence:documents_export", args=[cast.engagement.pk, "csv"])
    rows = b"".join(signed_in(cast.owner).get(export, {"text": "doc-2"}).streaming_content).decode()
    assert "DOC-2,Callbacks,Operating procedure,Version 1,1,Jovana" in rows
    assert "Refunds" not in rows


def test_reader_reads_and_writes_nothing(cast: Cast) -> None:
    document = published(cast, cast.owner, drafted(cast, cast.owner))
    client = signed_in(cast.reader)
    page = said(client.get(url_of("document", document)))
    assert "Edit the draft" not in page
    assert client.post(url_of("document_edit", document), {}).status_code == 403
    assert client.post(url_of("document_publish", document), {}).status_code == 403
    assert client.post(reverse("evidence:document_new", args=[cast.engagement.pk]), {}).status_code == 403


def test_thirty_documents_and_versions_cost_as_much_as_one(cast: Cast) -> None:
    document = published(cast, cast.owner, drafted(cast, cast.owner))
    client = signed_in(cast.owner)
    urls = [reverse("evidence:documents", args=[cast.engagement.pk]), url_of("document", document)]

    def costs() -> list[int]:
        found = []
        for url in urls:
            client.get(url)
            with CaptureQueriesContext(connection) as asked:
                client.get(url)
            found.append(len(asked))
        return found

    few = costs()
    for number in range(29):
        drafted(cast, cast.delivery, title=f"Guide {number}")
        document = published(cast, cast.delivery, seen(cast, cast.delivery, document), f"Text {number}\n")
    assert costs() == few


def test_api_writes_publishes_and_tells(cast: Cast) -> None:
    client, theirs = signed_in(cast.owner), signed_in(cast.delivery)
    path = f"/api/evidence/engagements/{cast.engagement.pk}/documents"

    def sent(method: str, to: str, **given: object) -> tuple[int, dict[str, object]]:
        answer = getattr(client, method)(to, json.dumps(given), content_type="application/json")
        return answer.status_code, json.loads(answer.content)

    status, made = sent("post", path, title="Refunds", kind="procedure", text=TEXT)
    assert (status, made["name"], made["last_number"]) == (201, "DOC-1", 0)
    one = f"/api/evidence/documents/{made['id']}"
    assert sent("put", one, title="Refunds", kind="procedure", text=TEXT)[1]["code"] == "document-unchanged"
    assert sent("put", one, title="", kind="procedure")[1]["code"] == "document-refused"
    assert sent("put", one, title="R", kind="procedure", as_seen="9")[1]["code"] == "conflict"
    assert sent("post", path, title="R", kind="procedure", audience="all")[1]["code"] == "document-refused"
    assert sent("post", path, title="R", kind="procedure", owner_id=str(cast.stranger.pk))[0] == 422
    status, version = sent("post", f"{one}/versions", summary="First")
    assert (status, version["number"]) == (201, 1)
    assert theirs.get(f"{one}/versions").json() == [version]
    assert theirs.get(f"{one}/versions/1").json() == version | {"text": TEXT}
    text = theirs.get(f"{one}/versions/1/text")
    assert hashlib.sha256(text.content).hexdigest() == version["content_sha256"]
    assert digest_made_again("Refunds", text.content) == version["sha256"]
    assert theirs.get(one).json()["text"] == TEXT
    assert theirs.get(path, {"text": "leader"}).json()["count"] == 1
    assert signed_in(cast.rival).get(one).status_code == 404
