"""The inputs of a statement, gathered from the files that a person names."""

from __future__ import annotations

import os.path
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from handfast.cli.progress import progress
from handfast.cli.writing import CannotRead, read_text, write_whole
from handfast.kernel.document import read_document
from handfast.kernel.refusal import Refusal

if TYPE_CHECKING:
    from handfast.kernel.records.report import ImportReport
    from handfast.kernel.servicelevels.annex import Annex
    from handfast.kernel.servicelevels.statement import Inputs
    from handfast.kernel.servicelevels.terms import Terms


class WhichSource(Refusal):
    """A record file whose source the terms do not settle."""

    code = "which-source"


class WrongInstant(Refusal):
    """An instant on the command line without its offset."""

    code = "wrong-instant"


@dataclass(frozen=True, slots=True)
class InputFiles:
    """The paths a statement was made from, in the order given; `records` are (source, path)."""

    terms: Path
    annex: Path
    records: tuple[tuple[str, Path], ...] = ()
    adjustments: Path | None = None
    reported: Path | None = None
    is_normalised: bool = field(default=False)

    def paths(self) -> list[Path]:
        """Every file, once."""
        named = [self.terms, self.annex, *(path for _, path in self.records), self.adjustments, self.reported]
        return [path for path in named if path is not None]

    def as_plain(self, folder: Path | None) -> dict[str, Any]:
        """The paths relative to the folder of the statement, for its envelope; whole where nobody knows it yet."""

        def shown(path: Path | None) -> str | None:
            if path is None:
                return None
            if folder is None:
                return path.resolve().as_posix()
            return Path(os.path.relpath(path.resolve(), folder.resolve())).as_posix()

        return {
            "terms": shown(self.terms),
            "annex": shown(self.annex),
            "records": [[source, shown(path)] for source, path in self.records],
            "adjustments": shown(self.adjustments),
            "reported": shown(self.reported),
            "is_normalised": self.is_normalised,
        }


@dataclass(frozen=True, slots=True)
class Loaded:
    """Inputs as they were read, and what the reading of each record file left to say."""

    inputs: Inputs
    imports: tuple[ImportReport, ...]


def instant_named(text: str, option: str) -> int:
    """An instant given as an option, in microseconds."""
    from handfast.kernel.written_values import instant_us_of

    try:
        return instant_us_of(text)
    except ValueError as error:
        raise WrongInstant(f"{option} {text!r}: {error}") from error


def load_terms(path: Path) -> Terms:
    from handfast.kernel.servicelevels.terms import read_terms

    return read_terms(read_document(read_text(path), name=str(path)))


def annex_path(terms_path: Path) -> Path:
    """Where the annex lies when nobody names it: beside the terms, as a lock file lies beside its list."""
    return terms_path.with_suffix(".annex.json")


def load_annex(terms: Terms, path: Path, *, compiles: bool) -> Annex:
    """The annex at `path`; only where `compiles` says so, a missing one is compiled, written, and said."""
    from handfast.kernel.servicelevels.annex import AnnexRefused, annex_from, annex_text, compile_annex

    if not path.exists():
        if not compiles:
            raise AnnexRefused(
                f"{path}: there is no such annex: a statement is recomputed by the calendars that it was "
                "computed by, or not at all; ask for its bundle"
            )
        annex = compile_annex(terms)
        write_whole(path, [annex_text(annex).encode()])
        typer.echo(
            f"compiled the calendars once into {path}: keep it with the terms, both sides count by it",
            err=True,
        )
        return annex
    annex = annex_from(read_text(path), name=str(path))
    try:
        annex.check(terms)
    except AnnexRefused as error:
        todo = "a statement's annex is never replaced: terms and annex must be those it was computed from"
        if compiles:
            todo = f"`handfast annex {terms.file_name} --replace` compiles a new one, which both sides then accept"
        raise AnnexRefused(f"{error}; {todo}") from error
    return annex


def sources_of(terms: Terms, arguments: list[str]) -> tuple[tuple[str, Path], ...]:
    """`FILE` or `SOURCE=FILE` as (source, path); a bare FILE only where the terms have one source."""
    known = list(terms.first.sources)
    found = []
    for argument in arguments:
        source, mark, rest = argument.partition("=")
        if mark and source in known:
            found.append((source, Path(rest)))
        elif len(known) == 1:
            found.append((known[0], Path(argument)))
        else:
            raise WhichSource(
                f"{argument}: write SOURCE=FILE, where SOURCE is one of: {', '.join(known) or 'none'}"
            )
    for _, path in found:
        if not path.is_file():
            raise CannotRead(f"{path}: there is no such file")
    return tuple(found)


def load_inputs(
    files: InputFiles, as_of_us: int, terms: Terms | None = None, *, compiles: bool = False
) -> Loaded:
    """Read everything; what one file says wrong is refused by its name and line."""
    from handfast.kernel.servicelevels.adjustments import Adjustments, read_adjustments
    from handfast.kernel.servicelevels.reported import NOTHING_REPORTED, read_reported
    from handfast.kernel.servicelevels.statement import Inputs

    terms = terms or load_terms(files.terms)
    annex = load_annex(terms, files.annex, compiles=compiles)
    adjustments = Adjustments()
    if files.adjustments:
        written = read_document(read_text(files.adjustments), name=str(files.adjustments))
        adjustments = read_adjustments(written, terms)
    reported = NOTHING_REPORTED
    if files.reported:
        reported = read_reported(read_document(read_text(files.reported), name=str(files.reported)), terms)
    batches, imports = _read_records(terms, files, as_of_us)
    logs, intervals = _standing(terms, batches)
    return Loaded(Inputs(terms, annex, as_of_us, logs, intervals, adjustments, reported), tuple(imports))


def load_records(
    terms: Terms, files: InputFiles, as_of_us: int | None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Event logs and interval logs by source; a later file replaces what it repeats."""
    return _standing(terms, _read_records(terms, files, as_of_us)[0])


def _read_records(
    terms: Terms, files: InputFiles, as_of_us: int | None
) -> tuple[dict[str, list[Any]], list[ImportReport]]:
    """The batches of each source in the order given, and the report of each file that is no canonical one."""
    from handfast.kernel.records.readers.canonical_files import read_canonical
    from handfast.kernel.records.readers.reading import read_log

    batches: dict[str, list[Any]] = {}
    imports: list[ImportReport] = []
    for source, path in files.records:
        mapping = terms.first.sources[source]
        if files.is_normalised:
            batches.setdefault(source, []).append(read_canonical(path, mapping, source))
            continue
        with progress(path.name) as on_progress:
            read = read_log(path, mapping, source=source, received_at_us=as_of_us, on_progress=on_progress)
        batches.setdefault(source, []).append(read.log)
        imports.append(read.report)
    return batches, imports


def _standing(terms: Terms, batches: dict[str, list[Any]]) -> tuple[dict[str, Any], dict[str, Any]]:
    from handfast.kernel.records.standing import standing

    logs: dict[str, Any] = {}
    intervals: dict[str, Any] = {}
    for source, read in batches.items():
        kept = read[0] if len(read) == 1 else standing(read)
        (intervals if terms.first.sources[source].kind == "intervals" else logs)[source] = kept
    return logs, intervals
