"""What lives elsewhere is linked by name and address, with a copy that is frozen; Handfast never opens it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.evidence.keeping import PDF, attached, files_below, named_by
from tests.evidence.web.test_comments import entry_page, of
from tests.evidence.web.test_files import a_file
from tests.governance.kept import AT, written
from tests.governance.web.test_registers import here, said, signed_in

from handfast.evidence.actions import withdraw_file
from handfast.evidence.models import File, Reference
from handfast.foundation.scope import entered

if TYPE_CHECKING:
    from pathlib import Path

    from tests.factories.cast import Cast

    from handfast.governance.models import RegisterEntry
    from handfast.people.models import Person

WIKI = "https://wiki.example/refunds?page=1#top"
NAME = "Refunds step by step"


def added(cast: Cast, by: Person, entry: RegisterEntry, **words: Any) -> Any:
    given = {"name": NAME, "address": WIKI, "audience": "shared"} | words
    return signed_in(by).post(of(cast, "reference_add", "entry", entry.pk), given)


def test_address_stands_with_its_copy_the_digest_and_the_day(cast: Cast) -> None:
    entry = written(cast, cast.owner)
    answer = added(cast, cast.owner, entry, file=a_file("refunds.pdf"))
    assert (answer.status_code, answer["Location"]) == (302, f"{here(cast, 'entry', entry.pk)}#files")
    page = entry_page(cast, cast.delivery, entry)
    assert f'<a href="{WIKI}" rel="nofollow noopener noreferrer">{NAME}</a>' in page
    with entered(cast.actor(cast.owner).reach):
        copy = File.objects.get()
    assert f"copy of {copy.attached_at:%-d %b %Y}" in page
    assert page.count(f">{copy.sha256[:12]}<") == 2
    assert named_by(cast, cast.delivery, entry) == ["refunds.pdf"]
    withdraw_file(cast.actor(cast.owner), copy, at=AT)
    assert "its copy was withdrawn" in entry_page(cast, cast.delivery, entry)


def test_address_of_one_side_is_told_to_that_side_alone(cast: Cast) -> None:
    entry = written(cast, cast.owner)
    assert added(cast, cast.owner, entry, audience="own", file=a_file("refunds.pdf")).status_code == 302
    assert NAME in entry_page(cast, cast.owner, entry)
    assert "no copy kept" not in entry_page(cast, cast.owner, entry)
    theirs = entry_page(cast, cast.delivery, entry)
    assert not any(word in theirs for word in ("wiki.example", NAME, "refunds.pdf"))
    with entered(cast.actor(cast.owner).reach):
        made = Reference.objects.get()
    assert signed_in(cast.delivery).post(of(cast, "reference_remove", made.pk)).status_code == 404
    mine = written(cast, cast.owner, is_own=True)
    assert added(cast, cast.owner, mine).status_code == 422
    assert added(cast, cast.delivery, mine).status_code == 404


@pytest.mark.parametrize(
    "address",
    ["http://wiki.example/", "javascript:alert(1)", "https://", "https:///x", "wiki.example", "https://a b.example/", "https://me:pw@wiki.example/",
     "https://wiki.example/\u202egpj", "https://[", "https://wiki.example:0/", "https://wiki.example:x/", 'https://wiki.example/"onclick', "data:text/html,x",
     "https://wiki.example/" + "x" * 2_000],
)  # fmt: skip
def test_what_is_no_address_is_refused_at_its_field_and_brings_nothing_in(
    cast: Cast, tmp_path: Path, address: str
) -> None:
    entry = written(cast, cast.owner)
    answer = added(cast, cast.owner, entry, address=address, file=a_file())
    assert (answer.status_code, "Address:" in said(answer)) == (422, True)
    with entered(cast.actor(cast.owner).reach):
        assert not Reference.objects.exists()
    assert files_below(tmp_path) == []


def test_refused_copy_or_address_that_stands_keeps_neither(cast: Cast, tmp_path: Path) -> None:
    entry = written(cast, cast.owner)
    wrong = added(cast, cast.owner, entry, file=a_file("run.exe", b"MZ"))
    assert (wrong.status_code, "Run.exe: this kind of file is not kept" in said(wrong)) == (422, True)
    attached(cast, cast.owner, entry)
    assert "attached already, as “minutes.pdf”" in said(added(cast, cast.owner, entry, file=a_file()))
    assert f'value="{NAME}"' in said(added(cast, cast.owner, entry, name=NAME, address="x"))
    with entered(cast.actor(cast.owner).reach):
        assert not Reference.objects.exists()
    assert added(cast, cast.owner, entry).status_code == 302
    url = of(cast, "reference_add", "entry", entry.pk)
    given = {"name": "Again", "address": WIKI, "audience": "own", "file": a_file("two.pdf", PDF + b"2")}
    assert "This address stands here already." in said(signed_in(cast.delivery).post(url, given, follow=True))
    assert len(files_below(tmp_path)) == 1
    assert added(cast, cast.owner, entry, name="").status_code == 422
    assert added(cast, cast.reader, entry).status_code == 403
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(cast.owner)
    assert strict.post(url, given).status_code == 403


def test_either_side_takes_a_shared_address_away_and_the_copy_stays(cast: Cast) -> None:
    entry = written(cast, cast.owner)
    added(cast, cast.owner, entry, file=a_file("refunds.pdf"))
    with entered(cast.actor(cast.owner).reach):
        made = Reference.objects.get()
    url = of(cast, "reference_remove", made.pk)
    assert signed_in(cast.reader).post(url).status_code == 403
    assert signed_in(cast.delivery).post(url).status_code == 302
    assert "wiki.example" not in entry_page(cast, cast.owner, entry)
    assert named_by(cast, cast.owner, entry) == ["refunds.pdf"]


def test_fifty_addresses_cost_as_much_as_one_and_no_more_are_taken(cast: Cast) -> None:
    entry = written(cast, cast.owner)
    added(cast, cast.owner, entry, file=a_file("refunds.pdf"))
    client, url = signed_in(cast.owner), here(cast, "entry", entry.pk)

    def cost() -> int:
        client.get(url)
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
        return len(asked)

    few = cost()
    with entered(cast.actor(cast.owner).reach):
        first = Reference.objects.get()
        Reference.objects.bulk_create(
            Reference(
                space_id=first.space_id, engagement_id=first.engagement_id, about_kind="entry", about_id=entry.pk,
                name="One more", address=f"{WIKI}{number}", frozen_id=first.frozen_id, added_at=AT, added_by_id=cast.owner.pk,
            )
            for number in range(49)
        )  # fmt: skip
    assert cost() == few
    assert "50 stand here already" in said(added(cast, cast.owner, entry, address="https://wiki.example/new"))


def test_api_adds_tells_and_takes_away(cast: Cast) -> None:
    entry = written(cast, cast.owner)
    path = f"/api/evidence/engagements/{cast.engagement.pk}/entry/{entry.pk}/references"
    client, theirs = signed_in(cast.owner), signed_in(cast.delivery)
    given = {"name": NAME, "address": WIKI, "audience": "shared"}
    made = client.post(path, given | {"file": a_file("refunds.pdf")})
    assert made.status_code == 201
    one = made.json()
    assert (one["address"], one["is_internal"], len(one["frozen_sha256"])) == (WIKI, False, 64)
    assert theirs.get(path).json() == [one]
    for wrong, status, code in (
        (given, 409, "reference-stands"),
        (given | {"address": "http://x.example"}, 422, "reference-refused"),
        (given | {"audience": "all"}, 422, "audience-refused"),
    ):
        answer = client.post(path, wrong)
        assert (answer.status_code, json.loads(answer.content)["code"]) == (status, code)
    assert client.post(path, {"name": "x", "address": f"{WIKI}2"}).json()["frozen_id"] is None
    assert theirs.post(f"/api/evidence/references/{one['id']}/removal").status_code == 204
    assert theirs.get(path).json() == []
