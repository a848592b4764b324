"""Sending a file by a form, and the page of the file: progress, report, refusal, withdrawal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.records.deal import HEADER, MARCH, Deal, work
from tests.records.web.signed_in import here, signed_in

from handfast.foundation.files import staged
from handfast.foundation.models import Outgoing
from handfast.foundation.scope import entered
from handfast.records.models import Batch, Upload

if TYPE_CHECKING:
    from django.http import HttpResponse
    from pytest_django.fixtures import SettingsWrapper


def send(bargain: Deal, data: bytes = MARCH, person: str = "owner", **more: str) -> HttpResponse:
    source = more.pop("source", None) or str(bargain.source().pk)
    file = SimpleUploadedFile("march.csv", data)
    return signed_in(bargain, person).post(here(bargain, "import/"), {"source": source, "file": file, **more})


def uploads(bargain: Deal) -> list[Upload]:
    with entered(bargain.importer.reach):
        return list(Upload.objects.all())


def staged_files(bargain: Deal) -> int:
    folder = staged.folder_of(bargain.engagement.space_id)
    return len(list(folder.iterdir())) if folder.is_dir() else 0


def test_file_sent_by_the_form_is_received_and_its_page_opened(bargain: Deal) -> None:
    answer = send(bargain)
    (upload,) = uploads(bargain)
    assert (answer.status_code, answer["Location"]) == (302, here(bargain, f"uploads/{upload.pk}/"))
    assert (upload.file_name, upload.uploaded_by_id) == ("march.csv", bargain.cast.owner.pk)
    assert staged.path_of(upload.space_id, upload.staged_name).read_bytes() == MARCH


def test_dry_run_is_ticked_in_the_form(bargain: Deal) -> None:
    send(bargain, is_dry_run="on")
    assert uploads(bargain)[0].is_dry_run


def test_form_without_its_token_is_refused_and_leaves_nothing(bargain: Deal) -> None:
    source = bargain.source()
    client = signed_in(bargain, "owner", checks_forms=True)
    file = SimpleUploadedFile("march.csv", MARCH)
    answer = client.post(here(bargain, "import/"), {"source": source.pk, "file": file})
    assert (answer.status_code, uploads(bargain), staged_files(bargain)) == (403, [], 0)


def test_form_with_its_token_is_taken(bargain: Deal) -> None:
    source = bargain.source()
    client = signed_in(bargain, "owner", checks_forms=True)
    client.get(here(bargain, "import/"))
    token = client.cookies["handfast-form"].value
    file = SimpleUploadedFile("march.csv", MARCH)
    sent = {"csrfmiddlewaretoken": token, "source": source.pk, "file": file}
    assert client.post(here(bargain, "import/"), sent).status_code == 302


def test_file_over_the_limit_is_refused_with_the_limit(bargain: Deal, settings: SettingsWrapper) -> None:
    settings.HANDFAST_UPLOAD_LIMIT = 2**20
    answer = send(bargain, bytes(3 * 2**20))
    assert answer.status_code == 413
    assert "more than 1 MiB" in answer.content.decode()
    assert (uploads(bargain), staged_files(bargain)) == ([], 0)


def test_reader_may_not_send_and_nothing_of_it_is_staged(bargain: Deal) -> None:
    assert send(bargain, person="reader").status_code == 403
    assert (uploads(bargain), staged_files(bargain)) == ([], 0)


def test_source_of_another_engagement_takes_no_file_here(bargain: Deal) -> None:
    other = bargain.elsewhere().source()
    assert send(bargain, source=str(other.pk)).status_code == 404
    assert staged_files(bargain) == 0


@pytest.mark.parametrize("source", ["", "../..", "nonsense"])
def test_form_without_a_source_is_refused_by_field(bargain: Deal, source: str) -> None:
    bargain.source()
    answer = signed_in(bargain, "owner").post(
        here(bargain, "import/"), {"source": source, "file": SimpleUploadedFile("a.csv", MARCH)}
    )
    assert (answer.status_code, staged_files(bargain)) == (422, 0)


def test_second_time_the_same_file_is_refused_by_its_batch(bargain: Deal) -> None:
    source = bargain.source()
    bargain.imported(source)
    answer = send(bargain, source=str(source.pk))
    assert answer.status_code == 409
    assert "batch 1 of desk" in answer.content.decode()
    assert staged_files(bargain) == 0


def shown(bargain: Deal, upload: Upload, rest: str = "") -> str:
    answer = signed_in(bargain, "owner").get(here(bargain, f"uploads/{upload.pk}/{rest}"))
    assert answer.status_code == 200
    return answer.content.decode()


def test_page_of_a_waiting_file_polls_its_progress_and_says_one_may_leave(bargain: Deal) -> None:
    upload = bargain.send(bargain.source())
    said = shown(bargain, upload)
    assert f'hx-get="{here(bargain, f"uploads/{upload.pk}/progress/")}"' in said
    assert "You may leave" in said


def test_progress_is_a_fragment_with_its_share(bargain: Deal) -> None:
    upload = bargain.send(bargain.source())
    Outgoing.objects.filter(subject_id=upload.pk).update(done_share=680)
    said = shown(bargain, upload, "progress/")
    assert "68 %" in said
    assert "<html" not in said


def test_progress_asks_for_the_whole_page_once_all_is_read(bargain: Deal) -> None:
    upload = bargain.imported(bargain.source())
    answer = signed_in(bargain, "owner").get(here(bargain, f"uploads/{upload.pk}/progress/"))
    assert answer["HX-Refresh"] == "true"
    assert "hx-get" not in answer.content.decode()


def test_page_of_a_read_file_shows_report_digest_and_batch(bargain: Deal) -> None:
    upload = bargain.imported(bargain.source(), MARCH + b",2026-03-02T09:00:00,created\n")
    with entered(bargain.importer.reach):
        batch = Batch.objects.get()
    said = shown(bargain, upload)
    assert batch.digest in said
    assert "1: " in said
    assert "(row 5)" in said
    assert "Batch 1 of desk: 3 rows of 2 records stand; 1 row was dropped." in said


def test_page_of_a_refused_file_shows_code_and_row(bargain: Deal) -> None:
    said = shown(bargain, bargain.imported(bargain.source(), HEADER + b"L-1,soon,created\n"))
    assert "cell-refused" in said
    assert "march.csv, row 2" in said


def test_batch_is_withdrawn_by_its_button(bargain: Deal) -> None:
    upload = bargain.imported(bargain.source())
    with entered(bargain.importer.reach):
        batch = Batch.objects.get()
    client = signed_in(bargain, "owner")
    answer = client.post(here(bargain, f"batches/{batch.pk}/withdraw/"), follow=True)
    assert "Batch 1 was withdrawn" in answer.content.decode()
    assert client.get(here(bargain, f"batches/{batch.pk}/withdraw/")).status_code == 405
    work()
    assert uploads(bargain)[0].pk == upload.pk
