"""A population is taken away whole, with a count of its own that shows whether anything was left out."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.cast import AT, Cast, make_cast
from tests.governance.kept import written

from handfast.foundation.erasure import erase_contents
from handfast.foundation.models import Contents, Head
from handfast.foundation.scope import entered
from handfast.governance.models import RegisterEntry
from handfast.journeys.queries.populations import population_names
from handfast.journeys.web import sampling_frame

if TYPE_CHECKING:
    from handfast.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def taken(
    client: Client, cast: Cast, kind: str, *, form: str = "csv", query: str = ""
) -> tuple[bytes, dict[str, Any]]:
    url = reverse("journeys:population_export", args=[cast.engagement.pk, kind, form])
    answer = client.get(f"{url}{query}")
    assert answer.status_code == 200, answer.content
    body = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a file streams
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert set(archive.namelist()) == {"completeness.json", f"{kind}.{form}"}
        return archive.read(f"{kind}.{form}"), json.loads(archive.read("completeness.json"))


def rows_in(file: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"))))


def test_register_is_taken_whole_with_its_own_space_and_the_count_is_the_databases(cast: Cast) -> None:
    for number in range(3):
        written(cast, cast.owner, title=f"Shared {number}")
    written(cast, cast.owner, title="Own", is_own=True)
    written(cast, cast.delivery, title="Theirs", is_own=True)
    file, proof = taken(signed_in(cast.owner), cast, "issues")
    rows = rows_in(file)
    assert sorted(row["title"] for row in rows) == ["Own", "Shared 0", "Shared 1", "Shared 2"]
    assert (proof["rows_exported"], proof["rows_counted"], proof["is_complete"]) == (4, 4, True)
    assert sorted((one["rows"], one["first"], one["last"]) for one in proof["series"]) == [
        (1, 1, 1),
        (3, 1, 3),
    ]
    assert (proof["file_sha256"], proof["file_bytes"]) == (hashlib.sha256(file).hexdigest(), len(file))
    with entered(cast.actor(cast.owner).reach):
        heads = {str(one.space_id): one.hash for one in Head.objects.all()}
    assert {one["space"]: one["hash"] for one in proof["journal_heads"]}.items() <= heads.items()


def test_number_that_is_missing_is_named_and_one_of_another_time_is_not(cast: Cast) -> None:
    actor = cast.actor(cast.owner)
    entries = [written(cast, cast.owner, title=f"Shared {number}") for number in range(4)]
    with entered(actor.reach):
        RegisterEntry.objects.filter(pk=entries[2].pk).update(created_at=AT + timedelta(days=40))
    within = f"?until={(AT + timedelta(days=30)):%Y-%m-%dT%H:%M}"
    _, proof = taken(signed_in(cast.owner), cast, "issues", query=within)
    (series,) = proof["series"]
    assert (series["rows"], series["elsewhere"], series["missing"], proof["is_complete"]) == (3, 1, [], True)
    with entered(actor.reach):
        RegisterEntry.objects.filter(pk=entries[1].pk).delete()
    _, proof = taken(signed_in(cast.owner), cast, "issues", query=within)
    assert (proof["series"][0]["missing"], proof["is_complete"]) == ([2], False)
    page = signed_in(cast.owner).get(reverse("journeys:populations", args=[cast.engagement.pk]))
    assert page.status_code == 200


def test_reading_that_leaves_a_row_out_does_not_agree_with_the_count(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        written(cast, cast.owner, title=f"Shared {number}")
    whole = sampling_frame.rows_of
    monkeypatch.setattr(sampling_frame, "rows_of", lambda *asked: islice(whole(*asked), 2))
    _, proof = taken(signed_in(cast.owner), cast, "issues")
    assert (proof["rows_exported"], proof["rows_counted"], proof["is_complete"]) == (2, 3, False)


def test_journal_is_as_long_as_its_heads_say_and_an_erased_entry_is_a_row(cast: Cast) -> None:
    actor = cast.actor(cast.owner)
    with entered(actor.reach):
        entry = Contents.objects.filter(space_id=cast.engagement.space_id).order_by("entry__sequence").last()
        assert entry is not None
        erase_contents(actor, entry, reason="Asked for by the person", at=AT)
    file, proof = taken(signed_in(cast.owner), cast, "journal")
    rows = rows_in(file)
    assert proof["is_complete"]
    assert sum(one["entries"] for one in proof["journal_heads"]) == len(rows) == proof["rows_counted"]
    assert [row["erased"] for row in rows].count("erased") == 1
    assert {one["hash"] for one in proof["journal_heads"]} <= {row["hash"] for row in rows}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_every_population_can_be_had_in_every_form(cast: Cast, form: str) -> None:
    actor = cast.actor(cast.reader)
    with entered(actor.reach):
        kinds = population_names(actor, cast.engagement)
    for kind in kinds:
        _, proof = taken(signed_in(cast.reader), cast, kind, form=form)
        assert proof["is_complete"]


def test_period_that_cannot_be_read_is_refused_and_what_is_not_there_is_not_seen(cast: Cast) -> None:
    client = signed_in(cast.owner)
    page = reverse("journeys:populations", args=[cast.engagement.pk])
    assert client.get(f"{page}?since=yesterday").status_code == 422
    assert client.get(f"{page}?since=2026-03-02T00:00&until=2026-03-01T00:00").status_code == 422
    for kind, form, status in (("nothing", "csv", 404), ("issues", "pdf", 404)):
        url = reverse("journeys:population_export", args=[cast.engagement.pk, kind, form])
        assert client.get(url).status_code == status
    other = reverse("journeys:population_export", args=[cast.engagement.pk, "journal", "csv"])
    assert signed_in(cast.rival).get(other).status_code == 404


def test_program_asks_for_the_count(cast: Cast) -> None:
    written(cast, cast.owner, title="Shared")
    url = f"/api/journeys/engagements/{cast.engagement.pk}/populations/issues/count"
    told = signed_in(cast.owner).get(url).json()
    assert (told["rows"], told["series"][0]["last"]) == (1, 1)
    assert signed_in(cast.owner).get(url + "?until=2020-01-01T00:00:00Z").json()["rows"] == 0
    assert signed_in(cast.rival).get(url).status_code == 404


def test_many_rows_ask_no_more_questions_than_one(cast: Cast) -> None:
    client, said = signed_in(cast.owner), []
    page = reverse("journeys:populations", args=[cast.engagement.pk])
    for number in (1, 30):
        for one in range(number):
            written(cast, cast.owner, title=f"Shared {number} {one}")
        client.get(page)
        with CaptureQueriesContext(connection) as asked:
            client.get(page)
        said.append(len(asked))
    assert said[0] == said[1]
