"""The shapes that a picture is made of: lengths as text in SVG user units, looks as classes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Anchor = Literal["start", "middle", "end"]
Side = Literal["client", "provider", "joint"]
# Geometry is reckoned in whole hundredths of a unit, so that no rounding of a machine moves a line.
UNIT = 100


def px(hundredths: int) -> str:
    """A length in hundredths of a unit as SVG reads it: `10725` is `107.25`."""
    whole, rest = divmod(abs(hundredths), UNIT)
    text = f"{whole}.{rest:02d}".rstrip("0").rstrip(".")
    return f"-{text}" if hundredths < 0 else text


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    x1: str
    y1: str
    x2: str
    y2: str
    css: str


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; `title` is what a pointer reads."""

    x: str
    y: str
    width: str
    height: str
    css: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """A circle."""

    x: str
    y: str
    radius: str
    css: str


@dataclass(frozen=True, slots=True)
class Label:
    """A text at its baseline."""

    x: str
    y: str
    text: str
    css: str
    anchor: Anchor = "start"


def line(x1: int, y1: int, x2: int, y2: int, css: str) -> Line:
    return Line(px(x1), px(y1), px(x2), px(y2), css)


def box(place: tuple[int, int, int, int], css: str, title: str = "") -> Box:
    """A rectangle at `(x, y, width, height)`."""
    x, y, width, height = map(px, place)
    return Box(x, y, width, height, css, title)


def label(x: int, y: int, text: str, css: str, anchor: Anchor = "start") -> Label:
    return Label(px(x), px(y), text, css, anchor)


def dot(x: int, y: int, radius: int, css: str) -> Dot:
    return Dot(px(x), px(y), px(radius), css)
