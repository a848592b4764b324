"""Charts that the office program draws itself, from the very figures of the report."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING, Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.util import Inches, Pt

from handfast.operate.web.pictures.wording import short_month
from handfast.packs.renderings.pictures import words_of
from handfast.packs.renderings.slide_marks import (
    INK,
    INK2,
    INK3,
    LINE2,
    LINE3,
    MARKS,
    STRONG,
    described,
    fitted,
    text_on,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handfast.packs.report import Bars, Trend

Box = tuple[float, float, float, float]
HEAD = 0.5
STEPS = 5
SIGNS = {"Met": "●", "Below expected": "▲", "Missed": "■"}
SHAPES = {
    "Met": XL_MARKER_STYLE.CIRCLE,
    "Below expected": XL_MARKER_STYLE.TRIANGLE,
    "Missed": XL_MARKER_STYLE.SQUARE,
}


def trend_on(slide: Any, box: Box, trend: Trend) -> None:
    """A line by month against what was agreed; each point's shape says its verdict."""
    left, top, wide, high = box
    said = [
        (fitted(trend.title, wide, 12 * STRONG), 12, True, INK),
        (fitted(_key(trend), wide, 9), 9, False, INK3),
    ]
    text_on(slide, (left, top, wide, HEAD), said)
    data = _data()
    data.categories = [short_month(one.month) for one in trend.points]
    data.add_series(trend.title, [None if one.value is None else float(one.value) for one in trend.points])
    for name, value in (("Expected", trend.expected), ("Minimum", trend.minimum)):
        if value is not None:
            data.add_series(name, [float(value)] * len(trend.points))
    frame = _chart(slide, XL_CHART_TYPE.LINE_MARKERS, (left, top + HEAD, wide, high - HEAD), data)
    chart = frame.chart
    described(frame, words_of(trend))
    _scaled(chart.value_axis, trend)
    measured, *agreed = chart.plots[0].series
    _line(measured, LINE3, 1.5)  # some programs draw the points in its colour, so it can be seen
    for point, one in zip(trend.points, (measured.points[n] for n in range(len(trend.points))), strict=True):
        one.marker.style, one.marker.size = SHAPES.get(point.verdict, XL_MARKER_STYLE.CIRCLE), 8
        one.marker.format.fill.solid()
        one.marker.format.fill.fore_color.rgb = MARKS.get(point.verdict, INK3)
        one.marker.format.line.fill.background()
    for series in agreed:
        _line(series, INK if series.name == "Expected" else INK3, 1.25)
        series.marker.style = XL_MARKER_STYLE.NONE
        if series.name == "Minimum":
            series.format.line.dash_style = MSO_LINE.DASH


def _key(trend: Trend) -> str:
    """What the lines and the signs mean, as far as they are there."""
    agreed = [
        f"{name} {value:f}{trend.unit} ({drawn})"
        for name, value, drawn in (("expected", trend.expected, "line"), ("minimum", trend.minimum, "dashed"))
        if value is not None
    ]
    seen = {one.verdict for one in trend.points if one.value is not None}
    signs = [f"{sign} {verdict.lower()}" for verdict, sign in SIGNS.items() if verdict in seen]
    return " · ".join((*agreed, *signs))


def _scaled(axis: Any, trend: Trend) -> None:
    """From a round number below the least figure to one above the greatest, so that every program draws the same."""
    figures = [one.value for one in trend.points if one.value is not None]
    least, most, step = scale_of(
        [one for one in (*figures, trend.expected, trend.minimum) if one is not None]
    )
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = float(least), float(most), float(step)


def scale_of(figures: Sequence[Decimal]) -> tuple[Decimal, Decimal, Decimal]:
    """Where an axis begins and ends, and its steps: about five, of 1, 2 or 5 times a power of ten."""
    low, high = min(figures, default=Decimal(0)), max(figures, default=Decimal(1))
    span = high - low or abs(high) / 10 or Decimal(1)
    power = Decimal(10) ** (span / STEPS).adjusted()
    step = next(power * times for times in (1, 2, 5, 10) if power * times * STEPS >= span)
    below = (low / step).to_integral_value(ROUND_FLOOR) - (1 if low > 0 and low % step == 0 else 0)
    above = (high / step).to_integral_value(ROUND_CEILING)
    return below * step, max(above, below + 1) * step, step


def _line(series: Any, ink: Any, points: float) -> None:
    series.smooth = False
    series.format.line.color.rgb = ink
    series.format.line.width = Pt(points)


def bars_on(slide: Any, box: Box, bars: Bars) -> None:
    """A bar for each name, with its count beside it."""
    left, top, wide, high = box
    text_on(slide, (left, top, wide, HEAD), [(fitted(bars.title, wide, 12 * STRONG), 12, True, INK)])
    data = _data()
    data.categories = [name for name, _ in bars.bars]
    data.add_series(bars.title, [count for _, count in bars.bars])
    frame = _chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, (left, top + HEAD, wide, high - HEAD), data)
    described(frame, words_of(bars))
    chart = frame.chart
    chart.value_axis.minimum_scale = 0
    chart.category_axis.reverse_order = True
    chart.value_axis.visible = chart.value_axis.has_major_gridlines = False
    plot = chart.plots[0]
    plot.gap_width = 60
    plot.has_data_labels = True
    plot.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
    plot.data_labels.font.size = Pt(10)
    fill = plot.series[0].format.fill
    fill.solid()
    fill.fore_color.rgb = INK2


def _data() -> Any:
    """The library's own, which has no types."""
    return CategoryChartData()  # type: ignore[no-untyped-call]  # as said


def _chart(slide: Any, kind: Any, box: Box, data: Any) -> Any:
    frame = slide.shapes.add_chart(kind, *(Inches(one) for one in box), data)
    chart = frame.chart
    chart.has_legend = chart.has_title = False
    chart.font.size, chart.font.name, chart.font.color.rgb = Pt(10), "Inter", INK3
    chart.value_axis.major_gridlines.format.line.color.rgb = LINE2
    chart.value_axis.format.line.fill.background()
    return frame
