"""A document of ours as PDF: a Typst template, and what it tells as data that is never read as markup.

The faces are the project's own and lie beside it, nothing is fetched, and the same data gives the same bytes.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typst

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

FAMILIES = ("Inter", "Inter Ext", "Inter Greek", "Inter Cyrillic")  # as the files beside it call themselves
FACES = Path(__file__).resolve().parent.parent / "faces"
# What XML cannot hold, not even as a reference: a picture with it is no picture.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def pdf_content(
    template: Path, told: Mapping[str, Any], *, dated_at: datetime, is_accessible: bool = False
) -> bytes:
    """The document with its tags; `told` is what the template reads from `sys.inputs.told` as JSON.

    With `is_accessible` the typesetter refuses whatever a reader's program could not tell (PDF/UA-1).
    """
    compiler = typst.Compiler(font_paths=_faces(), ignore_system_fonts=True, root=str(template.parent))
    content = compiler.compile(
        template.read_bytes(),
        format="pdf",
        sys_inputs={"told": json.dumps(told, ensure_ascii=False)},
        timestamp=int(dated_at.timestamp()),
        pdf_standards=["ua-1"] if is_accessible else [],
    )
    assert isinstance(content, bytes)  # noqa: S101 - a PDF is one file, whatever its pages
    return content


def writable(text: str) -> str:
    """A text without the signs that a picture cannot hold."""
    return _UNWRITABLE.sub("\ufffd", text)


@cache
def _faces() -> typst.Fonts:
    """Ours first; the typesetter's own stand in for signs that ours lack."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FACES)])
