"""Files for the tests: bytes of every kind, attached by the verb only."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.evidence.talks import thing
from tests.governance.kept import AT

from handfast.evidence.actions import attach_file
from handfast.evidence.files.kept import incoming, looked_through
from handfast.evidence.queries.files import files_seen_by
from handfast.evidence.queries.things import space_for
from handfast.foundation.files.staged import staged_in
from handfast.foundation.scope import entered

if TYPE_CHECKING:
    from pathlib import Path
    from uuid import UUID

    from tests.factories.cast import Cast

    from handfast.evidence.models import File
    from handfast.governance.models import RegisterEntry
    from handfast.people.models import Person

PDF = b"%PDF-1.7\nminutes\n%%EOF\n"


def zipped(*, stored: bool = False, **entries: bytes) -> bytes:
    """A ZIP of these; `__` in a name is a folder, `_` is a point."""
    return packed(
        {key.replace("__", "/").replace("_", "."): data for key, data in entries.items()}, stored=stored
    )


def packed(entries: dict[str, bytes], *, stored: bool = False) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return made.getvalue()


WORD = packed({"[Content_Types].xml": b"<t/>", "word/document.xml": b"<w/>"})


def attached(  # noqa: PLR0913 - what a test may say of a file
    cast: Cast,
    by: Person,
    entry: RegisterEntry,
    content: bytes = PDF,
    name: str = "minutes.pdf",
    *,
    audience: str = "shared",
    sent_as: UUID | None = None,
    minutes: int = 0,
) -> File:
    actor, about = cast.actor(by), thing(cast, by, entry)
    with entered(actor.reach):
        space = space_for(actor, about, audience)
    at = AT + timedelta(minutes=minutes)
    with staged_in(incoming(), [content], name) as (_, staged), looked_through(staged, space.pk) as file:
        return attach_file(actor, space, thing=about, file=file, sent_as=sent_as, at=at)


def named_by(cast: Cast, person: Person, entry: RegisterEntry) -> list[str]:
    """The names of the files that somebody sees beside an entry, the newest first."""
    actor = cast.actor(person)
    with entered(actor.reach):
        return [one.file_name for one in files_seen_by(actor, thing(cast, person, entry))]


def files_below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
