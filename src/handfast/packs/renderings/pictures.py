"""Pictures of a pack as Vega-Lite, drawn once: the page and the PDF show the same SVG.

Numbers go in as the texts that were frozen, and are read by Vega; nothing is fetched, and a text is never markup.
"""

from __future__ import annotations

import json
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from handfast.foundation.web.typesetting import FACES, FAMILIES
from handfast.packs.report import Bars, Trend

if TYPE_CHECKING:
    from decimal import Decimal

    from handfast.packs.report import Report

WIDE, HIGH, BAR = 640, 190, 22
INK, INK3, LINE = "#171a21", "#626a79", "#c9ced7"
# A verdict by its colour and by its shape, so that it is never told by colour alone.
VERDICTS = {
    "Met": ("#2c9a63", "circle"),
    "Below expected": ("#c17b08", "triangle-up"),
    "Missed": ("#d4463c", "square"),
}
MONTH_SAID = "utcFormat(utcParse(datum.value, '%Y-%m'), '%b %y')"
UNJUDGED = ("#8a93a5", "circle")
MISSED_TEXT = "#b3261e"


def svg_of(part: Trend | Bars) -> str:
    """The picture as SVG."""
    return _drawn(json.dumps(specification_of(part), sort_keys=True, ensure_ascii=False))


def words_of(part: Trend | Bars) -> str:
    """What the picture says, for whoever does not see it."""
    if isinstance(part, Bars):
        return f"{part.title}: {'; '.join(f'{name} {count:,}' for name, count in part.bars)}."
    points = "; ".join(
        f"{one.month} {one.verdict if one.value is None else f'{_plain(one.value)}{part.unit} {one.verdict}'}"
        for one in part.points
    )
    return f"{part.title} by month: {points}. {_agreed(part)}".strip()


def pictured(report: Report) -> list[Trend | Bars]:
    """The parts of a report that are pictures, in their order."""
    return [one for page in report.pages for one in page.parts if isinstance(one, Trend | Bars)]


def specification_of(part: Trend | Bars) -> dict[str, Any]:
    """The picture as Vega-Lite 5."""
    drawn = _trend(part) if isinstance(part, Trend) else _bars(part)
    subtitle = _agreed(part) if isinstance(part, Trend) else ""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "title": {"text": part.title, "subtitle": subtitle, "anchor": "start", "frame": "bounds", "fontSize": 13,
                  "fontWeight": 600, "subtitleFontSize": 11, "color": INK, "subtitleColor": INK3, "offset": 10},
        "background": "white",
        "padding": 6,
        "config": {"font": ", ".join(FAMILIES), "view": {"stroke": None},
                   "axis": {"labelColor": INK3, "labelFontSize": 11, "tickColor": LINE, "domainColor": LINE, "title": None}},
        **drawn,
    }  # fmt: skip


def _agreed(trend: Trend) -> str:
    said = [
        f"{word} {_plain(value)}{trend.unit}"
        for word, value in (("Expected", trend.expected), ("minimum", trend.minimum))
        if value is not None
    ]
    return f"{', '.join(said)}." if said else ""


def _trend(trend: Trend) -> dict[str, Any]:
    """A line by month, each point by its verdict, against what was agreed."""
    values = [
        {
            "month": one.month,
            "value": None if one.value is None else _plain(one.value),
            "colour": VERDICTS.get(one.verdict, UNJUDGED)[0],
            "shape": VERDICTS.get(one.verdict, UNJUDGED)[1],
            "said": f"{_plain(one.value)} missed"
            if one.verdict == "Missed" and one.value is not None
            else "",
        }
        for one in trend.points
    ]
    month = {
        "field": "month",
        "type": "ordinal",
        "axis": {"labelAngle": 0, "grid": False, "ticks": False, "labelExpr": MONTH_SAID},
    }
    height = {"field": "value", "type": "quantitative", "scale": {"zero": False, "nice": True, "padding": 20},
              "axis": {"grid": False, "domain": False, "ticks": False, "tickCount": 5}}  # fmt: skip
    as_said = {"type": "nominal", "scale": None}
    layers: list[dict[str, Any]] = [
        _rule(value, dash)
        for value, dash in ((trend.expected, []), (trend.minimum, [4, 3]))
        if value is not None
    ]
    layers += [
        {"mark": {"type": "line", "color": LINE, "strokeWidth": 1.5}},
        {
            "transform": [{"filter": "isValid(datum.value)"}],
            "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1, "stroke": "white"},
            "encoding": {"color": {"field": "colour"} | as_said, "shape": {"field": "shape"} | as_said},
        },
        {
            "transform": [{"filter": "datum.said != ''"}],
            "mark": {
                "type": "text",
                "dy": 16,
                "dx": 8,
                "align": "right",
                "color": MISSED_TEXT,
                "fontWeight": 600,
            },
            "encoding": {"text": {"field": "said"}},
        },
    ]
    return {
        "width": WIDE,
        "height": HIGH,
        "data": {"values": values, "format": {"type": "json", "parse": {"value": "number"}}},
        "encoding": {"x": month, "y": height},
        "layer": layers,
    }


def _rule(value: Decimal, dash: list[int]) -> dict[str, Any]:
    """A level that was agreed, across all months."""
    return {
        "data": {"values": [{"value": _plain(value)}], "format": {"type": "json", "parse": {"value": "number"}}},
        "mark": {"type": "rule", "color": INK3 if dash else INK, "strokeDash": dash, "strokeWidth": 1 if dash else 1.5},
        "encoding": {"x": None, "y": {"field": "value", "type": "quantitative"}},
    }  # fmt: skip


def _bars(bars: Bars) -> dict[str, Any]:
    """Counts by name, each a bar with its number."""
    values = [{"name": name, "count": count, "said": f"{count:,}"} for name, count in bars.bars]
    name = {
        "field": "name",
        "type": "nominal",
        "sort": None,
        "axis": {"ticks": False, "domain": False, "labelLimit": 220},
    }
    count = {"field": "count", "type": "quantitative", "axis": None}
    return {
        "width": WIDE,
        "height": max(1, len(values)) * BAR,
        "data": {"values": values},
        "encoding": {"y": name, "x": count},
        "layer": [
            {"mark": {"type": "bar", "color": LINE, "height": 12}},
            {"mark": {"type": "text", "align": "left", "dx": 5, "color": INK3}, "encoding": {"text": {"field": "said"}}},
        ],
    }  # fmt: skip


def _plain(value: Decimal) -> str:
    """All its digits and no other."""
    return f"{value:f}"


@cache
def _with_our_faces() -> None:
    """What the pictures are lettered with: ours, so that nothing hangs on the machine."""
    import vl_convert  # noqa: PLC0415 - see below

    vl_convert.register_font_directory(str(FACES))


@lru_cache(maxsize=256)
def _drawn(specification: str) -> str:
    import vl_convert  # noqa: PLC0415 - it brings a JavaScript engine, which nobody needs who draws nothing

    _with_our_faces()
    found: str = vl_convert.vegalite_to_svg(specification)
    return found
