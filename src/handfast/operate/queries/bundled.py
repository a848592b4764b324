"""A statement with everything it was computed from, packed into one file for whoever wants to recompute it."""

from __future__ import annotations

import json
import platform
import tempfile
from contextlib import contextmanager
from importlib.metadata import version
from typing import IO, TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from handfast.kernel.servicelevels.bundle import Texts, write_bundle, yaml_text
from handfast.operate.queries.adjusting import adjustments_written
from handfast.operate.queries.computed import chosen_then, inputs_of
from handfast.operate.queries.reported import reported_under
from handfast.operate.refusals import InputsGone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handfast.kernel.servicelevels.statement import Inputs
    from handfast.kernel.servicelevels.terms import Terms
    from handfast.operate.models import Statement
    from handfast.operate.queries.computed import Chosen

MEDIA_TYPE = "application/zip"
READABLE = 0o644 << 16


def bundle_name(statement: Statement) -> str:
    """How the file, and the folder in it, are called."""
    return f"statement-{statement.period}-revision-{statement.revision}"


def bundled(statement: Statement) -> IO[bytes]:
    """The bundle of a statement as a ZIP file, read from its beginning; the same statement gives the same inputs.

    Raises InputsGone where they are no longer what the statement was computed from, NotSeen where one is out of sight.
    """
    chosen = chosen_then(statement.agreement, statement.inputs, as_of=statement.as_of)
    inputs = inputs_of(chosen)
    body = json.loads(statement.body)
    _check_same(statement, body, inputs)
    target = tempfile.TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    try:
        with ZipFile(target, "w", ZIP_DEFLATED) as packed:

            @contextmanager
            def opened(name: str) -> Iterator[IO[bytes]]:
                entry = ZipInfo(f"{bundle_name(statement)}/{name}")
                entry.compress_type, entry.external_attr = ZIP_DEFLATED, READABLE
                with packed.open(entry, "w", force_zip64=True) as sink:
                    yield sink

            write_bundle(opened, _enveloped(statement, body), inputs, _texts(chosen, inputs.terms))
    except BaseException:
        target.close()
        raise
    target.seek(0)
    return target


def _check_same(statement: Statement, body: dict[str, Any], inputs: Inputs) -> None:
    now, then = inputs.digests(), body["inputs"]
    if changed := [key for key in then if now.get(key) != then[key]]:
        raise InputsGone(
            f"{statement.period}, revision {statement.revision}: these inputs are no longer what it was "
            f"computed from: {', '.join(changed)}; compute the month again"
        )


def _enveloped(statement: Statement, body: dict[str, Any]) -> dict[str, Any]:
    """Body, its name, and outside of the hash who packed it."""
    host = f"{platform.system()} {platform.machine()}, Python {platform.python_version()}"
    envelope = {"engine": "duckdb", "release": version("handfast"), "host": host, "imports": []}
    return {"name": statement.digest, "body": body, "envelope": envelope}


def _texts(chosen: Chosen, terms: Terms) -> Texts:
    adjustments = adjustments_written(chosen.adjustments, terms)
    reported = reported_under(chosen.reported, terms)
    return Texts(
        chosen.terms.text.encode(),
        chosen.terms.annex.encode(),
        yaml_text(adjustments) if adjustments else None,
        yaml_text(reported) if reported else None,
    )
