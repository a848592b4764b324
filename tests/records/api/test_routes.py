"""The API of records: the same verbs and sights as the pages, refusals as problem+json."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.records.deal import MAPPING, MARCH, Deal, work
from tests.records.web.signed_in import signed_in

from handfast.foundation.files import staged
from handfast.foundation.scope import entered
from handfast.records.models import Batch, Source

if TYPE_CHECKING:
    from django.test import Client

API = "/api/records"


def sent(client: Client, path: str, told: dict[str, Any], method: str = "post") -> Any:
    return getattr(client, method)(f"{API}{path}", json.dumps(told), content_type="application/json")


def file(data: bytes = MARCH, name: str = "march.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_source_is_added_checked_amended_and_listed(bargain: Deal) -> None:
    client = signed_in(bargain, "owner")
    here = f"/engagements/{bargain.engagement.pk}/sources"
    made = sent(client, here, {"key": "desk", "name": "Desk", "mapping": MAPPING})
    assert made.status_code == 201, made.content
    source = made.json()
    checked = sent(client, f"/sources/{source['id']}/mapping/check", {"mapping": MAPPING})
    assert set(checked.json()["columns"]) == {"Ticket", "At", "Event"}
    told = {"name": "Desk", "mapping": MAPPING + "# more\n", "as_seen": source["as_seen"]}
    amended = sent(client, f"/sources/{source['id']}/mapping", told, "put")
    assert amended.json()["mapping"].endswith("# more\n")
    stale = sent(client, f"/sources/{source['id']}/mapping", told, "put")
    assert (stale.status_code, stale.json()["code"]) == (409, "conflict")
    assert [one["key"] for one in client.get(f"{API}{here}").json()] == ["desk"]
    assert client.get(f"{API}/sources/{source['id']}").json()["name"] == "Desk"


def test_presets_are_listed_and_given_under_a_key(bargain: Deal) -> None:
    client = signed_in(bargain, "reader")
    names = [one["name"] for one in client.get(f"{API}/presets").json()]
    assert "zendesk" in names
    assert "  help:" in client.get(f"{API}/presets/zendesk?key=help").json()["mapping"]
    assert client.get(f"{API}/presets/nothing?key=help").json()["code"] == "preset-unknown"


def test_file_is_sent_followed_and_found_as_a_batch(bargain: Deal) -> None:
    client = signed_in(bargain, "owner")
    source = bargain.source()
    answer = client.post(f"{API}/sources/{source.pk}/uploads", {"file": file()})
    assert answer.status_code == 202, answer.content
    upload = answer.json()
    assert (upload["state"], upload["batch_id"], upload["file_name"]) == ("waiting", None, "march.csv")
    assert client.get(f"{API}/uploads/{upload['id']}/progress").json()["is_over"] is False
    work(datetime.now(UTC))
    assert client.get(f"{API}/uploads/{upload['id']}/progress").json()["share"] == 1000
    read = client.get(f"{API}/uploads/{upload['id']}").json()
    batch = client.get(f"{API}/batches/{read['batch_id']}").json()
    assert (read["state"], batch["rows"], batch["upload_id"]) == ("read", 3, upload["id"])
    listed = client.get(f"{API}/engagements/{bargain.engagement.pk}/batches").json()
    assert [one["id"] for one in listed["items"]] == [batch["id"]]
    files = client.get(f"{API}/engagements/{bargain.engagement.pk}/uploads").json()
    assert files["count"] == 1


def test_dry_run_is_asked_for_in_the_body(bargain: Deal) -> None:
    source = bargain.source()
    sending = {"file": file(), "is_dry_run": "true"}
    answer = signed_in(bargain, "owner").post(f"{API}/sources/{source.pk}/uploads", sending)
    assert answer.json()["is_dry_run"] is True


def test_same_file_twice_is_a_problem_with_its_code(bargain: Deal) -> None:
    source = bargain.source()
    bargain.imported(source)
    answer = signed_in(bargain, "owner").post(f"{API}/sources/{source.pk}/uploads", {"file": file()})
    assert (answer.status_code, answer.json()["code"]) == (409, "already-imported")
    assert answer["Content-Type"] == "application/problem+json"


def test_body_without_a_file_is_refused(bargain: Deal) -> None:
    source = bargain.source()
    answer = signed_in(bargain, "owner").post(f"{API}/sources/{source.pk}/uploads", {"is_dry_run": "true"})
    assert (answer.status_code, answer.json()["code"]) == (422, "no-file-sent")


def test_file_is_previewed_by_another_mapping_and_not_kept(bargain: Deal) -> None:
    source = bargain.source()
    client = signed_in(bargain, "owner")
    told = {
        "file": file(b"Case,At,Event\n1,2026-03-02T09:00:00,x\n"),
        "mapping": MAPPING.replace("Ticket", "Case"),
    }
    found = client.post(f"{API}/sources/{source.pk}/preview", told).json()
    assert found["rows"] == [["1", "2026-03-02T09:00:00Z", "", "x"]]
    wrong = client.post(f"{API}/sources/{source.pk}/preview", {"file": file(b"a,b\n1,2\n")})
    assert (wrong.status_code, wrong.json()["fields"][0]["fault"]) == (422, "columns-missing")
    assert list(staged.folder_of(source.space_id).iterdir()) == []


def test_batch_is_withdrawn_once(bargain: Deal) -> None:
    bargain.imported(bargain.source())
    with entered(bargain.importer.reach):
        batch = Batch.objects.get()
    client = signed_in(bargain, "delivery")
    assert client.post(f"{API}/batches/{batch.pk}/withdraw").json()["withdrawn_at"] is not None
    again = client.post(f"{API}/batches/{batch.pk}/withdraw")
    assert (again.status_code, again.json()["code"]) == (409, "already-withdrawn")


def operations(bargain: Deal, source: Source, batch: Batch) -> list[tuple[str, str]]:
    deal = f"/engagements/{bargain.engagement.pk}"
    return [
        ("get", f"{deal}/sources"), ("get", f"{deal}/uploads"), ("get", f"{deal}/batches"),
        ("get", f"/sources/{source.pk}"), ("get", f"/uploads/{batch.upload_id}"),
        ("get", f"/uploads/{batch.upload_id}/progress"), ("get", f"/batches/{batch.pk}"),
        ("post", f"/sources/{source.pk}/uploads"), ("post", f"/sources/{source.pk}/preview"),
        ("post", f"/batches/{batch.pk}/withdraw"),
    ]  # fmt: skip


def test_everything_out_of_sight_is_not_found_and_what_is_not_allowed_is_refused(bargain: Deal) -> None:
    source = bargain.source()
    bargain.imported(source)
    with entered(bargain.importer.reach):
        batch = Batch.objects.get()
    reader = signed_in(bargain, "reader")
    for person in ("rival", "stranger"):
        client = signed_in(bargain, person)
        for method, path in operations(bargain, source, batch):
            assert getattr(client, method)(f"{API}{path}").status_code == 404, (person, method, path)
    for method, path in operations(bargain, source, batch):
        expected = 200 if method == "get" else 403
        assert getattr(reader, method)(f"{API}{path}").status_code == expected, path


@pytest.mark.parametrize("path", ["/sources/{}", "/uploads/{}", "/batches/{}"])
def test_nobody_without_a_session_or_token_is_answered(bargain: Deal, path: str) -> None:
    answer = signed_in(bargain, None).get(API + path.format(uuid4()))
    assert answer.status_code == 401


def test_path_in_place_of_an_id_finds_no_file(bargain: Deal) -> None:
    client = signed_in(bargain, "owner")
    for path in ("/batches/../../etc/passwd", "/batches/%2e%2e%2fpasswd", "/uploads/..%5c..%5cx"):
        assert client.get(API + path).status_code == 404
