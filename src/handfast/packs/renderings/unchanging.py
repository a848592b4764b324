"""An office file whose bytes say nothing of when and where it was written: the same parts give the same bytes."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

if TYPE_CHECKING:
    from datetime import datetime

READABLE = 0o644 << 16
WORKBOOK, PROPERTIES = ".xlsx", "docProps/core.xml"
_WRITTEN = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(</dcterms:)")


def unchanging(content: bytes, at: datetime) -> bytes:
    """The same file with one date for all of its parts, also in the workbooks behind its charts."""
    stamp, kept = f"{at:%Y-%m-%dT%H:%M:%SZ}".encode(), io.BytesIO()
    with ZipFile(io.BytesIO(content)) as read, ZipFile(kept, "w", ZIP_DEFLATED) as written:
        for name in read.namelist():
            data = read.read(name)
            if name.endswith(WORKBOOK):
                data = unchanging(data, at)
            if name == PROPERTIES:
                data = _WRITTEN.sub(rb"\g<1>" + stamp + rb"\g<2>", data)
            part = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            part.compress_type, part.external_attr = ZIP_DEFLATED, READABLE
            written.writestr(part, data)
    return kept.getvalue()
