"""What the import refuses, each with its stable code."""

from __future__ import annotations

from handfast.kernel.refusal import Refusal

LONGEST_SHOWN = 60


class MappingRefused(Refusal):
    """A mapping that does not fit its own rules or the file it is used for."""

    code = "mapping-refused"


class FileUnreadable(Refusal):
    """A file that is not there or may not be opened."""

    code = "file-unreadable"


class FileNotRecognised(Refusal):
    """A file whose content is none of the forms that are read."""

    code = "file-not-recognised"


class FileDamaged(Refusal):
    """A file that begins like one of the forms and then breaks its rules."""

    code = "file-damaged"


class FileTooLarge(Refusal):
    """A file that would unpack to more than the documented limits."""

    code = "file-too-large"


class FileUnsafe(Refusal):
    """A file that asks its reader to fetch or to expand something."""

    code = "file-unsafe"


class ColumnsMissing(Refusal):
    """Columns that the mapping names and the file does not have."""

    code = "columns-missing"


class CellRefused(Refusal):
    """A cell that the mapping cannot read: file, row (the header is row 1), column, fault, advice."""

    code = "cell-refused"

    def __init__(self, file: str, row: int, column: str, fault: str) -> None:
        super().__init__(f"{file}, row {row}, column {column!r}: {fault}")
        self.file = file
        self.row = row
        self.column = column


class RecordContradicted(Refusal):
    """One record that one file tells in two ways."""

    code = "record-contradicted"


class IntervalTwice(Refusal):
    """An interval that stands twice for the same keys, or overlaps another."""

    code = "interval-twice"


class LogsDiffer(Refusal):
    """Logs that cannot stand together: other source, attributes, keys or totals."""

    code = "logs-differ"


class CanonicalRefused(Refusal):
    """A file that should be a canonical log and is not, byte for byte."""

    code = "canonical-refused"


class PresetUnknown(Refusal):
    """A preset that is not shipped."""

    code = "preset-unknown"


class SourceUnknown(Refusal):
    """A source that the terms do not name, or not only one where one was to be guessed."""

    code = "source-unknown"


def shown(cell: str) -> str:
    """A cell as a message may show it: quoted, escaped, cut."""
    text = cell if len(cell) <= LONGEST_SHOWN else f"{cell[:LONGEST_SHOWN]}…"
    return repr(text)
