"""A pack is frozen as its readers see it, says the same in every form for ever, and is withdrawn, never deleted."""

from __future__ import annotations

import hashlib
import io
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from python_calamine import CalamineWorkbook
from tests.architecture.marks import texts_of
from tests.factories.racing import at_once
from tests.operate.month import a_month
from tests.packs.making import AT, a_frozen, made
from tests.records.deal import work

from handfast.foundation.refusals import NotPermitted, NotSeen
from handfast.foundation.scope import entered
from handfast.governance.actions import write_entry
from handfast.governance.queries.entries import space_to_write_in
from handfast.governance.reading.said import EntrySaid
from handfast.governance.registers import REGISTERS
from handfast.packs.actions import make_pack, withdraw_pack
from handfast.packs.files import answering
from handfast.packs.files.answering import download_of
from handfast.packs.files.kept import kept_content, path_of
from handfast.packs.kinds import declared, register, tables
from handfast.packs.queries.freezing import kind_named, space_for
from handfast.packs.queries.packs import pack_seen_by, packs_seen_by, report_of, share_written
from handfast.packs.refusals import PackForm, PackRefused, PackStillWritten, PackTooLong, PackWithdrawn
from handfast.packs.renderings.forms import FORMS

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import DjangoAssertNumQueries
    from pytest_django.fixtures import SettingsWrapper
    from tests.operate.month import Month

    from handfast.engagement.models import Engagement
    from handfast.packs.models import Pack

pytestmark = pytest.mark.django_db
EVIL = '=HYPERLINK("http://evil.example","ours")'
ASKED_BY_THE_LIST = 17


def deal_of(month: Month) -> Engagement:
    return month.bargain.cast.engagement


def statement_pack(month: Month, *, audience: str = "shared") -> Pack:
    words = {"statement": str(month.issued().pk)}
    return made(month.client, deal_of(month), "statement", words, audience=audience)


def an_issue(month: Month, title: str, *, is_own: bool = False, side: str = "client") -> None:
    actor = month.client if side == "client" else month.provider
    with entered(actor.reach):
        space = space_to_write_in(actor, deal_of(month), is_internal=is_own)
    said = EntrySaid(title, f"Told of {title}", actor.person, None, (), {"severity": "high"})
    write_entry(actor, space, register=REGISTERS["issues"], said=said, at=AT)


def content_of(pack: Pack, form: str) -> bytes:
    return bytes(download_of(pack, form, is_being_written=False).content)


def pdf_text(content: bytes) -> str:
    told = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return " ".join(told.split())


def cells_of(content: bytes) -> list[Any]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [
        cell for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python() for cell in row
    ]


def test_every_form_says_the_same_figures_of_the_same_bytes(month: Month) -> None:
    pack = statement_pack(month)
    assert hashlib.sha256(content_of(pack, "json")).hexdigest() == pack.digest
    text = pdf_text(content_of(pack, "pdf"))
    cells = cells_of(content_of(pack, "xlsx"))
    for said in (
        report_of(pack).pages[0].sentence,
        "Shared: Lumen and Danube Care",
        pack.digest[:8],
        "Priya Raman",
    ):
        assert said in text.replace("\n", " ")
        assert any(said in str(cell) for cell in cells)
    assert 66.67 in cells
    assert "66.67" in text
    assert pack.digest in cells


def test_same_pack_is_the_same_file_whenever_it_is_written(month: Month) -> None:
    pack = statement_pack(month)
    for form, one in FORMS.items():
        first = content_of(pack, form)
        if one.rendering:
            assert one.rendering(report_of(pack), pack.digest) == first
        path_of(pack, form).unlink()
        assert content_of(pack, form) == first


def test_pdf_is_tagged_and_names_nothing_of_the_machine(month: Month) -> None:
    read = PdfReader(io.BytesIO(content_of(statement_pack(month), "pdf")))
    root = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert "/StructTreeRoot" in root
    told = read.metadata
    assert told is not None
    assert told.title == "Statement, March 2026, revision 1, Customer Support"
    assert told.author == "Priya Raman, Lumen"


