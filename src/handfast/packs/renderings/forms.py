"""The forms of file that a pack can be had as."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handfast.foundation.web.exports import SHEET_KIND
from handfast.packs.renderings.pdf import pdf_of
from handfast.packs.renderings.pptx import pptx_of
from handfast.packs.renderings.xlsx import xlsx_of
from handfast.transition.web.slide import SLIDE_KIND

if TYPE_CHECKING:
    from collections.abc import Callable

    from handfast.packs.report import Report

    Rendering = Callable[[Report, str], bytes]


@dataclass(frozen=True, slots=True)
class Form:
    """A form: what it is called, its media type, and the function that writes it from the report and its digest.

    One without a function is the frozen facts themselves, byte for byte as the digest names them.
    """

    name: str
    media_type: str
    rendering: Rendering | None = None


FORMS = {
    "pdf": Form("PDF", "application/pdf", pdf_of),
    "pptx": Form("PPTX", SLIDE_KIND, pptx_of),
    "xlsx": Form("XLSX", SHEET_KIND, xlsx_of),
    "json": Form("JSON", "application/json"),
}
