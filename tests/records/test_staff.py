"""People of the provider come in as numbers: no name is kept anywhere, and only the provider learns who is who."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from tests.architecture.verbs import everywhere
from tests.factories.racing import at_once
from tests.records.deal import AT, Deal, later_on, work
from tests.records.web.signed_in import here, signed_in

from handfast.engagement.models import Party
from handfast.foundation.files.staged import staged_from
from handfast.foundation.refusals import NotPermitted
from handfast.foundation.scope import entered
from handfast.kernel.records.canonical import rows_of_log
from handfast.records.actions import add_source, amend_mapping, receive_upload
from handfast.records.files import kept
from handfast.records.models import Batch, Source, Upload
from handfast.records.queries import staff_numbers
from handfast.records.reading.staff import numbers_of
from handfast.records.refusals import StaffFromOtherSide, StaffMarksKept

if TYPE_CHECKING:
    from pathlib import Path

    from handfast.engagement.models import Engagement
    from handfast.foundation.actor import Actor

PLAIN = """sources:
  desk:
    kind: events
    record: Ticket
    at: {column: At, zone: UTC}
    event: Event
    attributes:
      agent: {column: Agent, taken_at: last}
"""
MAPPING = f"{PLAIN}    staff: agent\n"
NAME = "Zdravka Canarić"
HEADER = "Ticket,At,Event,Agent\n"
ROWS = f"{HEADER}L-1,2026-03-02T09:00:00,created,{NAME}\nL-1,2026-03-02T10:00:00,solved,{NAME.upper()}\n"


def source(bargain: Deal, mapping: str = MAPPING, key: str = "desk") -> Source:
    text = mapping.replace("  desk:", f"  {key}:")
    return add_source(bargain.importer, bargain.engagement, key=key, name="Help desk", mapping=text, at=AT)


def sent(actor: Actor, into: Source, text: str | bytes = ROWS, at: Any = AT) -> Upload:
    data = text if isinstance(text, bytes) else text.encode()
    with staged_from([data], into.space_id, "march.csv") as (staging, staged):
        upload = receive_upload(actor, into, staged=staged, at=at)
        staging.keep()
    return upload


def read(bargain: Deal, into: Source, text: str | bytes = ROWS, at: Any = AT) -> Upload:
    upload = sent(bargain.other_side, into, text, at)
    work(at)
    with entered(bargain.importer.reach):
        return Upload.objects.get(pk=upload.pk)


def numbers(actor: Actor, engagement: Engagement, names: list[str]) -> list[tuple[str, str]]:
    with entered(actor.reach):
        return staff_numbers(actor, engagement, names)


def agents(bargain: Deal, place: int = -1) -> list[str]:
    with entered(bargain.importer.reach):
        batch = list(Batch.objects.select_related("source").order_by("recorded_at"))[place]
    return [row["agent"] for row in rows_of_log(kept.rows_back(batch, batch.source.key)).to_pylist()]


def told_anywhere(word: str, folder: Path) -> list[str]:
    """Every table and every file in which a word stands, under any name."""
    found = []
    with entered(everywhere()), connection.cursor() as cursor, transaction.atomic():
        for model in apps.get_models():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608 - our own table
            found += [model._meta.label for row in cursor.fetchall() if word in str(row)]
    found += [str(one) for one in folder.rglob("*") if one.is_file() and word.encode() in one.read_bytes()]
    return found


def test_name_stands_nowhere_once_its_file_was_read(bargain: Deal, tmp_path: Path) -> None:
    assert read(bargain, source(bargain)).state == Upload.State.READ
    assert told_anywhere("Help desk", tmp_path) == ["records.Source"]  # the walk finds what is there
    for word in ("Canari", "CANARI", "Zdravka", "ZDRAVKA"):
        assert told_anywhere(word, tmp_path) == []


def test_same_name_is_the_same_number_in_every_source_and_later_file(bargain: Deal) -> None:
    read(bargain, source(bargain))
    first = agents(bargain)
    read(
        bargain, source(bargain, key="calls"), ROWS + f"L-3,2026-03-05T09:00:00,created,{NAME}\n", later_on(5)
    )
    assert len({*first, *agents(bargain)}) == 1


def test_other_engagement_calls_the_same_person_by_another_number(bargain: Deal) -> None:
    (_, here_) = numbers(bargain.other_side, bargain.engagement, [NAME])[0]
    elsewhere = bargain.elsewhere()
    with pytest.raises(NotPermitted):
        numbers(bargain.other_side, elsewhere.engagement, [NAME])
    provider = bargain.other_side.organisation
    (_, there) = numbers_of([NAME], elsewhere.engagement.space_id, provider)[0]
    assert here_ != there


def test_what_was_learnt_before_the_provider_came_is_worth_nothing_afterwards(bargain: Deal) -> None:
    space = bargain.engagement.space_id
    ((_, before),) = numbers_of([NAME], space, None)
    ((_, after),) = numbers_of([NAME], space, bargain.other_side.organisation)
    assert before != after
    assert numbers(bargain.other_side, bargain.engagement, [NAME]) == [(NAME, after)]


@pytest.mark.django_db(transaction=True)
def test_two_files_that_come_in_at_once_give_one_number_to_one_name(bargain: Deal) -> None:
    into = [source(bargain), source(bargain, key="calls")]
    uploads = at_once(*(lambda one=one: sent(bargain.other_side, one) for one in into))
    work()
    assert len(uploads) == 2
    assert {*agents(bargain, 0), *agents(bargain, 1)} == {
        number for _, number in numbers(bargain.other_side, bargain.engagement, [NAME])
    }


def test_only_the_provider_sends_in_what_names_its_people(bargain: Deal) -> None:
    with pytest.raises(StaffFromOtherSide, match="'Agent'"):
        sent(bargain.importer, source(bargain))
    with entered(bargain.importer.reach):
        assert not Upload.objects.exists()


def test_whoever_imports_sends_it_in_while_the_provider_is_not_in_the_system(bargain: Deal) -> None:
    with entered(bargain.importer.reach):
        Party.objects.filter(engagement=bargain.engagement, side="provider").update(organisation=None)
    assert sent(bargain.importer, source(bargain)).state == Upload.State.WAITING
    with pytest.raises(NotPermitted):
        numbers(bargain.importer, bargain.engagement, [NAME])


def test_mark_that_comes_between_sending_and_reading_refuses_the_file(bargain: Deal) -> None:
    """Else a client could send in a name of its choice and then ask for its number."""
    into = source(bargain, PLAIN)
    upload = sent(bargain.importer, into)
    amend_mapping(bargain.importer, into, name="Help desk", mapping=MAPPING, at=AT)
    work()
    with entered(bargain.importer.reach):
        upload.refresh_from_db()
        assert (upload.state, upload.refusal_code) == ("refused", "staff-from-other-side")
        assert not Batch.objects.exists()


@pytest.mark.parametrize(
    "mapping", [PLAIN, PLAIN.replace("    attributes:\n      agent: {column: Agent, taken_at: last}\n", "")]
)
def test_mark_is_taken_away_by_the_provider_alone(bargain: Deal, mapping: str) -> None:
    into = source(bargain)
    with pytest.raises(StaffMarksKept, match="'Agent'"):
        amend_mapping(bargain.importer, into, name="Help desk", mapping=mapping, at=AT)
    assert (
        amend_mapping(bargain.other_side, into, name="Help desk", mapping=mapping, at=AT).mapping == mapping
    )


@pytest.mark.parametrize(
    "data",
    [
        ROWS.encode("iso-8859-2"),
        ROWS.replace("2026-03-02T09:00:00", NAME).encode(),
        f"{NAME},{NAME} Agentt,At,Event\nL-1,2026-03-02T09:00:00,created,{NAME}\n".encode(),
        f'{HEADER}L-1,2026-03-02T09:00:00,created,"{NAME}\n'.encode(),
        f"{HEADER}L-1,2026-03-02T09:00:00,created,{NAME * 400}\n".encode(),
    ],
)
def test_refusal_that_both_sides_read_repeats_nothing_of_the_file(
    bargain: Deal, data: bytes, tmp_path: Path
) -> None:
    upload = read(bargain, source(bargain), data)
    assert upload.state == Upload.State.REFUSED
    assert "not repeated" in upload.said
    assert told_anywhere("Zdravka", tmp_path) == []


def test_client_that_tries_a_mapping_on_a_name_learns_no_number_that_lasts(bargain: Deal) -> None:
    into = source(bargain)
    number = numbers(bargain.other_side, bargain.engagement, [NAME])[0][1]
    client = signed_in(bargain, "owner")
    told = {"name": into.name, "mapping": into.mapping, "as_seen": into.seen_as, "try": "1"}
    answer = client.post(
        here(bargain, f"sources/{into.pk}/"), told | {"file": SimpleUploadedFile("march.csv", ROWS.encode())}
    )
    said = answer.content.decode()
    assert "First rows of march.csv" in said
    assert "of this look only" in said
    assert number not in said
    assert NAME not in said


def test_page_of_numbers_answers_the_provider_and_keeps_nothing(bargain: Deal, tmp_path: Path) -> None:
    answer = signed_in(bargain, "delivery").post(
        here(bargain, "staff/"), {"names": f"{NAME}\n{NAME.lower()}\n\nB"}
    )
    said = answer.content.decode()
    assert answer.status_code == 200
    assert "2 names of Danube Care" in said
    assert numbers(bargain.other_side, bargain.engagement, [NAME])[0][1] in said
    assert told_anywhere("Zdravka", tmp_path) == []


def test_page_of_numbers_tells_the_client_the_rule_and_no_number(bargain: Deal) -> None:
    client = signed_in(bargain, "owner")
    said = client.get(here(bargain, "staff/")).content.decode()
    assert "Only Danube Care sees who is who" in said
    assert "<textarea" not in said
    assert client.post(here(bargain, "staff/"), {"names": NAME}).status_code == 403


def test_too_many_names_and_none_are_told_at_their_field(bargain: Deal) -> None:
    client = signed_in(bargain, "delivery")
    assert client.post(here(bargain, "staff/"), {"names": ""}).status_code == 422
    many = client.post(here(bargain, "staff/"), {"names": "A\n" * 2_001})
    assert many.status_code == 422
    assert "2,001 lines" in many.content.decode()


def test_program_of_the_provider_asks_by_the_api(bargain: Deal) -> None:
    path = f"/api/records/engagements/{bargain.engagement.pk}/staff-numbers"
    body = json.dumps({"names": [NAME, " "]})
    found = signed_in(bargain, "delivery").post(path, body, content_type="application/json").json()
    assert found == [{"name": NAME, "number": numbers(bargain.other_side, bargain.engagement, [NAME])[0][1]}]
    assert signed_in(bargain, "owner").post(path, body, content_type="application/json").status_code == 403


def test_source_says_which_batches_came_before_the_mark(bargain: Deal) -> None:
    into = source(bargain, PLAIN)
    read(bargain, into)
    amend_mapping(bargain.importer, into, name="Help desk", mapping=MAPPING, at=AT)
    said = signed_in(bargain, "reader").get(here(bargain, f"sources/{into.pk}/")).content.decode()
    assert "1 of 1 batches were read before Agent was marked" in said
