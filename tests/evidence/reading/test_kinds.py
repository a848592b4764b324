"""A file is kept only where its name and its bytes say the same, and nothing in it bursts, runs or leads out."""

from __future__ import annotations

import io
import stat
import zipfile

import pytest
from tests.evidence.keeping import PDF, WORD, packed

from handfast.evidence.reading.archives import check_archive
from handfast.evidence.reading.kinds import kind_of
from handfast.evidence.refusals import FileRefused
from handfast.kernel.records.readers import zip_files

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
ODT = packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<o/>"})


def kept_as(name: str, content: bytes) -> str:
    stream = io.BytesIO(content)
    kind = kind_of(name, stream)
    check_archive(name, kind, stream)
    return kind.key


def linked() -> bytes:
    made, link = io.BytesIO(), zipfile.ZipInfo("a.txt")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "key"),
    [
        ("Minutes of March (final).PDF", PDF, "pdf"),
        ("plan.docx", WORD, "docx"),
        ("plan.xlsx", packed({"[Content_Types].xml": b"<t/>", "xl/workbook.xml": b"<x/>"}), "xlsx"),
        ("plan.odt", ODT, "odt"),
        ("desk.png", PNG, "png"),
        ("desk.JPG", b"\xff\xd8\xff\xe0" + b"\0" * 9, "jpeg"),
        ("desk.webp", b"RIFF\x10\0\0\0WEBPVP8 ", "webp"),
        ("notiz.txt", "Größe, čekanje\n".encode("cp1252", "replace"), "text"),
        ("log.csv", "\ufeffTicket;At\r\n1;2\r\n".encode(), "csv"),
        ("terms.yaml", b"zone: UTC\n", "text"),
        ("all.zip", packed({"a/": b"", "a/minutes.pdf": PDF, ".DS_Store": b"\0\1", "a/plan.docx": WORD}), "zip"),
    ],
)  # fmt: skip
def test_file_is_what_its_name_and_its_bytes_say(name: str, content: bytes, key: str) -> None:
    assert kept_as(name, content) == key


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("run.exe", b"MZ\x90", "kind of file is not kept"),
        ("minutes.pdf.js", PDF, "kind of file is not kept"),
        ("page.html", b"<html>", "kind of file is not kept"),
        ("drawing.svg", b"<svg/>", "kind of file is not kept"),
        ("macro.docm", WORD, "kind of file is not kept"),
        ("nothing", PDF, "kind of file is not kept"),
        ("minutes.pdf", b"MZ\x90\0", "its name says PDF, and its bytes say something else"),
        ("minutes.pdf", b" " + PDF, "its name says PDF"),
        ("desk.png", b"<svg onload=alert(1)>", "its name says PNG picture"),
        ("empty.txt", b"", "it is empty"),
        ("notes.txt", b"MZ\x90\0\x03", "bytes are no text"),
        ("notes.txt", b"a" * (1 << 20) + b"\0", "bytes are no text"),
        ("notes.txt", b"\n <script>alert(1)</script>", "a page or a script"),
        ("notes.md", b"\xef\xbb\xbf<!DOCTYPE html>", "a page or a script"),
        ("run.log", b"#!/bin/sh\n", "a page or a script"),
        ("log.csv", "a,b\n".encode("utf-16"), "UTF-16: save it as UTF-8"),
        ("plan.docx", packed({"word/document.xml": b"<w/>"}), "says Word document, and it is none"),
        ("plan.docx", PDF, "its name says Word document"),
        ("plan.xlsx", WORD, "says Excel workbook, and it is none"),
        ("plan.ods", ODT, "says OpenDocument sheet, and it is none"),
        ("plan.docx", packed({"[Content_Types].xml": b"", "word/a.xml": b"", "word/vbaProject.bin": b""}), "macros"),
        ("plan.xlsx", packed({"[Content_Types].xml": b"", "xl/macrosheets/a.xml": b""}), "macros"),
        ("plan.odt", packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"", "Basic/a.xml": b""}), "macros"),
        ("all.zip", b"PK\x03\x04torn", "no zip that can be read"),
        ("all.zip", packed({"../a.txt": b"x"}), "leads out of its folder"),
        ("all.zip", packed({"/etc/a.txt": b"x"}), "leads out of its folder"),
        ("all.zip", packed({"C:\\a.txt": b"x"}), "leads out of its folder"),
        ("all.zip", packed({"a\u202etxt.txt": b"x"}), "leads out of its folder or cannot be shown"),
        ("all.zip", linked(), "a link to another file"),
        ("all.zip", packed({"inner.zip": packed({"a.txt": b"x"})}), "not kept in a ZIP"),
        ("all.zip", packed({"run.exe": b"MZ"}), "not kept in a ZIP"),
        ("all.zip", packed({"a.pdf": b"MZ\x90"}), "entry 'a.pdf': its name says PDF"),
        ("all.zip", packed({"a.txt": b"\0"}), "entry 'a.txt'"),
        ("all.zip", packed({f"{n}.txt": b"" for n in range(2_001)}), "2,001 entries"),
        ("bomb.zip", packed({"a.txt": b" " * (40 << 20)}), "300 times its size"),
        ("bomb.docx", packed({"[Content_Types].xml": b" " * (40 << 20), "word/a.xml": b""}), "300 times its size"),
    ],
)  # fmt: skip
def test_file_that_is_not_kept_is_refused_by_its_name_and_the_reason(
    name: str, content: bytes, fault: str
) -> None:
    with pytest.raises(FileRefused, match=name) as refused:
        kept_as(name, content)
    assert fault in str(refused.value)
    assert [field for field, _ in refused.value.fields] == ["file"]
    assert refused.value.code == "file-refused"


def test_zip_that_unpacks_to_too_much_or_hides_behind_a_password_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hidden = bytearray(packed({"a.txt": b"x"}))
    for head, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        hidden[hidden.index(head) + place] |= 1
    with pytest.raises(FileRefused, match="encrypted"):
        kept_as("all.zip", bytes(hidden))
    monkeypatch.setattr(zip_files, "MOST_BYTES", 1_000)
    with pytest.raises(FileRefused, match="declares 2,000 unpacked bytes"):
        kept_as("all.zip", packed({"a.txt": b"ab" * 500, "b.txt": b"ab" * 500}))
