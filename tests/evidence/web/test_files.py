"""Files beside an entry, by its page and by the API."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.evidence.keeping import PDF, WORD, attached, files_below, named_by
from tests.evidence.web.test_comments import entry_page, of
from tests.governance.kept import AT, written
from tests.governance.web.test_registers import here, said, signed_in
from tests.records.deal import work

from handfast.evidence.actions import withdraw_file
from handfast.evidence.files.kept import path_of
from handfast.evidence.models import File
from handfast.foundation.scope import entered

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper
    from tests.factories.cast import Cast

    from handfast.governance.models import RegisterEntry
    from handfast.people.models import Person

MIB = 2**20


def files_of(cast: Cast, entry: RegisterEntry) -> str:
    return of(cast, "files", "entry", entry.pk)


def a_file(name: str = "minutes.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "text/html")


def sent(cast: Cast, person: Person, entry: RegisterEntry, *files: SimpleUploadedFile, **words: str) -> Any:
    return signed_in(person).post(files_of(cast, entry), {"file": list(files), "audience": "own"} | words)


def got(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_several_files_are_attached_for_the_own_side_unless_both_are_chosen(cast: Cast) -> None:
    entry = written(cast, cast.owner)
    page = entry_page(cast, cast.owner, entry)
    assert "What proves or explains this belongs here" in page
    assert 'value="own" checked' in page.partition("hf-attach")[2].partition("</form>")[0]
    answer = sent(cast, cast.owner, entry, a_file("ours.pdf"), a_file("ours.docx", WORD))
    assert (answer.status_code, answer["Location"]) == (302, f"{here(cast, 'entry', entry.pk)}#files")
    sent(cast, cast.owner, entry, a_file("both.csv", b"a,b\n"), audience="shared")
    mine, theirs = entry_page(cast, cast.owner, entry), entry_page(cast, cast.delivery, entry)
    assert all(name in mine for name in ("ours.pdf", "ours.docx", "both.csv"))
    assert ("ours." in theirs, "both.csv" in theirs) == (False, True)


def test_download_is_saved_whole_and_never_shown_or_kept(cast: Cast) -> None:
    entry = written(cast, cast.owner)
    name = 'Zapisnik „март" <b>.pdf'
    made = attached(cast, cast.owner, entry, name=name)
    answer = signed_in(cast.delivery).get(of(cast, "file_download", made.pk))
    assert got(answer) == PDF
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''Zapisnik%20%E2%80%9E")
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "private, no-store")
    assert (answer["Content-Type"], answer["Content-Length"]) == ("application/pdf", str(len(PDF)))
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    page = signed_in(cast.delivery).get(here(cast, "entry", entry.pk)).content.decode()
    assert "<b>.pdf" not in page
    assert "&lt;b&gt;.pdf" in page
    assert f'title="SHA-256 {made.sha256}">{made.sha256[:12]}<' in page


def test_file_of_one_side_or_of_another_deal_is_not_there_for_others(cast: Cast) -> None:
    entry = written(cast, cast.owner)
    own = attached(cast, cast.owner, entry, audience="own")
    for who in (cast.delivery, cast.rival):
        for name in ("file_download", "file_withdraw"):
            method = "post" if name == "file_withdraw" else "get"
            assert getattr(signed_in(who), method)(of(cast, name, own.pk)).status_code == 404
        assert signed_in(who).get(f"/api/evidence/files/{own.pk}/content").status_code == 404
    assert got(signed_in(cast.reader).get(of(cast, "file_download", own.pk))) == PDF


def test_refused_file_says_why_and_holds_up_no_other(cast: Cast, tmp_path: Path) -> None:
    entry = written(cast, cast.owner)
    answer = sent(
        cast, cast.owner, entry, a_file("run.exe", b"MZ"), a_file(), a_file("a.png"), audience="shared"
    )
    page = said(answer)
    assert answer.status_code == 422
    assert "Run.exe: this kind of file is not kept" in page
    assert "A.png: its name says PNG picture, and its bytes say something else" in page
    assert "One file is attached." in page
    assert 'value="shared" checked' in page
    assert named_by(cast, cast.delivery, entry) == ["minutes.pdf"]
    assert len(files_below(tmp_path)) == 1
    for files, fault in (
        ([], "Choose the file to attach."),
        ([a_file()], "attached already, as “minutes.pdf”"),
    ):
        answer = sent(cast, cast.owner, entry, *files, audience="shared")
        assert (answer.status_code, fault in said(answer)) == (422, True)
    assert sent(cast, cast.owner, entry, a_file(), audience="all").status_code == 422
    assert sent(cast, cast.reader, entry, a_file()).status_code == 403


def test_what_is_internal_takes_files_of_the_own_side_only(cast: Cast) -> None:
    entry = written(cast, cast.owner, is_own=True)
    assert "Both sides will see this" not in entry_page(cast, cast.owner, entry)
    assert sent(cast, cast.owner, entry, a_file(), audience="shared").status_code == 422
    assert sent(cast, cast.owner, entry, a_file()).status_code == 302
    assert sent(cast, cast.delivery, entry, a_file()).status_code == 404


def test_file_over_the_limit_and_a_form_without_its_token_leave_nothing(
    cast: Cast, settings: SettingsWrapper, tmp_path: Path
) -> None:
    settings.HANDFAST_FILE_LIMIT = MIB
    entry = written(cast, cast.owner)
    large = sent(cast, cast.owner, entry, a_file(content=PDF.ljust(MIB + 1)))
    assert (large.status_code, "more than 1 MiB" in said(large)) == (413, True)
    many = sent(cast, cast.owner, entry, *(a_file(f"{number}.pdf") for number in range(11)))
    assert (many.status_code, "at most so many at once" in said(many)) == (422, True)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.owner)
    assert strict.post(files_of(cast, entry), {"file": a_file(), "audience": "own"}).status_code == 403
    assert files_below(tmp_path) == []
    assert named_by(cast, cast.owner, entry) == []


def test_who_attached_it_withdraws_it_and_its_bytes_are_gone(cast: Cast, tmp_path: Path) -> None:
    entry = written(cast, cast.owner)
    made = attached(cast, cast.owner, entry)
    gone = of(cast, "file_withdraw", made.pk)
    assert "Withdraw minutes.pdf" not in entry_page(cast, cast.delivery, entry)
    assert signed_in(cast.delivery).post(gone).status_code == 403
    client = signed_in(cast.owner)
    assert client.post(gone).status_code == 302
    work(datetime.now(UTC))
    assert files_below(tmp_path) == []
    page = entry_page(cast, cast.delivery, entry)
    assert "Withdrawn by who attached it" in page
    assert "minutes.pdf" not in page
    assert "This file was withdrawn already." in said(client.post(gone, follow=True))
    left = client.get(of(cast, "file_download", made.pk))
    assert (left.status_code, "file-withdrawn" in said(left)) == (410, True)


def test_bytes_that_the_installation_lost_are_told(cast: Cast) -> None:
    made = attached(cast, cast.owner, written(cast, cast.owner))
    path_of(made.space_id, made.pk).unlink()
    answer = signed_in(cast.owner).get(f"/api/evidence/files/{made.pk}/content")
    assert (answer.status_code, answer.json()["code"]) == (410, "file-lost")


def test_many_files_cost_as_much_as_one_and_stand_page_by_page(cast: Cast) -> None:
    entry = written(cast, cast.owner)
    first = attached(cast, cast.owner, entry)
    client, url = signed_in(cast.owner), here(cast, "entry", entry.pk)

    def cost(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    few = cost(url), cost(files_of(cast, entry))
    with entered(cast.actor(cast.owner).reach):
        File.objects.bulk_create(
            File(
                space_id=first.space_id, engagement_id=first.engagement_id, about_kind="entry", about_id=entry.pk,
                file_name=f"{number}.pdf", kind="pdf", size_bytes=1, sha256=f"{number:064}", attached_at=AT,
                attached_by_id=cast.owner.pk, attached_for_id=first.attached_for_id,
            )
            for number in range(60)
        )  # fmt: skip
    assert (cost(url), cost(files_of(cast, entry))) == few
    page = client.get(url)
    assert len(page.context["beside"].rows) == 8
    assert "All 61 files" in said(page)
    whole = client.get(files_of(cast, entry))
    assert (len(whole.context["beside"].rows), "61 files beside" in said(whole)) == (50, True)
    assert "Earlier files" in said(whole)
    assert len(client.get(f"{files_of(cast, entry)}?page=2").context["beside"].rows) == 11


def test_api_attaches_tells_hands_out_and_withdraws(cast: Cast) -> None:
    entry, form = written(cast, cast.owner), str(uuid4())
    path = f"/api/evidence/engagements/{cast.engagement.pk}/entry/{entry.pk}/files"
    client, theirs = signed_in(cast.owner), signed_in(cast.delivery)
    made = client.post(path, {"file": a_file(), "audience": "shared", "sent_as": form})
    assert made.status_code == 201
    one = made.json()
    assert (one["file_name"], one["kind"], one["is_internal"]) == ("minutes.pdf", "pdf", False)
    assert client.post(path, {"file": a_file("own.docx", WORD)}).json()["is_internal"] is True
    assert theirs.get(path).json() == {"files": [one], "count": 1}
    assert [row["file_name"] for row in client.get(f"{path}?limit=1&offset=1").json()["files"]] == [
        "minutes.pdf"
    ]
    assert got(theirs.get(f"/api/evidence/files/{one['id']}/content")) == PDF
    assert theirs.get(f"/api/evidence/files/{one['id']}").json() == one
    assert theirs.post(f"/api/evidence/files/{one['id']}/withdrawal").status_code == 403
    for given, status, code in (
        ({"file": a_file(), "audience": "shared", "sent_as": form}, 409, "file-stands"),
        ({"file": a_file("run.exe", b"MZ")}, 422, "file-refused"),
        ({"file": a_file(), "audience": "all"}, 422, "audience-refused"),
        ({"file": a_file(), "sent_as": "x"}, 422, "fields-refused"),
        ({"audience": "own"}, 422, "fields-refused"),
        ({"file": [a_file(), a_file("two.pdf")]}, 422, "one-file-at-a-time"),
    ):
        wrong = client.post(path, given)
        assert (wrong.status_code, wrong.json()["code"]) == (status, code)
    gone = client.post(f"/api/evidence/files/{one['id']}/withdrawal").json()
    assert (gone["file_name"], gone["sha256"]) == ("", "")
    assert gone["withdrawn_at"] is not None


@pytest.mark.parametrize(
    "name", ["a\r\nSet-Cookie: x=y.pdf", "../../etc/passwd.pdf", "\u202efdp.exe.pdf", "x" * 5_000]
)
def test_hostile_name_breaks_no_page_and_no_header(cast: Cast, name: str) -> None:
    entry = written(cast, cast.owner)
    path = f"/api/evidence/engagements/{cast.engagement.pk}/entry/{entry.pk}/files"
    answer = signed_in(cast.owner).post(path, {"file": a_file(name), "audience": "shared"})
    if answer.status_code == 201:
        found = answer.json()
        assert not set(found["file_name"]) & set("\r\n/\\\u202e")
        told = signed_in(cast.owner).get(f"/api/evidence/files/{found['id']}/content")
        assert "Set-Cookie" not in told.headers
        assert got(told) == PDF
        assert "\u202e" not in said(signed_in(cast.owner).get(here(cast, "entry", entry.pk)))
    else:
        assert json.loads(answer.content)["code"] == "file-refused"


def test_withdrawn_file_frees_the_account_that_the_form_tells(cast: Cast) -> None:
    entry = written(cast, cast.owner)
    made = attached(cast, cast.owner, entry, PDF.ljust(2 * MIB))
    assert "Lumen keeps 2 MiB of 2 GiB" in entry_page(cast, cast.owner, entry)
    assert "keeps 0 bytes of" in entry_page(cast, cast.delivery, entry)
    withdraw_file(cast.actor(cast.owner), made, at=AT)
    assert "Lumen keeps 0 bytes of" in entry_page(cast, cast.owner, entry)
