"""A statement with everything it was computed from, file by file: enough to recompute it on any machine."""

from __future__ import annotations

import hashlib
import io
import json
import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from handfast.kernel.records.arrow_tables import write_csv
from handfast.kernel.records.canonical import rows_of_log

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from typing import IO

    from handfast.kernel.servicelevels.statement import Inputs

README = """This folder holds one statement and everything it was computed from.

statement.json     the statement: its body, the body's SHA-256 (its name), and who computed it
terms.yaml         the terms of the agreement
annex.json         its calendars, compiled to open intervals in UTC
records/           the normalised records, one file a source (instants in microseconds since 1970, UTC)
adjustments.yaml   what the parties agreed about records, where there is any
reported.yaml      what one side reported, where there is any
SHA256SUMS         the digests of these files: sha256sum -c SHA256SUMS

Recompute it on any machine, without a database:

    handfast verify .
"""
# Inside a quoted text, YAML folds or refuses these where they stand bare; JSON lets them.
_BARE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Texts:
    """The inputs that are texts, byte for byte as they were read."""

    terms: bytes
    annex: bytes
    adjustments: bytes | None = None
    reported: bytes | None = None

    def named(self) -> dict[str, bytes]:
        """Those that are there, by the name of their file."""
        found = {
            "terms.yaml": self.terms,
            "annex.json": self.annex,
            "adjustments.yaml": self.adjustments,
            "reported.yaml": self.reported,
        }
        return {name: text for name, text in found.items() if text is not None}


def yaml_text(plain: dict[str, Any]) -> bytes:
    """Plain values as a text that the readers of terms, adjustments and reported values read back to the same."""
    said = json.dumps(plain, indent=1, ensure_ascii=False) + "\n"
    return _BARE.sub(lambda found: f"\\u{ord(found[0]):04x}", said).encode()


def write_bundle(
    opened: Callable[[str], AbstractContextManager[IO[bytes]]],
    statement: dict[str, Any],
    inputs: Inputs,
    texts: Texts,
) -> None:
    """Write each file of the bundle into what `opened` gives for its name, the digests of all of them last."""
    sums: dict[str, str] = {}

    def put(name: str, write: Callable[[_Hashing], Any]) -> None:
        with opened(name) as target:
            sink = _Hashing(target)
            write(sink)
            sums[name] = sink.digest

    for source, log in (inputs.logs | inputs.intervals).items():
        put(_records_of(source), partial(write_csv, rows_of_log(log)))
    for name, text in texts.named().items():
        put(name, partial(_write, text))
    made = {**statement, "envelope": {**statement["envelope"], "made_from": _made_from(inputs, texts)}}
    told = (json.dumps(made, indent=1, ensure_ascii=False) + "\n").encode()
    put("statement.json", partial(_write, told))
    put("README.txt", partial(_write, README.encode()))
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
    with opened("SHA256SUMS") as target:
        target.write(lines.encode())


def _write(text: bytes, sink: _Hashing) -> None:
    sink.write(text)


def _records_of(source: str) -> str:
    return f"records/{source}.csv"


def _made_from(inputs: Inputs, texts: Texts) -> dict[str, Any]:
    return {
        "terms": "terms.yaml",
        "annex": "annex.json",
        "records": [[source, _records_of(source)] for source in sorted(inputs.logs | inputs.intervals)],
        "adjustments": None if texts.adjustments is None else "adjustments.yaml",
        "reported": None if texts.reported is None else "reported.yaml",
        "is_normalised": True,
    }


class _Hashing(io.RawIOBase):
    """Hands on what is written and keeps its SHA-256; whoever opened the target closes it."""

    def __init__(self, target: IO[bytes]) -> None:
        self._target, self._sha256 = target, hashlib.sha256()

    @property
    def digest(self) -> str:
        return self._sha256.hexdigest()

    def writable(self) -> bool:
        return True

    def write(self, data: Any, /) -> int:
        block = bytes(data)
        self._sha256.update(block)
        self._target.write(block)
        return len(block)
