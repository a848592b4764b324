"""Slides are the office program's own: charts with the figures, tables, nothing beyond the slide, nothing of the machine."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from pptx import Presentation
from pptx.enum.text import PP_ALIGN

from handfast.packs.renderings.pptx import pptx_of
from handfast.packs.renderings.slide_charts import scale_of
from handfast.packs.report import (
    Bars,
    Column,
    Facts,
    Link,
    Number,
    Page,
    Point,
    Report,
    Table,
    Trend,
)

LONG = "Donaudampfschifffahrtsgesellschaftskapitän " * 12
MONTHS = ("2026-01", "2026-02", "2026-03")


def a_report(rows: int = 360, title: str = "Board pack") -> Report:
    trend = Trend(
        title="Resolution, P2", unit=" %", expected=Decimal(90), minimum=Decimal(82),
        points=tuple(
            Point(month=month, value=value, verdict=verdict)
            for month, value, verdict in zip(
                MONTHS, (Decimal("91.2"), None, Decimal("80.61")), ("Met", "No data", "Missed"), strict=True
            )
        ),
    )  # fmt: skip
    table = Table(
        title=LONG,
        columns=(Column(name="Name", share=6), Column(name="Value", is_number=True)),
        rows=tuple(
            (Link(said=f"{LONG}{n}", path=f"/level/{n}"), Number(number=Decimal(n))) for n in range(rows)
        ),
    )
    pages = (
        Page(title="Trend", sentence=LONG, parts=(trend, Bars(title="By state", bars=(("Open", 3), ("Closed", 0))))),
        Page(title="Lines", sentence="Many.", parts=(table, Facts(title="Facts", rows=(("One", LONG), ("Two", None))))),
        Page(title="Nothing", sentence="None.", parts=(Table(title="Empty", columns=(Column(name="A"),)),)),
    )  # fmt: skip
    return Report(
        id="1", kind="statement", title=title, engagement="Customer Support", parties=("Lumen", "Danube Care"),
        audience="Shared: Lumen and Danube Care", author="Priya Raman", made_for="Lumen",
        made_at=datetime(2026, 4, 16, 9, 12, tzinfo=UTC), zone="America/Toronto", origin="https://hand.example",
        path="/packs/1/", pages=pages,
    )  # fmt: skip


def opened(report: Report) -> Any:
    return Presentation(io.BytesIO(pptx_of(report, "a" * 64)))


def texts_of(slide: Any) -> str:
    return "\n".join(one.text_frame.text for one in slide.shapes if one.has_text_frame)


def test_nothing_stands_beyond_the_slide_however_long_names_and_lists_are() -> None:
    deck = opened(a_report())
    for slide in deck.slides:
        for one in slide.shapes:
            assert one.left >= 0
            assert one.top >= 0
            assert one.left + one.width <= deck.slide_width
            assert one.top + one.height <= deck.slide_height


def test_nothing_lies_on_anything_else() -> None:
    for rows in (0, 3, 40):
        for slide in opened(a_report(rows)).slides:
            placed = sorted(
                (one for one in slide.shapes if one.has_table or one.has_chart or one.has_text_frame),
                key=lambda one: (one.left, one.top),
            )
            for n, one in enumerate(placed):
                for other in placed[n + 1 :]:
                    apart_down = one.top + one.height <= other.top or other.top + other.height <= one.top
                    apart_across = one.left + one.width <= other.left or other.left + other.width <= one.left
                    assert apart_down or apart_across, (one.name, other.name, texts_of(slide))


def test_what_is_short_stands_together_on_one_slide() -> None:
    facts = tuple(Facts(title=f"Facts {n}", rows=(("One", "1"), ("Two", "2"))) for n in range(4))
    bars = Bars(title="By state", bars=(("Open", 3),))
    report = a_report(0).model_copy(
        update={"pages": (Page(title="A", sentence="Short.", parts=(bars, *facts[:2])), Page(title="B", sentence="Facts.", parts=facts))}
    )  # fmt: skip
    first, second, last = opened(report).slides
    assert [one.has_chart for one in first.shapes].count(True) == 1
    assert [one.has_table for one in first.shapes].count(True) == 2
    assert [one.has_table for one in second.shapes].count(True) == 4
    assert "SHA-256" in texts_of(last)


def test_text_gets_as_many_lines_as_it_asks_for_within_reason() -> None:
    told = "The list of wave 1 was kept in a workbook of the provider; it is complete there."
    table = Table(
        title="Waived", note="What a note says.", totals=1,
        columns=(Column(name="Why", share=4), Column(name="Days", is_number=True), *(Column(name=f"C{n}") for n in range(6))),
        rows=((told, Number(number=Decimal(3)), *("x" for _ in range(6))), (LONG, Number(number=Decimal(4)), *("x" for _ in range(6)))),
    )  # fmt: skip
    report = a_report(0).model_copy(update={"pages": (Page(title="A", sentence="Waived.", parts=(table,)),)})
    slide = opened(report).slides[0]
    drawn = next(one.table for one in slide.shapes if one.has_table)
    assert drawn.cell(1, 0).text == told
    assert drawn.cell(2, 0).text.endswith("…")
    assert drawn.rows[2].height < 3 * drawn.rows[0].height
    assert [drawn.cell(line, 1).text_frame.paragraphs[0].alignment for line in range(3)] == [
        PP_ALIGN.RIGHT
    ] * 3
    assert [drawn.cell(line, 0).text_frame.paragraphs[0].runs[0].font.bold for line in range(3)] == [
        True, False, True,
    ]  # fmt: skip
    assert "What a note says." in texts_of(slide)


def test_every_slide_has_a_title_and_its_charts_and_tables_say_what_they_are() -> None:
    slides = list(opened(a_report(14)).slides)
    assert [one.shapes.title.text_frame.text for one in slides[1:3]] == ["Many.", "Many."]
    assert slides[-1].shapes.title.text_frame.text == "Board pack"
    for place, slide in enumerate(slides, start=1):
        assert f"{place} of {len(slides)}" in texts_of(slide)
        for one in slide.shapes:
            if one.has_chart or one.has_table:
                assert one._element.nvGraphicFramePr.cNvPr.get("descr")
    drawn = [one for one in slides[0].shapes if one.has_chart]
    assert "Missed" in drawn[0]._element.nvGraphicFramePr.cNvPr.get("descr")
    assert "expected 90 % (line) · minimum 82 % (dashed) · ● met · ■ missed" in texts_of(slides[0])


@pytest.mark.parametrize(
    ("figures", "scale"),
    [
        (("96.1", "99.4", "95", "90"), ("88", "100", "2")),
        (("4.22", "4.43", "4.3", "4"), ("3.9", "4.5", "0.1")),
        (("95",), ("94", "96", "2")),
        (("0",), ("0", "0.2", "0.2")),
        ((), ("0", "1", "0.2")),
        (("-3", "7"), ("-4", "8", "2")),
    ],
)
def test_axis_runs_between_round_numbers_around_the_figures(
    figures: tuple[str, ...], scale: tuple[str, str, str]
) -> None:
    assert scale_of([Decimal(one) for one in figures]) == tuple(Decimal(one) for one in scale)


def test_charts_hold_the_very_figures() -> None:
    (trend, bars) = [one.chart for one in opened(a_report()).slides[0].shapes if one.has_chart]
    assert [tuple(series.values) for series in trend.plots[0].series] == [
        (91.2, None, 80.61), (90.0, 90.0, 90.0), (82.0, 82.0, 82.0),
    ]  # fmt: skip
    assert list(trend.plots[0].categories) == ["Jan", "Feb", "Mar"]
    assert dict(zip(bars.plots[0].categories, bars.plots[0].series[0].values, strict=True)) == {
        "Open": 3,
        "Closed": 0,
    }


def test_every_slide_says_for_whom_by_whom_when_and_under_which_digest() -> None:
    for slide in opened(a_report()).slides:
        said = texts_of(slide)
        for one in (
            "Shared: Lumen and Danube Care",
            "Priya Raman",
            "16 Apr 2026, 05:12 America/Toronto",
            "aaaaaaaa",
        ):
            assert one in said


def test_file_names_nothing_of_the_machine_and_is_the_same_whenever_it_is_written() -> None:
    first = pptx_of(a_report(), "a" * 64)
    assert pptx_of(a_report(), "a" * 64) == first
    with zipfile.ZipFile(io.BytesIO(first)) as packed:
        assert not [name for name in packed.namelist() if "printer" in name or "thumbnail" in name]
        assert {one.date_time for one in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    told = opened(a_report()).core_properties
    assert (told.author, told.last_modified_by) == ("Priya Raman, Lumen", "Priya Raman, Lumen")
    assert (told.title, told.language) == ("Board pack, Customer Support", "en")


@pytest.mark.parametrize("rows", [0, 1, 13, 14])
def test_long_table_goes_on_on_the_next_slide(rows: int) -> None:
    tables = [one.table for slide in opened(a_report(rows)).slides for one in slide.shapes if one.has_table]
    lines = sum(len(table.rows) - 1 for table in tables if table.cell(0, 0).text == "Name")
    assert lines == rows
