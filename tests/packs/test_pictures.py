"""The picture of the page is that of the PDF; it is made of the frozen figures, and what people wrote in it stays text."""

from __future__ import annotations

import io
import json
import re
from decimal import Decimal
from html import unescape
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader
from tests.packs.making import made
from tests.packs.test_looks import told_of_pictures

from handfast.packs.files.answering import download_of
from handfast.packs.queries.packs import report_of
from handfast.packs.renderings import pdf
from handfast.packs.renderings.pictures import pictured, specification_of, svg_of, words_of
from handfast.packs.report import Bars, Point, Trend

if TYPE_CHECKING:
    from tests.operate.month import Month

EVIL = '<script>x</script> & "q" </svg>'
TREND = Trend(
    title="Resolution, P2", unit=" %", expected=Decimal(90), minimum=Decimal("82.00"),
    points=(
        Point(month="2026-01", value=Decimal("91.20"), verdict="Met"),
        Point(month="2026-02", value=None, verdict="No data"),
        Point(month="2026-03", value=Decimal("80.61"), verdict="Missed"),
    ),
)  # fmt: skip


def marks(svg: str) -> list[str]:
    """What each point of a picture says of itself."""
    return [unescape(one) for one in re.findall(r'aria-label="(month: [^"]*)"', svg)]


def test_figures_go_in_as_the_texts_that_were_frozen() -> None:
    spec = specification_of(TREND)
    assert [one["value"] for one in spec["data"]["values"]] == ["91.20", None, "80.61"]
    assert not [one for one in json.dumps(spec).split() if re.fullmatch(r"91\.2|80\.6", one)]


def test_points_stand_at_their_figures_and_a_month_without_one_has_none() -> None:
    told = marks(svg_of(TREND))
    points = [one for one in told if "shape" in one or "colour" in one]
    assert len(points) == 2
    assert any("2026-01" in one and "91.2" in one for one in points)
    assert any("2026-03" in one and "80.61" in one for one in points)
    assert "80.61 missed" in svg_of(TREND)


def test_words_say_all_that_the_picture_shows() -> None:
    assert words_of(TREND) == (
        "Resolution, P2 by month: 2026-01 91.20 % Met; 2026-02 No data; 2026-03 80.61 % Missed. "
        "Expected 90 %, minimum 82.00 %."
    )
    assert words_of(Bars(title="By state", bars=(("Open", 1200), ("Closed", 0)))) == (
        "By state: Open 1,200; Closed 0."
    )


@pytest.mark.parametrize(
    "part", [TREND.model_copy(update={"title": EVIL}), Bars(title=EVIL, bars=((EVIL, 3),)), Bars(title="", bars=())]
)  # fmt: skip
def test_what_people_wrote_stays_text(part: Trend | Bars) -> None:
    svg = svg_of(part)
    assert "<script" not in svg
    assert svg.count("</svg>") == 1
    assert svg.startswith("<svg ")
    assert " on" not in re.sub(r">[^<]*<", "><", re.sub(r'"[^"]*"', '""', svg))


def test_picture_is_the_same_whenever_it_is_drawn_and_names_our_faces_alone() -> None:
    assert svg_of(TREND) == svg_of(TREND.model_copy())
    assert set(re.findall(r'font-family="([^"]*)"', svg_of(TREND))) == {
        "Inter, Inter Ext, Inter Greek, Inter Cyrillic"
    }
    assert "http" not in re.sub(r'xmlns(:xlink)?="[^"]*"', "", svg_of(TREND))


@pytest.mark.django_db
def test_page_and_pdf_show_the_very_same_pictures(month: Month) -> None:
    month.issued()
    cast = month.bargain.cast
    words = {"period": "2026-03"}
    pack = made(month.client, cast.engagement, "service-report", words)
    report = report_of(pack)
    parts = pictured(report)
    assert any(isinstance(one, Trend) for one in parts)
    client = Client()
    client.force_login(cast.owner)
    page = client.get(reverse("packs:pack", args=[cast.engagement.pk, pack.pk])).content.decode()
    told = [one for each in report.pages for one in pdf._page(each, report)["parts"] if "picture" in one]
    assert [one["picture"] for one in told] == [svg_of(one) for one in parts]
    assert all(svg_of(one) in page for one in parts)
    content = bytes(download_of(pack, "pdf", is_being_written=False).content)
    said = {" ".join(one.split()) for one in told_of_pictures(content)}
    assert {words_of(one) for one in parts} <= said
    assert not any(each.images for each in PdfReader(io.BytesIO(content)).pages)  # vectors, and no raster
