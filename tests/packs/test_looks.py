"""A colour that can be read and a logo written anew are frozen with each pack; what was frozen stays."""

from __future__ import annotations

import base64
import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin
from pptx import Presentation
from pypdf import PdfReader
from tests.packs.making import AT, made

from handfast.foundation.refusals import NotPermitted
from handfast.foundation.scope import entered
from handfast.packs.actions import choose_look
from handfast.packs.files.answering import download_of
from handfast.packs.queries.looks import look_seen_by
from handfast.packs.queries.packs import report_of
from handfast.packs.reading.looks import (
    LEAST_CONTRAST,
    Logo,
    checked_accent,
    contrast_on_white,
    read_logo,
    readable,
)
from handfast.packs.refusals import LookRefused
from handfast.packs.report import Look

if TYPE_CHECKING:
    from tests.operate.month import Month

    from handfast.packs.models import Pack, PackLook

PAGE = "/organisation/packs/"
BLUE = "#0b3d91"


def a_picture(form: str = "PNG", size: tuple[int, int] = (960, 240), words: str = "") -> bytes:
    told = PngImagePlugin.PngInfo()
    if words:
        told.add_text("Comment", words)
    written = io.BytesIO()
    more = {"pnginfo": told} if form == "PNG" else {}
    Image.new("RGB", size, "#336699").save(written, format=form, **more)  # type: ignore[arg-type]  # of this form
    return written.getvalue()


def told_of_pictures(pdf: bytes) -> list[str]:
    """What a reader's program says of the pictures of a PDF."""
    reader = PdfReader(io.BytesIO(pdf))
    objects = [reader.get_object(number) for number in range(1, int(reader.trailer["/Size"]))]
    return [str(one["/Alt"]) for one in objects if isinstance(one, dict) and "/Alt" in one]


def chosen(month: Month, accent: str = BLUE, logo: Logo | None = None) -> PackLook:
    cast = month.bargain.cast
    return choose_look(month.client, cast.lumen, accent=accent, logo=logo, at=AT)


def parts_of(book: bytes) -> dict[str, bytes]:
    """The parts of a workbook, by their names."""
    packed = zipfile.ZipFile(io.BytesIO(book))
    return {name: packed.read(name) for name in packed.namelist()}


def a_pack(month: Month) -> Pack:
    return made(month.client, month.bargain.cast.engagement, "register", {"register": "issues"})


@pytest.mark.parametrize(
    ("accent", "ratio"),
    [("#ffffff", 1.0), ("#000000", 21.0), ("#767676", 4.54), ("#777777", 4.48), ("#ff0000", 4.0)],
)
def test_contrast_is_that_of_the_guidelines(accent: str, ratio: float) -> None:
    assert round(contrast_on_white(accent), 2) == pytest.approx(ratio, abs=0.005)


@given(st.integers(0, 0xFFFFFF))
def test_nearest_colour_is_readable_and_a_readable_one_stays(number: int) -> None:
    accent = f"#{number:06x}"
    found = readable(accent)
    assert contrast_on_white(found) >= LEAST_CONTRAST
    assert (found == accent) == (contrast_on_white(accent) >= LEAST_CONTRAST)


@pytest.mark.parametrize("said", ["", "red", "#12345", "#12345g", "url(x)", "#777777", "#ffff00"])
def test_colour_that_cannot_be_read_is_refused_with_one_that_can(said: str) -> None:
    with pytest.raises(LookRefused) as refused:
        checked_accent(said)
    fault = dict(refused.value.fields)["accent"]
    assert "#" in fault
    assert checked_accent(fault.split("#")[1][:6].join(["#", ""])) == f"#{fault.split('#')[1][:6]}"


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_logo_is_made_small_and_nothing_but_its_pixels_comes_along(form: str) -> None:
    found = read_logo(a_picture(form, words="taken at home"))
    kept = base64.b64decode(found.content)
    assert (found.width, found.height) == (480, 120)
    assert b"taken at home" not in kept
    assert kept.startswith(b"\x89PNG")
    with Image.open(io.BytesIO(kept)) as opened:
        assert (opened.format, opened.size, opened.info) == ("PNG", (480, 120), {})


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "no PNG and no JPEG"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no PNG and no JPEG"),
        (a_picture()[:200], "no PNG and no JPEG"),
        (a_picture(size=(8, 8)), "at least 16 by 16"),
        (a_picture(size=(5000, 5000)), "at most 16 million pixels"),
        (b"x" * (512 * 1024 + 1), "at most 512 KiB"),
    ],
)
def test_what_is_no_logo_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(LookRefused, match=said):
        read_logo(content)


