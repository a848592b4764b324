"""A statement's file or a bundle's folder, read strictly: what it says, and the files it was made from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from handfast.cli.inputs import InputFiles
from handfast.cli.writing import read_text
from handfast.kernel.refusal import Refusal

if TYPE_CHECKING:
    from handfast.kernel.servicelevels.terms import Terms

LARGEST_BYTES = 64 * 2**20
MOST_FAULTS = 5


class StatementRefused(Refusal):
    """A file that is no statement, or whose inputs are not those it was computed from."""

    code = "statement-refused"


def _is_path(text: str) -> str:
    if not text or "\0" in text:
        raise ValueError("is no path")
    return text


def _is_id(text: str) -> str:
    if not text.replace("_", "").isalnum() or not text.isascii():
        raise ValueError(f"the source {text!r} is no id")
    return text


PathText = Annotated[str, AfterValidator(_is_path)]
SourceId = Annotated[str, AfterValidator(_is_id)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class _Said(BaseModel):
    """Types as they are written: nothing is turned into something else."""

    model_config = ConfigDict(strict=True, frozen=True)


class _Rows(_Said):
    rows: int
    first_rows: list[int]


class _Imported(_Said):
    """The part of an import report that a statement shows."""

    file: str
    dropped: dict[str, _Rows]
    implausible: dict[str, _Rows]
    undecided_ties: int


class _MadeFrom(_Said):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")
    terms: PathText
    annex: PathText
    records: list[Annotated[list[str], Field(min_length=2, max_length=2)]]
    adjustments: PathText | None
    reported: PathText | None
    is_normalised: bool


class _Envelope(_Said):
    engine: str
    release: str
    host: str
    made_from: _MadeFrom
    imports: list[_Imported] = []


class _Period(_Said):
    name: str


class _Digests(_Said):
    terms: Sha256
    annex: Sha256
    records: dict[SourceId, Sha256]
    adjustments: Sha256 | None
    reported: Sha256 | None


class _Level(_Said):
    id: str
    name: str


class _Body(_Said):
    """What must be there before the body is computed again; then every byte of it is compared."""

    statement: Literal["handfast 1"]
    period: _Period
    as_of: str
    inputs: _Digests
    levels: list[_Level]


class _StatementFile(_Said):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")
    name: Sha256
    body: _Body
    envelope: _Envelope


def read_statement(path: Path) -> dict[str, Any]:
    """A statement file; its name must be the digest of its body."""
    from handfast.kernel.servicelevels.canonical import name_of
    from handfast.kernel.servicelevels.strict_json import read_json

    try:
        found: dict[str, Any] = read_json(read_text(path, most=LARGEST_BYTES))
        _StatementFile.model_validate(found)
        digest = name_of(found["body"])
    except ValidationError as error:
        raise _not_a_statement(path, _faults_of(error)) from error
    except (ValueError, RecursionError) as error:
        raise _not_a_statement(path, str(error)) from error
    if digest != found["name"]:
        raise StatementRefused(
            f"{path}: its body has the SHA-256 {digest}, its name says {found['name']}: it was changed"
        )
    return found


def _not_a_statement(path: Path, said: str) -> StatementRefused:
    return StatementRefused(f"{path}: not a statement that `handfast statement --out` wrote ({said})")


def _faults_of(error: ValidationError) -> str:
    details = error.errors(include_url=False, include_context=False, include_input=False)[:MOST_FAULTS]
    said = (f"{'.'.join(map(str, one['loc'])) or 'the file'}: {one['msg']}" for one in details)
    return "; ".join(said)


def files_of(path: Path) -> tuple[dict[str, Any], InputFiles]:
    """The statement at `path` and the files it was made from: a bundle's own, or those that its envelope names."""
    if path.is_dir():
        return _in_bundle(path)
    found = read_statement(path)
    made, folder = found["envelope"]["made_from"], _real(path).parent
    named = [made["terms"], made["annex"], *(file for _, file in made["records"])]
    named += [made[key] for key in ("adjustments", "reported") if made[key]]
    if len({Path(one).is_absolute() for one in named}) > 1:
        raise StatementRefused(
            f"{path}: some of the paths it was made from are whole and some are not: `handfast statement` "
            "writes them one way"
        )
    files = InputFiles(
        folder / made["terms"],
        folder / made["annex"],
        tuple((source, folder / file) for source, file in made["records"]),
        folder / made["adjustments"] if made["adjustments"] else None,
        folder / made["reported"] if made["reported"] else None,
        is_normalised=made["is_normalised"],
    )
    _check_files(path, files)
    return found, files


def _in_bundle(folder: Path) -> tuple[dict[str, Any], InputFiles]:
    """A bundle's files lie where the layout says, whatever its envelope says."""
    root = _real(folder)
    _check_inside(folder, root, folder / "statement.json")
    found = read_statement(folder / "statement.json")
    # A file that was added counts: whoever put it there must not be met with silence.
    optional = {key: _if_there(folder / f"{key}.yaml") for key in ("adjustments", "reported")}
    digests = found["body"]["inputs"]
    records = tuple((source, folder / "records" / f"{source}.csv") for source in sorted(digests["records"]))
    files = InputFiles(folder / "terms.yaml", folder / "annex.json", records, **optional, is_normalised=True)
    for file in files.paths():
        _check_inside(folder, root, file)
    _check_files(folder, files)
    return found, files


def _if_there(file: Path) -> Path | None:
    return file if file.exists() or file.is_symlink() else None


def _check_inside(folder: Path, root: Path, file: Path) -> None:
    if not _real(file).is_relative_to(root):
        raise StatementRefused(
            f"{file}: a link that leads out of the bundle {folder}: a bundle holds its files"
        )


def _check_files(path: Path, files: InputFiles) -> None:
    for file in files.paths():
        if not file.is_file():
            said = "is no regular file" if file.exists() else "is not there"
            raise StatementRefused(f"{path}: it was made from {file}, which {said}")


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except (RuntimeError, OSError) as error:
        raise StatementRefused(f"{path}: a link that leads nowhere") from error


def check_sources(path: Path, files: InputFiles, terms: Terms) -> None:
    """Refuse a statement made from sources that its terms do not know."""
    known = terms.first.sources
    for source, _ in files.records:
        if source not in known:
            raise StatementRefused(
                f"{path}: it was made from the source {source!r}, which its terms do not have; "
                f"they have: {', '.join(known) or 'none'}"
            )