def test_workbook_tells_its_author_and_no_formula(month: Month) -> None:
    an_issue(month, EVIL)
    pack = made(month.client, deal_of(month), "register", {"register": "issues"})
    with zipfile.ZipFile(io.BytesIO(content_of(pack, "xlsx"))) as packed:
        core = packed.read("docProps/core.xml").decode()
        sheets = "".join(
            packed.read(name).decode() for name in packed.namelist() if "worksheets/sheet" in name
        )
    assert "<dc:creator>Priya Raman, Lumen</dc:creator>" in core
    assert "2026-04-16T09:12:00Z" in core
    assert "<f>" not in sheets
    assert EVIL in cells_of(content_of(pack, "xlsx"))


def test_every_figure_leads_back_to_its_explanation_at_the_configured_address(month: Month) -> None:
    pack = statement_pack(month)
    links = {
        str(note.get_object()["/A"]["/URI"])
        for page in PdfReader(io.BytesIO(content_of(pack, "pdf"))).pages
        for note in page.get("/Annots", ())
        if "/A" in note.get_object()
    }
    report = report_of(pack)
    assert links
    assert all(one.startswith(f"{report.origin}/engagements/") for one in links)
    assert any("/levels/first_response/" in one for one in links)


def test_shared_pack_says_only_what_both_see_and_an_own_one_is_seen_by_one_side(month: Month) -> None:
    an_issue(month, "Told to both")
    an_issue(month, "Private of the client", is_own=True)
    shared = made(month.client, deal_of(month), "register", {"register": "issues"})
    own = made(month.client, deal_of(month), "register", {"register": "issues"}, audience="own")
    for form in FORMS:
        told = {
            name: " ".join(texts_of(content_of(pack, form)))
            for name, pack in (("both", shared), ("one", own))
        }
        assert "Private" not in told["both"]
        assert "Only Lumen" in told["one"]
    assert "Private of the client" in pdf_text(content_of(own, "pdf"))
    assert "Private of the client" in cells_of(content_of(own, "xlsx"))
    with entered(month.provider.reach):
        assert [one.pk for one in packs_seen_by(month.provider, deal_of(month).pk)] == [shared.pk]
        with pytest.raises(NotSeen):
            pack_seen_by(month.provider, own.pk)


def test_what_was_frozen_for_one_side_is_never_kept_for_both(month: Month) -> None:
    found = a_frozen(month.client, deal_of(month), "register", {"register": "issues"}, audience="own")
    with entered(month.client.reach):
        space = space_for(month.client, deal_of(month), "shared")
    with pytest.raises(NotSeen):
        make_pack(month.client, space, frozen=found, at=AT)


def test_pack_says_the_same_after_what_it_tells_of_was_changed(month: Month) -> None:
    pack = made(month.client, deal_of(month), "register", {"register": "issues"})
    an_issue(month, "Came later")
    assert "Came later" not in pdf_text(content_of(pack, "pdf"))


def test_withdrawn_pack_keeps_its_line_and_gives_nothing_out(month: Month) -> None:
    pack = statement_pack(month)
    gone = withdraw_pack(month.client, pack, at=AT)
    with pytest.raises(PackWithdrawn):
        content_of(gone, "pdf")
    with pytest.raises(PackWithdrawn):
        withdraw_pack(month.client, gone, at=AT)
    page = browser_of(month).get(reverse("packs:packs", args=[deal_of(month).pk]))
    assert "Withdrawn" in page.content.decode()


def test_only_its_author_withdraws_a_pack(month: Month) -> None:
    with pytest.raises(NotPermitted):
        withdraw_pack(month.provider, statement_pack(month), at=AT)


def test_worker_writes_the_files_and_they_are_given_out_as_written(month: Month) -> None:
    pack = statement_pack(month)
    with entered(month.client.reach):
        assert share_written(pack) == 0
    work(AT)
    assert all(kept_content(pack, form) for form in FORMS)
    with entered(month.client.reach):
        assert share_written(pack) is None


def test_long_pack_is_waited_for_while_the_worker_writes_it(
    month: Month, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "SHORT_BODY", 10)
    pack = statement_pack(month)
    with pytest.raises(PackStillWritten):
        download_of(pack, "pdf", is_being_written=True)
    assert content_of(pack, "pdf").startswith(b"%PDF")


def test_form_that_packs_do_not_have_is_refused(month: Month) -> None:
    with pytest.raises(PackForm):
        content_of(statement_pack(month), "docx")


