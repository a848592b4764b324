"""Several documents at once: all of them or none, each with its own line in the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.factories.cast import AT, Cast, make_cast
from tests.factories.racing import at_once

from handfast.evidence.actions import take_in_documents
from handfast.evidence.models import Document, DocumentVersion
from handfast.evidence.queries.documents import space_for_document
from handfast.evidence.reading.several import MOST_FILES, TextFile, checked_several, documents_in
from handfast.evidence.reading.written import DocumentSaid
from handfast.evidence.refusals import DocumentsRefused
from handfast.foundation.models import Contents
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.scope import entered

if TYPE_CHECKING:
    from handfast.people.models import Person

pytestmark = pytest.mark.django_db
REFUNDS = TextFile("refunds.md", b"# Refunds\n\nThe agent reads the order.\n")
CALLS = TextFile("call-back_queue.txt", "\ufeffWho calls back, čitko.\n".encode())
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def taken_in(cast: Cast, by: Person, *files: TextFile, is_published: bool = True) -> list[Document]:
    actor = cast.actor(by)
    with entered(actor.reach):
        space = space_for_document(actor, cast.engagement, "shared")
    found = documents_in(files, "procedure")
    return take_in_documents(actor, space, documents=found, is_published=is_published, at=AT)


def test_each_file_is_a_document_titled_by_its_heading_or_its_name(cast: Cast) -> None:
    made = taken_in(cast, cast.owner, REFUNDS, CALLS)
    assert [(one.number, one.title, one.last_number) for one in made] == [
        (1, "Refunds", 1), (2, "call back queue", 1),
    ]  # fmt: skip
    with entered(cast.actor(cast.owner).reach):
        assert DocumentVersion.objects.get(document=made[1]).text == "Who calls back, čitko.\n"
        told = list(Contents.objects.values_list("action", flat=True))
    assert [
        told.count(f"{one}") for one in ("document.written", "document.published", "documents.taken_in")
    ] == [2, 2, 1]


def test_drafts_stay_drafts(cast: Cast) -> None:
    (made,) = taken_in(cast, cast.owner, REFUNDS, is_published=False)
    assert made.last_number == 0


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (TextFile("plan.docx", b"PK"), "plan.docx: no text that is read here"),
        (TextFile("latin.md", b"caf\xe9"), "latin.md: byte 3 is no UTF-8"),
        (TextFile("empty.md", b" \n"), "empty.md: it is empty"),
        (TextFile("long.md", b"a" * 200_001), "long.md: write at most 200,000 characters"),
        (TextFile("longer.md", b"a" * 800_001), "longer.md: 800,001 bytes are more"),
        (TextFile("zero.md", b"a\x00b"), "zero.md: write it without control characters"),
        (TextFile("again.md", b"# refunds\nElse\n"), "two of them are called “refunds”"),
    ],
)
def test_a_file_at_fault_is_named_and_none_is_taken_in(cast: Cast, file: TextFile, said: str) -> None:
    with pytest.raises(DocumentsRefused) as refused:
        taken_in(cast, cast.owner, REFUNDS, file)
    assert said in str(refused.value)
    with entered(cast.actor(cast.owner).reach):
        assert not Document.objects.exists()


def test_none_and_too_many_are_refused(cast: Cast) -> None:
    for files in ((), (REFUNDS,) * (MOST_FILES + 1)):
        with pytest.raises(DocumentsRefused, match="1 to 50"):
            documents_in(files, "procedure")
        with pytest.raises(DocumentsRefused, match="1 to 50"):
            checked_several([DocumentSaid(one.name, "procedure", "Text") for one in files])


def test_a_set_that_is_sent_twice_is_one_set(cast: Cast) -> None:
    taken_in(cast, cast.owner, REFUNDS, CALLS)
    with pytest.raises(DocumentsRefused, match="“Refunds” is there already"):
        taken_in(cast, cast.delivery, CALLS, REFUNDS)
    with pytest.raises(NotPermitted):
        taken_in(cast, cast.reader, TextFile("else.md", b"Else"))


@pytest.mark.django_db(transaction=True)
def test_of_two_who_send_the_same_set_at_once_one_has_it() -> None:
    cast = make_cast()
    doings = [lambda who=who: taken_in(cast, who, REFUNDS, CALLS) for who in (cast.owner, cast.delivery)]
    assert sorted(at_once(*doings)) == ["documents-refused", "won"]
    with entered(cast.actor(cast.owner).reach):
        assert sorted(Document.objects.values_list("number", flat=True)) == [1, 2]


def test_the_page_takes_them_in_or_names_each_at_fault(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.owner, backend=BACKEND)
    url = reverse("evidence:documents_several", args=[cast.engagement.pk])
    bad = [SimpleUploadedFile("latin.md", b"caf\xe9"), SimpleUploadedFile("plan.docx", b"PK")]
    refused = client.post(url, {"kind": "procedure", "audience": "shared", "files": bad})
    assert refused.status_code == 422
    page = refused.content.decode()
    assert "latin.md: byte 3" in page
    assert "plan.docx: no text" in page
    good = [SimpleUploadedFile(one.name, one.content) for one in (REFUNDS, CALLS)]
    told = {"kind": "guide", "audience": "own", "is_published": "on", "files": good}
    done = client.post(url, told, follow=True)
    assert "2 documents are taken in." in done.content.decode()
    other = Client()
    other.force_login(cast.delivery, backend=BACKEND)
    assert (
        "Refunds" not in other.get(reverse("evidence:documents", args=[cast.engagement.pk])).content.decode()
    )


def test_the_program_sends_them_with_their_titles(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.owner, backend=BACKEND)
    url = f"/api/evidence/engagements/{cast.engagement.pk}/documents/several"
    told = {
        "kind": "policy",
        "documents": [{"title": "One", "text": "First"}, {"title": " ", "text": "Second"}],
    }
    refused = client.post(url, told, content_type="application/json")
    assert (refused.status_code, refused.json()["code"]) == (422, "documents-refused")
    assert "document 2, title" in refused.json()["detail"]
    told["documents"][1]["title"] = "Two"  # type: ignore[index]  # the list that stands above
    done = client.post(url, told, content_type="application/json")
    assert (done.status_code, [one["name"] for one in done.json()]) == (201, ["DOC-1", "DOC-2"])
