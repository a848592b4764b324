"""Charts that the office program draws itself, from the very figures of the report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.util import Inches, Pt

from handfast.operate.web.pictures.wording import short_month
from handfast.packs.renderings.slide_marks import INK, INK2, INK3, LINE2, MARKS, text_on

if TYPE_CHECKING:
    from handfast.packs.report import Bars, Trend

Box = tuple[float, float, float, float]
HEAD = 0.5
SHAPES = {
    "Met": XL_MARKER_STYLE.CIRCLE,
    "Below expected": XL_MARKER_STYLE.TRIANGLE,
    "Missed": XL_MARKER_STYLE.SQUARE,
}


def trend_on(slide: Any, box: Box, trend: Trend) -> None:
    """A line by month against what was agreed; each point's shape says its verdict."""
    left, top, wide, high = box
    said = [
        f"{name} {value:f}{trend.unit}"
        for name, value in (("minimum", trend.minimum), ("expected", trend.expected))
        if value is not None
    ]
    text_on(slide, (left, top, wide, HEAD), [(trend.title, 12, True, INK), (", ".join(said), 9, False, INK3)])
    data = _data()
    data.categories = [short_month(one.month) for one in trend.points]
    data.add_series(trend.title, [None if one.value is None else float(one.value) for one in trend.points])
    for name, value in (("Expected", trend.expected), ("Minimum", trend.minimum)):
        if value is not None:
            data.add_series(name, [float(value)] * len(trend.points))
    chart = _chart(slide, XL_CHART_TYPE.LINE_MARKERS, (left, top + HEAD, wide, high - HEAD), data)
    measured, *agreed = chart.plots[0].series
    _line(measured, LINE2, 1.5)
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


def _line(series: Any, ink: Any, points: float) -> None:
    series.smooth = False
    series.format.line.color.rgb = ink
    series.format.line.width = Pt(points)


def bars_on(slide: Any, box: Box, bars: Bars) -> None:
    """A bar for each name, with its count beside it."""
    left, top, wide, high = box
    text_on(slide, (left, top, wide, HEAD), [(bars.title, 12, True, INK)])
    data = _data()
    data.categories = [name for name, _ in bars.bars]
    data.add_series(bars.title, [count for _, count in bars.bars])
    chart = _chart(slide, XL_CHART_TYPE.BAR_CLUSTERED, (left, top + HEAD, wide, high - HEAD), data)
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
    chart = slide.shapes.add_chart(kind, *(Inches(one) for one in box), data).chart
    chart.has_legend = chart.has_title = False
    chart.font.size, chart.font.name, chart.font.color.rgb = Pt(10), "Inter", INK3
    chart.value_axis.major_gridlines.format.line.color.rgb = LINE2
    chart.value_axis.format.line.fill.background()
    return chart
