"""Reading XLSX: one sheet, real date cells as dates, numbers as they are stored."""

from __future__ import annotations

import posixpath
import zipfile
from datetime import date, datetime, time, timedelta
from typing import IO, TYPE_CHECKING, Any

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from handfast.kernel.records import arrow
from handfast.kernel.records.gathering import Chunk
from handfast.kernel.records.readers.header import check_header
from handfast.kernel.records.readers.zip_limits import SheetExtent, checked_sheets
from handfast.kernel.records.refusals import CellRefused, FileDamaged, FileUnsafe, MappingRefused
from handfast.kernel.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from handfast.kernel.records.needs import Needs
    from handfast.kernel.records.readers.opened import SourceFile

CHUNK_ROWS = 100_000
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/spreadsheetml/main}"
RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
Row = list[Any]


class Sheet:
    """The rows of one sheet from its header on, and the number of the header's row in the sheet."""

    def __init__(self, file: SourceFile, needs: Needs) -> None:
        extents = checked_sheets(file.stream, file.name)
        path, place = _sheet_path(file, needs.sheet)
        self._extent = extents.get(path, SheetExtent())
        self._name, self._needs = file.name, needs
        self._rows, self.header_row, self._first_column = sheet_rows(file.stream, file.name, place)
        header = [cell_text(cell) or "" for cell in self._rows[0]] if self._rows else []
        if not header:
            raise FileDamaged(f"{file.name}: the sheet is empty; the first row must name the columns")
        check_header(header, needs.columns, file.name)
        self._places = {column: header.index(column) for column in needs.columns}
        self._refuse_errors()

    def chunks(self, on_progress: Callable[[int, int], None] | None) -> Iterator[Chunk]:
        rows = self._rows[1:]
        while rows and not any(cell != "" for cell in rows[-1]):
            rows.pop()
        for start in range(0, len(rows), CHUNK_ROWS):
            yield self._chunk(rows[start : start + CHUNK_ROWS], self.header_row + 1 + start)
            if on_progress is not None:
                on_progress(start, len(rows))

    def _chunk(self, rows: list[Row], first_row: int) -> Chunk:
        stamp_columns = {rule.column for rule in self._needs.stamps}
        texts, dates = {}, {}
        for column, place in self._places.items():
            cells = [row[place] for row in rows]
            if column in stamp_columns:
                moments = [_moment_of(cell) for cell in cells]
                dates[column] = arrow.stamps(moments)
                cells = [
                    "" if moment is not None else cell for cell, moment in zip(cells, moments, strict=True)
                ]
                self._refuse_times(cells, column, first_row)
            texts[column] = arrow.without(
                arrow.texts([cell_text(cell) for cell in cells]), self._needs.missing
            )
        return Chunk(len(rows), texts, dates)

    def _refuse_times(self, cells: Row, column: str, first_row: int) -> None:
        for step, cell in enumerate(cells):
            if cell != "" and not isinstance(cell, str):
                raise CellRefused(
                    self._name,
                    first_row + step,
                    column,
                    f"{cell!s} is no date; format the cells as date and time",
                )

    def _refuse_errors(self) -> None:
        by_place = {place + self._first_column + 1: column for column, place in self._places.items()}
        for row, column in sorted(self._extent.errors):
            if column in by_place:
                fault = "the cell shows an error, as #N/A; correct the formula or empty the cell"
                raise CellRefused(self._name, row, by_place[column], fault)


def sheet_rows(stream: IO[bytes], name: str, place: int) -> tuple[list[Row], int, int]:
    """All rows, the header's row number, and how many columns are empty before the first."""
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - only a workbook needs it

    stream.seek(0)
    try:
        sheet = CalamineWorkbook.from_filelike(stream).get_sheet_by_index(place)
        top, left = sheet.start or (0, 0)
        return sheet.to_python(skip_empty_area=True), top + 1, left
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except (CalamineError, OSError, ValueError, IndexError, OverflowError) as error:
        raise FileDamaged(f"{name}: not a workbook that can be read ({error}); save it again") from error
    except BaseException as error:
        # The reader is written in Rust; what it did not foresee arrives as a panic outside Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise FileDamaged(f"{name}: a broken workbook ({str(error)[:100]}); save it again") from error


def _sheet_path(file: SourceFile, wanted: str | None) -> tuple[str, int]:
    """The archive path and the place of the wanted sheet, or of the first."""
    try:
        with zipfile.ZipFile(file.stream) as archive:
            book = fromstring(archive.read("xl/workbook.xml"), forbid_dtd=True)
            links = fromstring(archive.read("xl/_rels/workbook.xml.rels"), forbid_dtd=True)
    except DefusedXmlException as error:
        raise FileUnsafe(
            f"{file.name}, entry 'xl/workbook.xml': {error!r}; save the workbook again"
        ) from error
    except (ParseError, KeyError, zipfile.BadZipFile, ValueError, OSError) as error:
        raise FileDamaged(
            f"{file.name}: the list of sheets cannot be read ({error}); save it again"
        ) from error
    sheets = [*book.iter(f"{MAIN}sheet"), *book.iter(f"{STRICT}sheet")]
    names = [sheet.get("name", "") for sheet in sheets]
    if not names or (wanted is not None and wanted not in names):
        raise MappingRefused(
            f"{file.name}: no sheet {wanted!r}; its sheets: {', '.join(map(repr, names)) or 'none'}"
        )
    place = 0 if wanted is None else names.index(wanted)
    link = sheets[place].get(RELATED) or sheets[place].get("id")
    targets = {relation.get("Id"): relation.get("Target", "") for relation in links}
    return posixpath.normpath(posixpath.join("/xl", targets.get(link, ""))).lstrip("/"), place


def _moment_of(cell: Any) -> datetime | None:
    if isinstance(cell, datetime):
        return cell.replace(tzinfo=None)
    return datetime(cell.year, cell.month, cell.day) if isinstance(cell, date) else None  # noqa: DTZ001 - a wall clock


def cell_text(cell: Any) -> str | None:
    """A cell as a person would type it: 5.0 is 5, dates are ISO 8601."""
    if isinstance(cell, str):
        return cell or None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 10**15 else repr(cell)
    if isinstance(cell, date | datetime | time):
        return cell.isoformat()
    return str(cell) if isinstance(cell, int | timedelta) else None


def read_xlsx(
    file: SourceFile, needs: Needs, on_progress: Callable[[int, int], None] | None
) -> tuple[int, Iterator[Chunk]]:
    """The number of the first row below the header, and the rows."""
    try:
        sheet = Sheet(file, needs)
    except Refusal:
        raise
    except RecursionError as error:
        raise FileDamaged(f"{file.name}: nested too deeply; save the workbook again") from error
    return sheet.header_row + 1, sheet.chunks(on_progress)
