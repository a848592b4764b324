"""Sources from presets, and their mappings as text that is checked, tried and saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.records.deal import AT, MAPPING, MARCH, Deal
from tests.records.web.signed_in import here, signed_in

from handfast.foundation.files import staged
from handfast.foundation.scope import entered
from handfast.records.actions import amend_mapping
from handfast.records.models import Source

if TYPE_CHECKING:
    from django.http import HttpResponse


def written(bargain: Deal, source: Source, person: str = "owner", **more: object) -> HttpResponse:
    told = {"name": source.name, "mapping": source.mapping, "as_seen": source.seen_as, **more}
    return signed_in(bargain, person).post(here(bargain, f"sources/{source.pk}/"), told)


def test_source_begins_as_a_preset_under_its_own_key(bargain: Deal) -> None:
    told = {"preset": "zendesk", "name": "Help desk", "key": "help_desk"}
    answer = signed_in(bargain, "owner").post(here(bargain, "sources/new/"), told, follow=True)
    assert answer.status_code == 200
    with entered(bargain.importer.reach):
        source = Source.objects.get()
    assert "\n  help_desk:\n    kind: records" in source.mapping
    assert "Ticket ID" in answer.content.decode()


def test_key_that_is_none_is_told_at_its_field(bargain: Deal) -> None:
    told = {"preset": "zendesk", "name": "Help desk", "key": "Help Desk"}
    answer = signed_in(bargain, "owner").post(here(bargain, "sources/new/"), told)
    assert answer.status_code == 422
    assert "a letter first" in answer.content.decode()


def test_sources_are_listed_with_their_batches(bargain: Deal) -> None:
    bargain.imported(bargain.source())
    said = signed_in(bargain, "owner").get(here(bargain, "sources/")).content.decode()
    assert "Help desk" in said
    assert "3 Mar 2026" in said


def test_mapping_is_saved_with_what_was_seen(bargain: Deal) -> None:
    source = bargain.source()
    answer = written(bargain, source, mapping=MAPPING.replace("Ticket", "Case no"), save="1")
    assert answer.status_code == 302
    with entered(bargain.importer.reach):
        assert "Case no" in Source.objects.get().mapping


def test_wrong_line_of_a_mapping_is_named_and_nothing_is_saved(bargain: Deal) -> None:
    source = bargain.source()
    answer = written(bargain, source, mapping=MAPPING.replace("record", "recrd"), save="1")
    assert answer.status_code == 422
    assert "mapping, line 4" in answer.content.decode()
    with entered(bargain.importer.reach):
        assert Source.objects.get().mapping == MAPPING


def test_conflict_shows_both_texts_and_saving_again_is_none(bargain: Deal) -> None:
    source = bargain.source()
    seen = source.seen_as
    theirs = amend_mapping(bargain.other_side, source, name="Desk", mapping=MAPPING + "# theirs\n", at=AT)
    answer = written(bargain, source, mapping=MAPPING + "# mine\n", as_seen=seen, save="1")
    said = answer.content.decode()
    assert answer.status_code == 409
    assert "# theirs" in said
    assert "# mine" in said
    assert theirs.seen_as in said


def test_mapping_is_tried_on_the_first_rows_of_a_file_and_nothing_is_kept(bargain: Deal) -> None:
    source = bargain.source()
    answer = written(bargain, source, file=SimpleUploadedFile("march.csv", MARCH), **{"try": "1"})
    said = answer.content.decode()
    assert answer.status_code == 200
    assert "First rows of march.csv" in said
    assert "2026-03-02T09:00:00Z" in said
    assert list(staged.folder_of(source.space_id).iterdir()) == []


def test_file_that_the_mapping_cannot_read_is_refused_by_its_columns(bargain: Deal) -> None:
    source = bargain.source()
    file = SimpleUploadedFile("march.csv", b"No,When,What\n1,2,3\n")
    answer = written(bargain, source, file=file, **{"try": "1"})
    assert answer.status_code == 422
    assert "columns-missing" in answer.content.decode()


def test_reader_sees_the_mapping_and_saves_none(bargain: Deal) -> None:
    source = bargain.source()
    page = signed_in(bargain, "reader").get(here(bargain, f"sources/{source.pk}/"))
    assert "your role does not write mappings" in page.content.decode()
    assert written(bargain, source, "reader", save="1").status_code == 403


def test_page_warns_of_batches_that_another_mapping_read(bargain: Deal) -> None:
    source = bargain.source()
    bargain.imported(source)
    amend_mapping(bargain.importer, source, name="Desk", mapping=MAPPING + "    sequence: No\n", at=AT)
    said = signed_in(bargain, "owner").get(here(bargain, f"sources/{source.pk}/")).content.decode()
    assert "1 of 1 batches have other columns" in said


def test_script_in_a_mapping_is_shown_as_text(bargain: Deal) -> None:
    source = bargain.source()
    answer = written(bargain, source, mapping="</textarea><script>alert(1)</script>", save="1")
    assert "<script>alert" not in answer.content.decode()
