"""The rows and cells of a CSV text as places in its bytes, so that what is kept is kept byte for byte."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING

import numpy as np

from handfast.kernel.worktime.refusals import TableRefused

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Places = NDArray[np.int64]

_BOM = b"\xef\xbb\xbf"
_QUOTE, _COMMA, _LINE_FEED, _RETURN = (ord(sign) for sign in '",\n\r')
# The header is row 1 and the first record row 2, however many lines a quoted cell has.
FIRST_ROW = 2


@dataclass(frozen=True, slots=True, eq=False)
class Delimited:
    """A table whose rows all have as many cells as its header; the places are counted in `content`."""

    name: str
    content: bytes
    header: tuple[str, ...]
    header_ends: int
    begins: Places
    ends: Places
    commas: Places

    def cells(self, column: int) -> tuple[Places, Places]:
        """Where the cells of a column begin and end, without the quotes around them."""
        begins = self.begins if column == 0 else self.commas[:, column - 1] + 1
        ends = self.ends if column == len(self.header) - 1 else self.commas[:, column]
        is_quoted = _bytes_of(self.content)[np.minimum(begins, len(self.content) - 1)] == _QUOTE
        return begins + is_quoted, ends - is_quoted


def read_delimited(content: bytes, name: str) -> Delimited:
    """A CSV file (RFC 4180, UTF-8, LF or CRLF) with one header; refused by row where it is not one."""
    _refuse_what_is_no_text(content, name)
    data = _bytes_of(content)
    inside = _inside_quotes(data, name)
    _refuse_lone_returns(data, inside, name)
    feeds = _places(data, _LINE_FEED, inside)
    begins = np.concatenate([[len(_BOM) if content.startswith(_BOM) else 0], feeds + 1])
    ends = np.concatenate([feeds, [data.size]])
    if begins[-1] == data.size:
        begins, ends = begins[:-1], ends[:-1]
    ends = ends - ((ends > begins) & (data[np.maximum(ends - 1, 0)] == _RETURN))
    commas = _places(data, _COMMA, inside)
    header = _header_of(content[begins[0] : ends[0]], name)
    counts = np.diff(np.searchsorted(commas, np.concatenate([begins, [data.size]])))
    wrong = np.flatnonzero(counts != len(header) - 1)
    if wrong.size:
        row = int(wrong[0])
        cells = 0 if begins[row] == ends[row] else int(counts[row]) + 1
        raise TableRefused(
            f"{name}, row {row + 1}: {cells} cells where the header has {len(header)}: complete the row, or remove it"
        )
    table = commas.reshape(begins.size, len(header) - 1)[1:]
    return Delimited(name, content, header, int(ends[0]), begins[1:], ends[1:], table)


def _bytes_of(content: bytes) -> NDArray[np.uint8]:
    return np.frombuffer(content, dtype=np.uint8)


def _refuse_what_is_no_text(content: bytes, name: str) -> None:
    if not content.removeprefix(_BOM).strip():
        raise TableRefused(f"{name}: the file is empty: write a header with the columns start and end")
    if content.startswith((b"PK\x03\x04", b"\x1f\x8b")) or b"\0" in content:
        raise TableRefused(f"{name}: the file is binary, not CSV text: save or unpack it as CSV in UTF-8")
    if content.isascii():
        return
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise TableRefused(
            f"{name}, line {line}: not UTF-8 (byte {error.start}): save the file as UTF-8"
        ) from error


def _inside_quotes(data: NDArray[np.uint8], name: str) -> NDArray[np.bool_] | None:
    """Which bytes stand inside quotes; None where there are none at all."""
    is_quote = data == _QUOTE
    quotes = np.flatnonzero(is_quote)
    if quotes.size == 0:
        return None
    opening, closing = quotes[0::2], quotes[1::2]
    if quotes.size % 2:
        raise TableRefused(f"{name}, line {_line_of(data, opening[-1])}: a quote opens and never closes")
    before = np.where(opening == 0, _LINE_FEED, data[opening - 1])
    after = data[np.minimum(closing + 1, data.size - 1)]
    after = np.where(closing == data.size - 1, _LINE_FEED, after)
    is_early = ~np.isin(before, [_COMMA, _LINE_FEED, _QUOTE]) & (opening != len(_BOM))
    is_late = ~np.isin(after, [_COMMA, _LINE_FEED, _RETURN, _QUOTE])
    stray = np.concatenate([opening[is_early], closing[is_late]])
    if stray.size:
        line = _line_of(data, stray.min())
        raise TableRefused(
            f"{name}, line {line}: a quote in the middle of a cell: quote the cell and double the quote"
        )
    return np.bitwise_xor.accumulate(is_quote.view(np.uint8)).view(np.bool_)


def _refuse_lone_returns(data: NDArray[np.uint8], inside: NDArray[np.bool_] | None, name: str) -> None:
    returns = _places(data, _RETURN, inside)
    followed = data[np.minimum(returns + 1, data.size - 1)] == _LINE_FEED
    if not followed.all():
        line = _line_of(data, returns[~followed][0])
        raise TableRefused(
            f"{name}, line {line}: a carriage return without a line feed: end lines with LF or CRLF"
        )


def _places(data: NDArray[np.uint8], sign: int, inside: NDArray[np.bool_] | None) -> Places:
    is_sign = data == sign
    if inside is not None:
        is_sign &= ~inside
    return np.flatnonzero(is_sign)


def _line_of(data: NDArray[np.uint8], place: np.int64) -> int:
    return int(np.count_nonzero(data[:place] == _LINE_FEED)) + 1


def _header_of(content: bytes, name: str) -> tuple[str, ...]:
    header = tuple(next(csv.reader(StringIO(content.decode("utf-8"), newline="")), []))
    for place, column in enumerate(header):
        if column in header[:place]:
            raise TableRefused(f"{name}, row 1: the column {column!r} stands twice: rename one")
    return header
