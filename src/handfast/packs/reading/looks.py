"""A colour that can be read on paper, and a logo that is written anew from what was sent in."""

from __future__ import annotations

import base64
import hashlib
import io
import re
import warnings
from dataclasses import dataclass

from PIL import Image

from handfast.packs.refusals import LookRefused

LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3: text of any size on white
COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
FORMATS = ("PNG", "JPEG")
MOST_BYTES, MOST_PIXELS, MOST_KEPT = 512 * 1024, 16_000_000, 96 * 1024
LEAST_SIDE, MOST_WIDE, MOST_HIGH = 16, 480, 160
STEPS = 100


@dataclass(frozen=True, slots=True)
class Logo:
    """A PNG with nothing in it but its pixels: in base64, its size in pixels, and the SHA-256 of its bytes."""

    content: str
    width: int
    height: int
    sha256: str


def checked_accent(said: str) -> str:
    """The colour as `#0b5fff`. Raises LookRefused where it cannot be read on white, with the nearest one that can."""
    accent = said.strip().lower()
    if not COLOUR.fullmatch(accent):
        raise _refused("accent", "write a colour as #0b5fff")
    if (ratio := contrast_on_white(accent)) < LEAST_CONTRAST:
        raise _refused(
            "accent",
            f"on white it has a contrast of {ratio:.2f} to 1, and {LEAST_CONTRAST} is needed to be read: {readable(accent)} has it",
        )
    return accent


def contrast_on_white(accent: str) -> float:
    """As WCAG 2.2 defines it: from 1 to 21."""
    parts = [int(accent[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - the curve of sRGB
        for one in parts
    )
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def readable(accent: str) -> str:
    """The same hue, darker by as little as makes it readable on white."""
    parts = [int(accent[at : at + 2], 16) for at in (1, 3, 5)]
    for step in range(STEPS + 1):
        found = "#" + "".join(f"{part * (STEPS - step) // STEPS:02x}" for part in parts)
        if contrast_on_white(found) >= LEAST_CONTRAST:
            return found
    return "#000000"


def read_logo(content: bytes) -> Logo:
    """What was sent in, made small and written anew. Raises LookRefused."""
    if len(content) > MOST_BYTES:
        raise _refused("logo", f"send at most {MOST_BYTES // 1024} KiB")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # of a picture that unpacks into far more than it is
            kept = _drawn_anew(content)
    except LookRefused:
        raise
    except Exception as broken:
        raise _refused("logo", "this is no PNG and no JPEG that can be read") from broken
    written = io.BytesIO()
    kept.save(written, format="PNG", optimize=True)
    found = written.getvalue()
    if len(found) > MOST_KEPT:
        raise _refused("logo", "this is more of a photograph than a logo: send one with fewer colours")
    return Logo(base64.b64encode(found).decode(), *kept.size, hashlib.sha256(found).hexdigest())


def _drawn_anew(content: bytes) -> Image.Image:
    """The pixels alone, at most 480 by 160: no profile, comment or thumbnail of the file comes along."""
    with Image.open(io.BytesIO(content), formats=FORMATS) as opened:
        width, height = opened.size
        if width * height > MOST_PIXELS:
            raise _refused("logo", f"send at most {MOST_PIXELS // 1_000_000} million pixels")
        if min(width, height) < LEAST_SIDE:
            raise _refused("logo", f"send at least {LEAST_SIDE} by {LEAST_SIDE} pixels")
        found = opened.convert("RGBA")
    found.thumbnail((MOST_WIDE, MOST_HIGH))
    kept = Image.new("RGBA", found.size)
    kept.paste(found)
    return kept


def _refused(field: str, said: str) -> LookRefused:
    return LookRefused(f"{field}: {said}", [(field, said)])
