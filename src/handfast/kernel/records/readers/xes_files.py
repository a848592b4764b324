"""Reading XES and XES.gz as a stream: one row an event, columns named as the CSV exports of XES name them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn
from xml.parsers import expat

from handfast.kernel.records import arrow
from handfast.kernel.records.gathering import LONGEST_CELL_BYTES, Chunk
from handfast.kernel.records.readers.header import MOST_COLUMNS, check_header
from handfast.kernel.records.refusals import CellRefused, FileDamaged, FileTooLarge, FileUnsafe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from handfast.kernel.records.needs import Needs
    from handfast.kernel.records.readers.opened import SourceFile

FIRST_ROW = 1
READ_BYTES = 1 << 20
CHUNK_ROWS = 100_000
DEEPEST_LEVEL = 64
LONGEST_TAG = 16 << 20
_CELLS = {"string", "date", "int", "float", "boolean", "id"}
_HOLDERS = {"log", "trace", "event"}


def read_xes(
    file: SourceFile, needs: Needs, on_progress: Callable[[int, int], None] | None
) -> Iterator[Chunk]:
    """The mapped keys of each event; keys of its trace carry the prefix `case:`. Row n is the n-th event."""
    walk = _Walk(file.name, needs)
    stream = file.unpacked(on_progress)
    is_last = False
    while not is_last:
        data = stream.read(READ_BYTES)
        is_last = not data
        walk.feed(data, is_last=is_last)
        if walk.waiting >= CHUNK_ROWS:
            yield walk.chunk()
    if walk.waiting or not walk.events:
        yield walk.chunk()
    if walk.events:
        check_header(sorted(walk.keys), needs.columns, file.name)


class _Walk:
    """Where the parser stands, and the rows read so far."""

    def __init__(self, name: str, needs: Needs) -> None:
        self._name = name
        self._needs = needs
        self._wanted = set(needs.columns)
        self._parser = self._prepared()
        self._path: list[str] = []
        self._trace: dict[str, tuple[str, str]] = {}
        self._event: dict[str, tuple[str, str]] = {}
        self._rows: list[dict[str, tuple[str, str]]] = []
        self.keys: set[str] = set()
        self.events = 0
        self._fed = 0

    def _prepared(self) -> expat.XMLParserType:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._starts
        parser.EndElementHandler = self._ends
        parser.StartDoctypeDeclHandler = self._refuse_declarations
        parser.EntityDeclHandler = self._refuse_declarations
        parser.ExternalEntityRefHandler = self._refuse_declarations
        return parser

    @property
    def waiting(self) -> int:
        return len(self._rows)

    def feed(self, data: bytes, *, is_last: bool) -> None:
        self._fed += len(data)
        try:
            self._parser.Parse(data, is_last)
            if self._fed - self._parser.CurrentByteIndex > LONGEST_TAG:
                raise FileTooLarge(
                    f"{self._name}, line {self._parser.CurrentLineNumber}: one tag of over {LONGEST_TAG:,} bytes"
                )
        except (LookupError, ValueError) as error:
            raise FileDamaged(f"{self._name}, line 1: {error}; save the file as UTF-8") from error
        except expat.ExpatError as error:
            raise FileDamaged(
                f"{self._name}, line {error.lineno}, column {error.offset + 1}: {expat.ErrorString(error.code)}; "
                "not XML that can be read, export it again"
            ) from error

    def chunk(self) -> Chunk:
        """The rows that wait, as columns; `date` cells are ISO 8601 whatever the mapping's format."""
        stamp_columns = {rule.column for rule in self._needs.stamps}
        texts, dates = {}, {}
        for column in self._needs.columns:
            cells = [row.get(column) for row in self._rows]
            is_dated = column in stamp_columns
            plain = [None if cell is None or (is_dated and cell[0] == "date") else cell[1] for cell in cells]
            texts[column] = arrow.without(arrow.texts(plain), self._needs.missing)
            if is_dated:
                written = [cell[1] if cell is not None and cell[0] == "date" else None for cell in cells]
                dates[column] = arrow.without(arrow.texts(written), self._needs.missing)
        rows = len(self._rows)
        self._rows = []
        return Chunk(rows, texts, dates)

    def _refuse_declarations(self, *_: object) -> NoReturn:
        raise FileUnsafe(
            f"{self._name}, line {self._parser.CurrentLineNumber}: a document type or an entity is declared, "
            "which could fetch or expand without end; remove the <!DOCTYPE …>"
        )

    def _starts(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rpartition(" ")[2]
        within = self._path[-1] if self._path else ""
        self._path.append(name)
        if len(self._path) == 1 and name != "log":
            self._refuse(f"<{name[:40]}> where XES begins with <log>; export it as XES or CSV")
        if len(self._path) > DEEPEST_LEVEL:
            self._refuse(f"nested deeper than {DEEPEST_LEVEL} levels")
        if name == "trace":
            self._trace = {}
        elif name == "event":
            self._event = {}
        elif name in _CELLS and within in {"trace", "event"}:
            self._takes(name, within, attributes)

    def _takes(self, kind: str, within: str, attributes: dict[str, str]) -> None:
        key = attributes.get("key", "")
        column = f"case:{key}" if within == "trace" else key
        if len(self.keys) <= MOST_COLUMNS:
            self.keys.add(column)
        else:
            raise FileTooLarge(f"{self._name}: more than {MOST_COLUMNS:,} different keys")
        if column not in self._wanted:
            return
        value = attributes.get("value", "")
        if len(value.encode()) > LONGEST_CELL_BYTES:
            raise CellRefused(
                self._name, self.events + 1, column, f"longer than {LONGEST_CELL_BYTES:,} bytes"
            )
        (self._trace if within == "trace" else self._event)[column] = (kind, value)

    def _ends(self, tag: str) -> None:
        self._path.pop()
        if tag.rpartition(" ")[2] == "trace":
            self._trace = {}
        if tag.rpartition(" ")[2] == "event":
            self._rows.append(self._trace | self._event)
            self.events += 1

    def _refuse(self, said: str) -> NoReturn:
        raise FileDamaged(f"{self._name}, line {self._parser.CurrentLineNumber}: {said}")
