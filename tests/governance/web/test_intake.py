"""Entries out of a spreadsheet: by the page and by the API, what is refused, and an export that comes back."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook
from tests.governance.kept import AT

from handfast.foundation.models import Contents
from handfast.foundation.scope import entered
from handfast.governance.actions import take_in
from handfast.governance.models import RegisterEntry
from handfast.governance.queries.entries import space_to_write_in
from handfast.governance.reading.rows import Row
from handfast.governance.reading.said import EntrySaid
from handfast.governance.reading.tables import MOST_ROWS, read_carried
from handfast.governance.refusals import EntryRefused, NothingToTakeIn, TableRefused
from handfast.governance.registers import REGISTERS

if TYPE_CHECKING:
    from django.http import HttpResponse
    from tests.factories.cast import Cast

    from handfast.people.models import Person

TRACKER = (
    "ID\tIssue\tStatus\tDue date\tAssigned to\tSeverity\n"
    "12\tHeadsets drop\tOpen\t24/04/2099\t\tHigh\n"
    "13\tNo line\tParked\t25/04/2099\tNobody Known\tHigh\n"
    "14\t\tOpen\t\t\t\n"
)


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def here(cast: Cast, register: str = "issues") -> str:
    return reverse("governance:take_in", args=[cast.engagement.pk, register])


def said(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def form_of(page: Any, **more: str) -> dict[str, str]:
    """What the form of a page would send."""
    told = {one.name: one.field for one in page.context["columns"]}
    for one in page.context["words"]:
        told |= {f"word-field-{one.place}": one.words.field, f"word-said-{one.place}": one.words.word}
    return told | {"table": page.context["text"], "days": "iso", "audience": "shared"} | more


def entries_of(cast: Cast, person: Person, register: str = "issues") -> list[RegisterEntry]:
    with entered(cast.actor(person).reach):
        return list(RegisterEntry.objects.filter(register=register).order_by("number"))


def test_pasted_tracker_is_mapped_looked_at_and_only_then_written(cast: Cast) -> None:
    owner = signed_in(cast.owner)
    page = owner.post(here(cast), {"pasted": TRACKER, "step": "read"})
    assert [one.field for one in page.context["columns"]] == [
        "number", "title", "state", "due_on", "owner", "own_severity",
    ]  # fmt: skip
    assert [(one.words.word, one.words.rows) for one in page.context["words"]] == [("Parked", 1)]
    preview = owner.post(here(cast), form_of(page, step="preview"))
    assert "3 are refused" in said(preview)
    assert "“24/04/2099” is no day written as 2026-12-31" in said(preview)
    known = form_of(page, step="preview", days="dmy", owners="leave", **{"word-0": "in-work"})
    preview = owner.post(here(cast), known)
    assert "2 are new, 1 is refused" in said(preview)
    assert "Title: write 1 to 200 characters" in said(preview)
    assert entries_of(cast, cast.owner) == []
    done = owner.post(here(cast), known | {"step": "save"})
    assert done.status_code == 302
    one, two = entries_of(cast, cast.delivery)
    assert (one.number, one.title, one.state, one.due_on, one.own) == (
        1, "Headsets drop", "open", date(2099, 4, 24), {"severity": "high"},
    )  # fmt: skip
    assert (two.number, two.state, two.owner_id, two.created_by_id) == (2, "in-work", None, cast.owner.pk)
    again = owner.post(here(cast), known | {"step": "save"})
    assert again.status_code == 409
    assert "an entry with this title stands already" in said(owner.post(here(cast), known))
    assert len(entries_of(cast, cast.owner)) == 2


def test_refused_rows_come_back_as_a_workbook_with_why(cast: Cast) -> None:
    owner = signed_in(cast.owner)
    page = owner.post(here(cast), {"pasted": TRACKER, "step": "read"})
    answer: Any = owner.post(here(cast), form_of(page, step="refused", days="dmy"))
    rows = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer))).get_sheet_by_index(0).to_python()
    assert rows[0] == ["ID", "Issue", "Status", "Due date", "Assigned to", "Severity", "Why"]
    assert [row[0] for row in rows[1:]] == ["13", "14"]
    assert "“Parked” is none of Open, In work" in rows[1][-1]
    assert "Owner: nobody of the engagement is called this" in rows[1][-1]


def test_audience_must_be_said_and_what_one_side_kept_is_not_shown_by_a_slip(cast: Cast) -> None:
    owner = signed_in(cast.owner)
    sheet = "Number,Title,Who sees it\nI-own-1,Secret headcount,only Lumen\n,Secret too,only Lumen\nI-7,Both,shared\n"
    page = owner.post(here(cast), {"pasted": sheet, "step": "read"})
    silent = form_of(page, step="save")
    del silent["audience"]
    refused = owner.post(here(cast), silent)
    assert refused.status_code == 422
    assert "say who sees the entries" in said(refused)
    assert "1 is new, 2 are refused" in said(owner.post(here(cast), form_of(page, step="preview")))
    own = form_of(page, step="save", audience="own")
    assert owner.post(here(cast), own).status_code == 302
    assert [one.title for one in entries_of(cast, cast.owner)] == ["Secret headcount", "Secret too"]
    assert entries_of(cast, cast.delivery) == []
    jovana = signed_in(cast.delivery)
    listed = jovana.get(reverse("governance:entries", args=[cast.engagement.pk, "issues"]))
    assert "Secret" not in said(listed)
    theirs = jovana.post(here(cast), {"pasted": "Title\nSecret headcount\n", "step": "read"})
    assert "1 is new" in said(jovana.post(here(cast), form_of(theirs, step="preview")))


def test_owner_is_found_among_those_whom_the_space_allows_and_of_nobody_else_is_told(cast: Cast) -> None:
    owner = signed_in(cast.owner)
    words = [
        cast.owner.name,
        cast.owner.email,
        cast.delivery.name,
        cast.delivery.email,
        cast.rival.name,
        "x@y.example",
    ]
    sheet = "Title,Owner\n" + "".join(f"Row {place},{word}\n" for place, word in enumerate(words))
    page = owner.post(here(cast), {"pasted": sheet, "step": "read"})
    shared = owner.post(here(cast), form_of(page, step="preview")).context["found"]
    assert [one.outcome for one in shared.lines] == ["new", "new", "new", "refused", "refused", "refused"]
    assert len({one.faults for one in shared.of("refused")}) == 1
    own = owner.post(here(cast), form_of(page, step="preview", audience="own")).context["found"]
    assert [one.outcome for one in own.lines] == ["new", "new", *["refused"] * 4]
    assert len({one.faults for one in own.of("refused")}) == 1


def test_state_that_needs_a_field_is_refused_without_it(cast: Cast) -> None:
    owner = signed_in(cast.owner)
    page = owner.post(
        here(cast), {"pasted": "Title,State,Resolution\nA,Resolved,\nB,Resolved,Mended\n", "step": "read"}
    )
    preview = owner.post(here(cast), form_of(page, step="preview"))
    assert "Resolution: “Resolved” needs it" in said(preview)
    assert "1 is new, 1 is refused" in said(preview)


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ({"column-0": "", "column-1": "text"}, "choose the column that holds the title"),
        ({"column-0": "title", "column-1": "title"}, "two columns are “Title”"),
        ({"column-0": "title", "column-1": "password"}, "there is no field"),
        ({"days": "guess"}, "state how days are written"),
    ],
)
def test_columns_that_cannot_be_so_are_refused(cast: Cast, columns: dict[str, str], why: str) -> None:
    owner = signed_in(cast.owner)
    page = owner.post(here(cast), {"pasted": "Title,Text\nA,B\n", "step": "read"})
    refused = owner.post(here(cast), form_of(page, step="preview") | columns)
    assert refused.status_code == 422
    assert why in said(refused)


def zipped(**entries: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/"), content)
    return target.getvalue()


BROKEN = {
    "empty": (b"  \n", "empty"),
    "heads alone": (b"Title,Text\n", "no row below the first"),
    "too many rows": (b"Title\n" + b"A\n" * (MOST_ROWS + 1), "at most 2,000"),
    "NUL": (b"Title\nA\x00B\n", "this is no text"),
    "heads twice": (b"Title,Title\nA,B\n", "two columns are named"),
    "row too long": (b"Title,Text\nA,B,C\n", "row 2: 3 cells, but 2 columns are named"),
    "cell too long": (b"Title\n" + b"A" * 4_001 + b"\n", "a cell is longer"),
    "not UTF-8": ("Title\nGröße\n".encode("latin-1"), "not UTF-8"),
    "UTF-16": ("Title\nA\n".encode("utf-16"), "UTF-16"),
    "old workbook": (b"\xd0\xcf\x11\xe0rest", "an old .xls"),
    "another zip": (zipped(letter=b"hello"), "no .xlsx workbook"),
    "torn zip": (b"PK\x03\x04torn", "no zip that can be read"),
    "bomb": (zipped(xl__workbook_xml=b"", **{"xl/workbook.xml": b"<w/>", "xl/worksheets/sheet1.xml": b" " * (64 << 20)}), "unpacks to more than"),
    "gzip": (b"\x1f\x8b\x08rest", "packed"),
    "endless field": (b'Title\n"' + b"A" * 200_000 + b"\n", "field larger than"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BROKEN)
def test_broken_file_is_refused_with_what_is_wrong(cast: Cast, kind: str) -> None:
    content, why = BROKEN[kind]
    sent = {"file": SimpleUploadedFile("tracker.csv", content), "step": "read"}
    refused = signed_in(cast.owner).post(here(cast), sent)
    assert refused.status_code in (413, 422)
    assert why in said(refused)


def test_more_than_a_page_carries_is_refused_with_what_to_do_instead(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handfast.governance.web.sent_table.LONGEST_PASTE", 100)
    monkeypatch.setattr("handfast.governance.web.sent_table.MOST_BYTES", 100)
    many = TRACKER * 3
    owner = signed_in(cast.owner)
    pasted = owner.post(here(cast), {"pasted": many, "step": "read"})
    assert pasted.status_code == 422
    assert "more than 100 characters were pasted: paste fewer rows, or send a file" in said(pasted)
    sent = owner.post(here(cast), {"file": SimpleUploadedFile("tracker.csv", many.encode()), "step": "read"})
    assert "at most 100 are read" in said(sent)
    assert entries_of(cast, cast.owner) == []


def test_semicolons_and_tabs_part_cells_and_quotes_keep_line_breaks(cast: Cast) -> None:
    owner = signed_in(cast.owner)
    for parted in (";", "\t", ","):
        sheet = f'Title{parted}Text\n"One"{parted}"a {parted} b\nc"\n'
        page = owner.post(here(cast), {"pasted": sheet, "step": "read"})
        found = owner.post(here(cast), form_of(page, step="preview")).context["found"]
        assert found.lines[0].row.said.text == f"a {parted} b\nc"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{}",
        "[",
        "[1,2]",
        '["n",["Title"],[["x",["A"]]]]',
        '["n",[1],[]]',
        "[" * 5_000,
        '["n",["Title"],[[1e999,["A"]]]]',
    ],
)
def test_rows_that_come_back_broken_are_refused(text: str) -> None:
    with pytest.raises(TableRefused):
        read_carried(text)


def test_nothing_sent_and_who_may_not(cast: Cast) -> None:
    assert signed_in(cast.owner).post(here(cast), {"step": "read"}).status_code == 422
    assert signed_in(cast.owner).get(here(cast)).status_code == 200
    assert signed_in(cast.owner).get(here(cast, "wishes")).status_code == 404
    assert signed_in(cast.reader).get(here(cast)).status_code == 403
    assert signed_in(cast.reader).post(here(cast), {"pasted": TRACKER}).status_code == 403
    assert signed_in(cast.rival).post(here(cast), {"pasted": TRACKER}).status_code == 404


def test_sheet_is_written_with_as_many_questions_however_long_it_is(cast: Cast) -> None:
    asked = []
    for rows in (3, 300):
        sheet = "Title\n" + "".join(f"Row {place} of {rows}\n" for place in range(rows))
        owner = signed_in(cast.owner)
        page = owner.post(here(cast), {"pasted": sheet, "step": "read"})
        given_form = form_of(page, step="save")
        with CaptureQueriesContext(connection) as told:
            assert owner.post(here(cast), given_form).status_code == 302
        asked.append(len(told))
    assert asked[1] <= asked[0] + 8  # SQLite takes the rows in parts of some forty
    assert [one.number for one in entries_of(cast, cast.owner)] == list(range(1, 304))
    with entered(cast.actor(cast.owner).reach):
        assert Contents.objects.filter(action="entry.taken_in").count() == 2


def test_verb_refuses_what_is_not_new_too_much_or_owned_by_others(cast: Cast) -> None:
    actor, register = cast.actor(cast.owner), REGISTERS["issues"]
    with entered(actor.reach):
        space = space_to_write_in(actor, cast.engagement, is_internal=True)
    many = [Row(2, None, EntrySaid("A"), "open")] * (MOST_ROWS + 1)
    with pytest.raises(TableRefused, match="at most 2,000 rows"):
        take_in(actor, space, register=register, rows=many, at=AT)
    with pytest.raises(NothingToTakeIn):
        take_in(actor, space, register=register, rows=[], at=AT)
    theirs = Row(2, None, EntrySaid("A", owner_id=cast.delivery.pk), "open")
    with pytest.raises(EntryRefused, match="row 2: owner_id"):
        take_in(actor, space, register=register, rows=[theirs], at=AT)
    with pytest.raises(EntryRefused, match="row 3: own_resolution"):
        take_in(actor, space, register=register, rows=[Row(3, None, EntrySaid("A"), "resolved")], at=AT)
    assert entries_of(cast, cast.owner) == []


def test_history_of_each_entry_tells_of_the_sheet_and_of_an_own_one_nobody_else_reads(cast: Cast) -> None:
    owner = signed_in(cast.owner)
    page = owner.post(here(cast), {"pasted": "Title\nA\nB\n", "step": "read"})
    owner.post(here(cast), form_of(page, step="save", audience="own"))
    for one in entries_of(cast, cast.owner):
        address = reverse("journeys:history", args=[cast.engagement.pk, one.pk])
        assert "took rows of a sheet in, the last of them as issue" in said(owner.get(address))
        assert signed_in(cast.delivery).get(address).status_code == 404


def api(client: Client, cast: Cast, body: dict[str, Any], register: str = "issues") -> Any:
    address = f"/api/governance/engagements/{cast.engagement.pk}/registers/{register}/intake"
    return client.post(address, json.dumps(body), content_type="application/json")


def test_operation_takes_lines_or_csv_and_a_dry_run_writes_nothing(cast: Cast) -> None:
    owner = signed_in(cast.owner)
    body = {
        "lines": [{"Title": "A", "Status": "parked"}, {"Title": ""}, {"Status": "Open"}],
        "audience": "shared",
    }
    words = {"words": {"state": {"parked": "in-work"}}}
    dry = api(owner, cast, body | words | {"dry_run": True})
    assert (dry.status_code, dry.json()["said"], dry.json()["last"]) == (200, "1 is new, 1 is refused", "")
    assert dry.json()["lines"][1]["faults"][0]["field"] == "title"
    assert entries_of(cast, cast.owner) == []
    assert api(owner, cast, body | words).json()["last"] == "I-1"
    assert api(owner, cast, body | words).status_code == 409
    sheet = {
        "csv": "What,When\nB,12/31/2099\n",
        "columns": {"What": "title", "When": "due_on"},
        "days": "mdy",
    }
    assert api(owner, cast, sheet | {"audience": "own"}).json()["last"] == "I-own-1"
    for wrong in (
        {"csv": "Title\nA\n", "audience": "all"}, {"audience": "own"}, {"csv": "Title\nA\n", "audience": "own", "columns": {"No": "title"}},
        {"csv": "Title\nA\n", "lines": [{"Title": "A"}], "audience": "own"}, {"csv": "Titel\nA\n", "audience": "own"},
    ):  # fmt: skip
        assert api(owner, cast, wrong).status_code == 422
    assert api(signed_in(cast.reader), cast, sheet | {"audience": "own"}).status_code == 403