@pytest.mark.django_db
def test_pack_is_frozen_with_the_look_and_keeps_it(month: Month) -> None:
    logo = read_logo(a_picture())
    chosen(month, logo=logo)
    first = a_pack(month)
    chosen(month, accent="#7a1f1f")
    second = a_pack(month)
    assert report_of(first).look == Look(accent=BLUE, logo=logo.content, logo_width=480, logo_height=120)
    assert report_of(second).look == Look(accent="#7a1f1f")
    pdf = bytes(download_of(first, "pdf", is_being_written=False).content)
    assert len(PdfReader(io.BytesIO(pdf)).pages[0].images) == 1
    assert "Logo of Lumen" in told_of_pictures(pdf)
    deck = Presentation(io.BytesIO(bytes(download_of(first, "pptx", is_being_written=False).content)))
    assert "Logo of Lumen" in {one.name for one in deck.slides[0].shapes}
    plain = Presentation(io.BytesIO(bytes(download_of(second, "pptx", is_being_written=False).content)))
    assert "Logo of Lumen" not in {one.name for one in plain.slides[0].shapes}
    book = bytes(download_of(first, "xlsx", is_being_written=False).content)
    assert zipfile.ZipFile(io.BytesIO(book)).testzip() is None
    parts = parts_of(book)
    assert [one for name, one in parts.items() if "/media/" in name] == [base64.b64decode(logo.content)]
    assert b'descr="Logo of Lumen"' in parts["xl/drawings/drawing1.xml"]
    assert f'rgb="FF{BLUE[1:].upper()}"'.encode() in parts["xl/styles.xml"]
    assert bytes(download_of(first, "xlsx", is_being_written=False).content) == book
    bare = parts_of(bytes(download_of(second, "xlsx", is_being_written=False).content))
    assert [name for name in bare if "media" in name or "drawing" in name] == []


@pytest.mark.django_db
def test_other_side_and_rival_see_nothing_of_it_but_in_packs(month: Month) -> None:
    chosen(month, logo=read_logo(a_picture()))
    cast = month.bargain.cast
    for person in (cast.delivery, cast.rival, cast.stranger):
        actor = cast.actor(person)
        with entered(actor.reach):
            assert look_seen_by(actor) is None
        client = Client()
        client.force_login(person)
        assert client.get(f"{PAGE}logo.png").status_code == 404
    theirs = made(month.provider, cast.engagement, "register", {"register": "issues"})
    assert report_of(theirs).look == Look()


@pytest.mark.django_db
def test_who_manages_no_people_chooses_no_look(month: Month) -> None:
    cast = month.bargain.cast
    for person in (cast.reader, cast.delivery):
        with pytest.raises(NotPermitted):
            choose_look(cast.actor(person), cast.lumen, accent=BLUE, logo=None, at=AT)


@pytest.mark.django_db
def test_look_is_chosen_by_its_page_and_the_logo_stays_until_it_is_taken_away(month: Month) -> None:
    client = Client()
    client.force_login(month.bargain.cast.owner)
    assert "nothing was chosen" in client.get(PAGE).content.decode()
    sent = {"accent": BLUE, "logo": SimpleUploadedFile("logo.png", a_picture())}
    assert client.post(PAGE, sent).status_code == 302
    shown = client.get(f"{PAGE}logo.png")
    assert (shown["Content-Type"], shown["X-Content-Type-Options"]) == ("image/png", "nosniff")
    assert client.post(PAGE, {"accent": "#7a1f1f"}).status_code == 302
    assert client.get(f"{PAGE}logo.png").status_code == 200
    faint = client.post(PAGE, {"accent": "#ffff00"})
    assert faint.status_code == 422
    assert "a contrast of 1.07 to 1" in faint.content.decode()
    assert client.post(PAGE, {"accent": BLUE, "logo": SimpleUploadedFile("x.png", b"x")}).status_code == 422
    assert client.post(PAGE, {"accent": BLUE, "is_without_logo": "on"}).status_code == 302
    assert client.get(f"{PAGE}logo.png").status_code == 404


@pytest.mark.django_db
def test_api_tells_and_chooses_it(month: Month) -> None:
    client = Client()
    client.force_login(month.bargain.cast.owner)
    assert client.get("/api/packs/look").json()["logo"] == ""
    body = {"accent": BLUE, "logo": base64.b64encode(a_picture()).decode()}
    told = client.put("/api/packs/look", body, content_type="application/json")
    assert (told.status_code, told.json()["accent"], told.json()["logo_width"]) == (200, BLUE, 480)
    for wrong in ({"accent": "blue"}, {"accent": BLUE, "logo": "?"}):
        refused = client.put("/api/packs/look", wrong, content_type="application/json")
        assert (refused.status_code, refused.json()["code"]) == (422, "look-refused")
