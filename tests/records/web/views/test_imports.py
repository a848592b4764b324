"""The register of imports: what it shows, to whom, and what it takes along as CSV and XLSX."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.records.deal import AT, HEADER, MARCH, Deal, work
from tests.records.web.signed_in import here, signed_in

from handfast.foundation.scope import entered
from handfast.foundation.web.exports import BLOCK_ROWS, ReachLost
from handfast.people.models import Membership
from handfast.records.models import Upload
from handfast.records.web.rows import shown_at

if TYPE_CHECKING:
    from django.http import HttpResponse


def page(bargain: Deal, rest: str = "", person: str = "owner") -> HttpResponse:
    return signed_in(bargain, person).get(here(bargain, rest))


def body(answer: HttpResponse) -> str:
    assert answer.status_code == 200, answer.content.decode()[:2000]
    return answer.content.decode()


def test_register_without_a_source_says_what_belongs_here(bargain: Deal) -> None:
    said = body(page(bargain))
    assert "No source yet" in said
    assert "Add a source" in said


def test_register_opens_with_what_stands(bargain: Deal) -> None:
    source = bargain.source()
    bargain.imported(source)
    bargain.imported(source, HEADER + b"L-1,soon,created\n")
    said = body(page(bargain))
    last = shown_at(datetime(2026, 3, 3, 9, tzinfo=UTC), bargain.engagement.zone)
    stands = f"1 batch stands: 3 rows up to {last} ({bargain.engagement.zone}); 1 file was refused."
    assert stands in said
    assert "Refused" in said


def test_register_is_filtered_by_state_and_source(bargain: Deal) -> None:
    bargain.imported(bargain.source("desk"))
    bargain.send(bargain.source("phone"), MARCH, name="phone.csv")
    assert "phone.csv" not in body(page(bargain, "?state=read"))
    assert "march.csv" not in body(page(bargain, "?source=phone"))
    assert "march.csv" in body(page(bargain, "?state=nonsense"))


def test_reader_sees_the_register_and_cannot_import(bargain: Deal) -> None:
    bargain.imported(bargain.source())
    said = body(page(bargain, person="reader"))
    assert "march.csv" in said
    assert "your role does not import" in said


@pytest.mark.parametrize("person", ["rival", "stranger"])
@pytest.mark.parametrize("rest", ["", "export/csv", "sources/", "import/", "sources/new/"])
def test_pages_of_an_engagement_out_of_sight_do_not_exist(bargain: Deal, person: str, rest: str) -> None:
    assert page(bargain, rest, person).status_code == 404


def test_pages_ask_strangers_to_sign_in(bargain: Deal) -> None:
    answer = signed_in(bargain, None).get(here(bargain))
    assert (answer.status_code, "login" in answer["Location"]) == (302, True)


def test_name_of_a_file_is_text_and_never_markup(bargain: Deal) -> None:
    bargain.send(bargain.source(), name="<script>alert(1)<.csv")
    assert "<script>alert" not in body(page(bargain))


def test_export_holds_the_filtered_rows_with_their_digests(bargain: Deal) -> None:
    source = bargain.source()
    upload = bargain.imported(source)
    bargain.send(source, HEADER, name="=cmd.csv")
    answer = page(bargain, "export/csv?state=read")
    text = b"".join(answer).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert (row["file"], row["rows"], row["batch"]) == ("march.csv", "3", "1")
    assert row["file_sha256"] == upload.file_sha256
    every = b"".join(page(bargain, "export/csv")).decode("utf-8-sig")
    assert "'=cmd.csv" in every


def test_export_is_had_as_a_sheet_and_in_no_other_form(bargain: Deal) -> None:
    bargain.imported(bargain.source())
    answer = page(bargain, "export/xlsx")
    assert b"".join(answer).startswith(b"PK")
    assert page(bargain, "export/pdf").status_code == 404


def test_export_ends_for_who_was_removed_while_it_runs(bargain: Deal) -> None:
    upload = bargain.send(bargain.source())
    with entered(bargain.importer.reach):
        values = Upload.objects.filter(pk=upload.pk).values().get()
        many = (Upload(**{**values, "id": uuid4()}) for _ in range(2 * BLOCK_ROWS))
        Upload.objects.bulk_create(many)
    parts = iter(page(bargain, "export/csv", "reader"))
    assert next(parts)
    assert next(parts)
    Membership.objects.filter(person=bargain.cast.reader).update(ended_at=AT)
    with pytest.raises(ReachLost):
        list(parts)


def test_register_asks_the_database_as_often_for_thirty_rows_as_for_one(bargain: Deal) -> None:
    source = bargain.source()
    client = signed_in(bargain, "owner")
    client.get(here(bargain))  # the session of a browser is written once
    counts = []
    for numbers in (range(1), range(1, 30)):
        for number in numbers:
            bargain.send(source, HEADER + f"L-{number},2026-03-02T09:00:00,created\n".encode())
        work()
        with CaptureQueriesContext(connection) as asked:
            client.get(here(bargain))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_batch_of_an_absent_or_foreign_id_is_not_there(bargain: Deal) -> None:
    other = bargain.elsewhere()
    upload = other.imported(other.source())
    client = signed_in(bargain, "owner")
    for wanted in (upload.pk, uuid4()):
        assert client.get(here(bargain, f"uploads/{wanted}/")).status_code == 404
        assert client.get(here(bargain, f"uploads/{wanted}/progress/")).status_code == 404
        assert client.post(here(bargain, f"batches/{wanted}/withdraw/")).status_code == 404
