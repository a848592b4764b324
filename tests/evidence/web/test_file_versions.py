"""A version of a document can be a file: frozen, signed, downloaded and found as any other, and compared with nothing."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.evidence.keeping import PDF, WORD, attached, files_below
from tests.evidence.papers import (
    TEXT,
    amended,
    asked_to_sign,
    drafted,
    published,
    published_file,
    seen,
    signatures,
    signed,
    url_of,
    version,
)
from tests.evidence.web.test_documents import digest_made_again, listed
from tests.governance.kept import AT, written
from tests.governance.web.test_registers import said, signed_in

from handfast.evidence.actions import withdraw_file
from handfast.evidence.models import DocumentVersion, File
from handfast.evidence.reading.digests import text_digest
from handfast.evidence.refusals import FilePublished
from handfast.foundation.scope import entered

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper
    from tests.factories.cast import Cast

NAME = "Operating procedure refunds.docx"


def sent(content: bytes = WORD, name: str = NAME) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_file_is_published_as_a_version_and_saved_by_the_other_side(cast: Cast) -> None:
    document = published(cast, cast.owner, drafted(cast, cast.owner))
    client, url = signed_in(cast.owner), url_of("document_file", document)
    assert "Publish a file as version 2" in said(client.get(url))
    answer = client.post(url, {"file": sent(), "summary": "In Word", "as_seen": "2"}, follow=True)
    assert "DOC-1 is published as version 2." in said(answer)
    theirs = signed_in(cast.delivery)
    page = said(theirs.get(url_of("document", document)))
    assert NAME in page
    assert "Word document" in page
    assert "Comments here are on the document as a whole" in page
    found = version(cast, cast.delivery, document, 2)
    file = theirs.get(reverse("evidence:file_download", args=[cast.engagement.pk, found.file_id]))
    content = b"".join(file.streaming_content)  # type: ignore[attr-defined]  # a streamed answer
    assert content == WORD
    assert (file["X-Content-Type-Options"], file["Content-Disposition"][:10]) == ("nosniff", "attachment")
    assert digest_made_again("Refunds", content) == found.sha256
    assert found.sha256 in page
    assert hashlib.sha256(content).hexdigest() in page
    assert "two lines, each ended by a line feed: the title “Refunds”" in page


def test_versions_alternate_and_the_draft_stays(cast: Cast) -> None:
    document = published_file(cast, cast.owner, drafted(cast, cast.owner, ""), PDF, "procedure.pdf")
    assert (document.last_number, document.is_changed) == (1, False)
    document = published(cast, cast.owner, document, TEXT)
    document = published_file(cast, cast.owner, document)
    assert (document.text, document.is_changed) == (TEXT, False)
    page = said(signed_in(cast.owner).get(url_of("document", document)))
    assert "says something else by now" not in page
    draft = said(signed_in(cast.owner).get(url_of("document_draft", document)))
    assert "Publish this draft as version 4" in draft
    document = published(cast, cast.owner, document)
    found = [version(cast, cast.owner, document, one) for one in (1, 2, 3, 4)]
    assert [one.is_file for one in found] == [True, False, True, False]
    assert found[1].sha256 == found[3].sha256
    assert "team leader decides" in said(signed_in(cast.owner).get(url_of("document", document)))


def test_draft_that_was_not_published_is_still_told_after_a_file(cast: Cast) -> None:
    document = published(cast, cast.owner, drafted(cast, cast.owner))
    document = amended(cast, cast.owner, document, "Typed, and not published.\n")
    document = published_file(cast, cast.owner, document)
    assert document.is_changed
    assert seen(cast, cast.owner, document).text == "Typed, and not published.\n"


def test_version_of_the_first_form_is_told_and_made_again_as_it_was(cast: Cast) -> None:
    document = published(cast, cast.owner, drafted(cast, cast.owner))
    with entered(cast.actor(cast.owner).reach):
        DocumentVersion.objects.update(digest_form=1, content_sha256="", sha256=text_digest(TEXT))
    client = signed_in(cast.owner)
    content = client.get(url_of("version_download", document, 1)).content
    digest = hashlib.sha256(content).hexdigest()
    assert "without the title, as versions had it" in said(client.get(url_of("document", document)))
    told = client.get(f"/api/evidence/documents/{document.pk}/versions/1").json()
    assert (told["digest_form"], told["sha256"], told["content_sha256"]) == (1, digest, digest)
    asked_to_sign(cast, cast.owner, document)
    (waiting,) = signatures(cast, cast.owner, document)
    assert signed(cast, cast.delivery, waiting).sha256 == digest


def test_another_title_is_another_digest_of_the_same_file(cast: Cast) -> None:
    document = published_file(cast, cast.owner, drafted(cast, cast.owner, ""))
    client, url = signed_in(cast.owner), url_of("document_file", document)
    given = {"summary": "Again", "as_seen": str(document.version)}
    again = client.post(url, given | {"file": sent()})
    assert (again.status_code, "is this very file already" in said(again)) == (422, True)
    edit = {
        "title": "Refunds and returns",
        "kind": "procedure",
        "text": "",
        "owner": "",
        "as_seen": given["as_seen"],
    }
    assert client.post(url_of("document_edit", document), edit).status_code == 302
    now = seen(cast, cast.owner, document)
    assert (
        client.post(url, {"file": sent(), "summary": "Its title", "as_seen": now.seen_as}).status_code == 302
    )
    one, other = (version(cast, cast.owner, document, number) for number in (1, 2))
    assert one.content_sha256 == other.content_sha256
    assert one.sha256 != other.sha256


@pytest.mark.parametrize(
    ("given", "told"),
    [({"file": None}, "Choose the file to publish."), ({"summary": ""}, "required"), ({"summary": "a\x07b"}, "hf-field-wrong"),
     ({"file": sent(b"MZ", "run.exe")}, "this kind of file is not kept"), ({"file": sent(b"no pdf", "x.pdf")}, "its bytes say something else"),
     ({"file": sent(b"", "empty.pdf")}, "it is empty")],
)  # fmt: skip
def test_what_cannot_be_published_is_refused_and_leaves_nothing(
    cast: Cast, tmp_path: Path, given: dict[str, object], told: str
) -> None:
    document = drafted(cast, cast.owner)
    wanted = {"file": sent(), "summary": "First", "as_seen": "1"} | given
    body = {key: one for key, one in wanted.items() if one is not None}
    answer = signed_in(cast.owner).post(url_of("document_file", document), body)
    assert (answer.status_code, told in said(answer)) == (422, True)
    assert seen(cast, cast.owner, document).last_number == 0
    assert not files_below(tmp_path)
    with entered(cast.actor(cast.owner).reach):
        assert not File.objects.exists()


def test_stale_form_publishes_nothing_and_keeps_what_was_typed(cast: Cast, tmp_path: Path) -> None:
    document = drafted(cast, cast.owner)
    amended(cast, cast.owner, document, "Another\n")
    client, url = signed_in(cast.owner), url_of("document_file", document)
    answer = client.post(url, {"file": sent(), "summary": "My line", "as_seen": "1"})
    page = said(answer)
    assert answer.status_code == 409
    assert "My line" in page
    assert 'name="as_seen" value="2"' in page
    assert not files_below(tmp_path)
    assert client.post(url, {"file": sent(), "summary": "My line", "as_seen": "2"}).status_code == 302


def test_account_of_the_side_holds_for_versions_too(cast: Cast, settings: SettingsWrapper) -> None:
    settings.HANDFAST_FILE_QUOTA = len(WORD) + 10
    document = published_file(cast, cast.owner, drafted(cast, cast.owner))
    answer = signed_in(cast.owner).post(
        url_of("document_file", document), {"file": sent(PDF.ljust(200), "b.pdf"), "summary": "Second", "as_seen": "2"}
    )  # fmt: skip
    assert (answer.status_code, "your side keeps" in said(answer)) == (422, True)


def test_file_of_a_version_is_not_withdrawn_and_stands_with_the_versions_alone(cast: Cast) -> None:
    document = published_file(cast, cast.owner, drafted(cast, cast.owner))
    found = version(cast, cast.owner, document, 1)
    assert found.file is not None
    with pytest.raises(FilePublished, match="never changes"):
        withdraw_file(cast.actor(cast.owner), found.file, at=AT)
    page = said(
        signed_in(cast.owner).get(
            reverse("evidence:files", args=[cast.engagement.pk, "document", document.pk])
        )
    )
    assert NAME not in page
    assert "0 files beside" in page
    attached(cast, cast.owner, written(cast, cast.owner), WORD, "the same.docx")
    url = reverse("evidence:file_withdraw", args=[cast.engagement.pk, found.file_id])
    assert signed_in(cast.owner).post(url).status_code == 409


def test_database_holds_a_text_or_a_file(cast: Cast) -> None:
    published_file(cast, cast.owner, drafted(cast, cast.owner))
    with entered(cast.actor(cast.owner).reach), pytest.raises(IntegrityError), transaction.atomic():
        DocumentVersion.objects.update(text="Both")
    with entered(cast.actor(cast.owner).reach):
        assert DocumentVersion.objects.get().text == ""


def test_signed_is_version_one_and_the_file_after_it_is_not(cast: Cast) -> None:
    document = published(cast, cast.owner, drafted(cast, cast.owner))
    asked_to_sign(cast, cast.owner, document)
    signed(cast, cast.delivery, signatures(cast, cast.delivery, document)[0])
    document = published_file(cast, cast.owner, document)
    client = signed_in(cast.delivery)
    assert "Signed is version 1, not 2" in said(client.get(url_of("document", document)))
    asked_to_sign(cast, cast.owner, document)
    waiting = signatures(cast, cast.delivery, document)[0]
    url = reverse("evidence:signature", args=[cast.engagement.pk, waiting.pk])
    page = said(client.get(url))
    assert NAME in page
    digest = version(cast, cast.delivery, document, 2).sha256
    answer = client.post(url, {"sha256": digest, "has_read": "on"}, follow=True)
    assert "You signed version 2 of DOC-1." in said(answer)
    assert "Version 2 signed" in said(client.get(url_of("document", document)))


def test_file_is_compared_with_nothing_and_both_are_offered(cast: Cast) -> None:
    document = published_file(cast, cast.owner, published(cast, cast.owner, drafted(cast, cast.owner)))
    client = signed_in(cast.delivery)
    page = said(client.get(url_of("document_compare", document), {"before": "1", "after": "2"}))
    one, other = (version(cast, cast.owner, document, number) for number in (1, 2))
    assert "Version 2 is a file, and what is in a file is not compared here" in page
    for expected in (
        one.sha256,
        other.sha256,
        f"{len(TEXT)} bytes",
        f"{len(WORD)} bytes",
        NAME,
        "DOC-1-v1.md",
    ):
        assert expected in page
    assert url_of("version_download", document, 1) in page
    assert reverse("evidence:file_download", args=[cast.engagement.pk, other.file_id]) in page
    draft = said(client.get(url_of("document_compare", document), {"before": "2", "after": "0"}))
    assert "it is not frozen" in draft
    told = client.get(
        f"/api/evidence/documents/{document.pk}/comparison", {"before": "1", "after": "2"}
    ).json()
    assert (told["is_comparable"], told["parts"], told["changed"]) == (False, [], 0)
    assert [one["size_bytes"] for one in told["contents"]] == [len(TEXT), len(WORD)]


def test_passages_are_for_versions_in_markdown(cast: Cast) -> None:
    document = published(cast, cast.owner, drafted(cast, cast.owner))
    client = signed_in(cast.owner)
    spoken = f"/api/evidence/documents/{document.pk}/versions/{{}}/passages/1"
    given = {"text": "Why?", "audience": "shared"}
    assert (
        client.post(spoken.format(1), json.dumps(given), content_type="application/json").status_code == 201
    )
    published_file(cast, cast.owner, document)
    answer = client.post(spoken.format(2), json.dumps(given), content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (422, "passage-refused")
    assert "comment on the document as a whole" in answer.json()["detail"]
    assert client.get(url_of("passage_new", document, 2, 1)).status_code == 404
    assert "said of version 1" in said(client.get(url_of("document", document)))
    assert client.get(url_of("version_download", document, 2)).status_code == 404


def test_it_is_found_by_title_and_by_the_name_of_its_file(cast: Cast) -> None:
    published_file(
        cast, cast.owner, drafted(cast, cast.owner, "", title="Chargebacks"), name="Handbook zebra.docx"
    )
    drafted(cast, cast.owner)
    for words in ("chargeb", "zebra"):
        page = listed(cast, text=words)
        assert "1 of 2 documents." in page
        assert ">Chargebacks</a>" in page
        found = said(signed_in(cast.delivery).get(reverse("journeys:palette"), {"q": words}))
        assert "DOC-1 Chargebacks" in found


def test_file_of_ones_own_document_is_told_to_nobody_else(cast: Cast) -> None:
    document = published_file(cast, cast.owner, drafted(cast, cast.owner, "", title="Ours", is_own=True))
    found, theirs = version(cast, cast.owner, document, 1), signed_in(cast.delivery)
    assert theirs.get(url_of("document_file", document)).status_code == 404
    assert theirs.get(f"/api/evidence/files/{found.file_id}/content").status_code == 404
    assert (
        theirs.get(reverse("evidence:file_download", args=[cast.engagement.pk, found.file_id])).status_code
        == 404
    )
    assert signed_in(cast.reader).post(url_of("document_file", document), {}).status_code in {403, 404}


def test_api_publishes_a_file_and_tells_its_digests(cast: Cast) -> None:
    document = drafted(cast, cast.owner)
    client, one = signed_in(cast.owner), f"/api/evidence/documents/{document.pk}/versions"
    answer = client.post(f"{one}/file", {"file": sent(), "summary": "First", "as_seen": "1"})
    told = answer.json()
    assert (answer.status_code, told["number"], told["digest_form"]) == (201, 1, 2)
    assert told["file"] | {"id": ""} == {"id": "", "file_name": NAME, "kind": "docx", "size_bytes": len(WORD)}
    content = b"".join(client.get(f"/api/evidence/files/{told['file']['id']}/content").streaming_content)  # type: ignore[attr-defined]  # a streamed answer
    assert digest_made_again("Refunds", content) == told["sha256"]
    assert client.get(f"{one}/1").json() == told | {"text": ""}
    assert client.get(f"{one}/1/text").status_code == 404
    assert client.post(f"{one}/file", {"summary": "x"}).status_code == 422
    stale = client.post(f"{one}/file", {"file": sent(PDF, "a.pdf"), "summary": "x", "as_seen": "1"})
    assert (stale.status_code, stale.json()["code"]) == (409, "conflict")
    assert signed_in(cast.reader).post(f"{one}/file", {"file": sent(), "summary": "x"}).status_code == 403


def test_thirty_files_cost_as_much_as_one(cast: Cast) -> None:
    document = published_file(cast, cast.owner, drafted(cast, cast.owner))
    client = signed_in(cast.owner)

    def cost() -> int:
        client.get(url_of("document", document))
        with CaptureQueriesContext(connection) as asked:
            client.get(url_of("document", document))
        return len(asked)

    few = cost()
    for number in range(29):
        document = published_file(cast, cast.owner, document, PDF + bytes([number + 65]), f"v{number}.pdf")
    assert cost() == few
