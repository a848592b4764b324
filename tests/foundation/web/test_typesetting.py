"""Documents for the printer: what people wrote is never markup, and the faces are those of the pages."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader
from tools import faces

from handfast.foundation.web.typesetting import FACES, pdf_content, writable

if TYPE_CHECKING:
    from pathlib import Path

AT = datetime(2026, 4, 16, 9, 12, tzinfo=UTC)
TEMPLATE = """#let told = json(bytes(sys.inputs.told))
#set document(title: told.name)
#set text(font: ("Inter", "Inter Ext", "Inter Greek", "Inter Cyrillic"))
#told.name"""


def set_from(folder: Path, name: str) -> bytes:
    template = folder / "page.typ"
    template.write_text(TEMPLATE, "utf-8")
    return pdf_content(template, {"name": name}, dated_at=AT)


@pytest.mark.parametrize(
    "name", ["#panic()", "$x$ *bold* _it_", "https://a.example [link]", "\\ @ref <label>"]
)
def test_words_are_never_markup(tmp_path: Path, name: str) -> None:
    page = PdfReader(io.BytesIO(set_from(tmp_path, name))).pages[0]
    assert page.extract_text().strip() == name
    assert "/Annots" not in page


@pytest.mark.parametrize("name", ["Đorđević", "Ρόδος", "Новый сад"])
def test_names_of_both_countries_stand_in_our_own_faces(tmp_path: Path, name: str) -> None:
    page = PdfReader(io.BytesIO(set_from(tmp_path, name))).pages[0]
    assert page.extract_text().strip() == name
    fonts = page["/Resources"]["/Font"].values()  # type: ignore[index]  # a page has fonts
    assert all("Inter" in str(font.get_object()["/BaseFont"]) for font in fonts)


def test_same_words_are_the_same_bytes(tmp_path: Path) -> None:
    assert set_from(tmp_path, "A") == set_from(tmp_path, "A")


def test_signs_that_no_picture_holds_are_replaced() -> None:
    assert writable("a\x00b\x0bc\ufffed\ud800e\tf\n") == "a\ufffdb\ufffdc\ufffdd\ufffde\tf\n"


def test_faces_are_made_from_those_of_the_pages() -> None:
    if not faces.SOURCE.exists():
        pytest.skip("the pages' own faces are not installed here: sh tools/frontend.sh brings them")
    for alphabet, family in faces.ALPHABETS.items():
        assert (FACES / f"inter-{alphabet}.ttf").read_bytes() == faces.face(alphabet, family)
    assert "SIL Open Font License" in (FACES / "OFL.txt").read_text("utf-8")