@pytest.mark.parametrize(
    ("kind", "words", "audience", "field"),
    [
        ("statement", {}, "shared", "statement"),
        ("statement", {"statement": "1"}, "everybody", "audience"),
        ("poem", {}, "shared", "kind"),
    ],
)
def test_pack_that_names_too_little_is_refused_by_its_field(
    month: Month, kind: str, words: dict[str, str], audience: str, field: str
) -> None:
    with pytest.raises(PackRefused) as refused:
        a_frozen(month.client, deal_of(month), kind_named(kind).key, words, audience=audience)
    assert [name for name, _ in refused.value.fields] == [field]


@pytest.mark.parametrize("statement", ["not-an-id", "00000000-0000-4000-8000-000000000000"])
def test_pack_of_a_statement_that_is_not_there_is_not_seen(month: Month, statement: str) -> None:
    with pytest.raises(NotSeen):
        a_frozen(month.client, deal_of(month), "statement", {"statement": statement})


def test_register_longer_than_a_pack_is_refused(month: Month, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register, "MOST_ROWS", 1)
    an_issue(month, "One")
    an_issue(month, "Two")
    with pytest.raises(PackTooLong):
        a_frozen(month.client, deal_of(month), "register", {"register": "issues"})
    monkeypatch.setattr(tables, "MOST_ROWS", 0)
    with pytest.raises(PackTooLong):
        tables.rows_of([("one",)])
    assert declared.MOST_ROWS > 1_000


def browser_of(month: Month) -> Client:
    browser = Client()
    browser.force_login(month.bargain.cast.owner)
    return browser


def test_pack_is_made_by_its_page_and_its_files_taken(month: Month) -> None:
    deal, browser = deal_of(month), browser_of(month)
    statement = month.issued()
    at = reverse("packs:new", args=[deal.pk])
    opened = browser.get(at, {"kind": "statement", "statement": str(statement.pk)})
    assert "Statement, March 2026, revision 1" in opened.content.decode()
    sent = {"kind": "statement", "statement": str(statement.pk), "audience": "shared"}
    answer = browser.post(at, sent, follow=True)
    assert "will say the same for ever" in answer.content.decode()
    (pack,) = (answer.context["pack"],)
    taken = browser.get(reverse("packs:pack_download", args=[deal.pk, pack.pk, "pdf"]))
    assert taken.content.startswith(b"%PDF")
    assert taken["Content-Disposition"].startswith('attachment; filename="statement-')
    assert browser.get(reverse("packs:pack_progress", args=[deal.pk, pack.pk])).status_code == 200
    refused = browser.post(at, {"kind": "statement", "statement": "x", "audience": "shared"})
    assert refused.status_code == 422


def test_form_that_is_sent_twice_makes_one_pack(month: Month) -> None:
    deal, browser = deal_of(month), browser_of(month)
    at = reverse("packs:new", args=[deal.pk])
    once = str(browser.get(at, {"kind": "register", "register": "issues"}).context["once"])
    sent = {"kind": "register", "register": "issues", "audience": "shared", "once": once}
    first, second = browser.post(at, sent), browser.post(at, sent)
    assert first.status_code == 302
    assert first["Location"] == second["Location"] == reverse("packs:pack", args=[deal.pk, once])
    rival = Client()
    rival.force_login(month.bargain.cast.rival)
    assert rival.post(at, sent).status_code == 404
    with entered(month.client.reach):
        assert packs_seen_by(month.client, deal.pk).count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_clicks_at_once_one_makes_the_pack(tmp_path: Path, settings: SettingsWrapper) -> None:
    settings.HANDFAST_HOME, settings.HANDFAST_RECORDS = tmp_path, tmp_path / "records"
    month = a_month()
    found = a_frozen(month.client, deal_of(month), "register", {"register": "issues"})
    with entered(month.client.reach):
        space = space_for(month.client, deal_of(month), "shared")
    outcomes = at_once(*[lambda: make_pack(month.client, space, frozen=found, at=AT)] * 2)
    assert sorted(outcomes) == ["pack-made-already", "won"]


@pytest.mark.parametrize("count", [1, 30])
def test_list_asks_the_same_however_many_there_are(
    month: Month, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    deal = deal_of(month)
    for _ in range(count):
        made(month.client, deal, "register", {"register": "issues"})
    browser = browser_of(month)
    browser.get(reverse("packs:packs", args=[deal.pk]))
    with django_assert_num_queries(ASKED_BY_THE_LIST):
        page = browser.get(reverse("packs:packs", args=[deal.pk]))
    assert page.status_code == 200
