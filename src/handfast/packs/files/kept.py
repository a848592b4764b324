"""The files of a pack: below the home folder by space, id and form; thrown away, they are written again, the same bytes."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from django.conf import settings

from handfast.foundation.files.staged import remove_old
from handfast.packs.renderings.forms import FORMS

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from handfast.packs.models import Pack
    from handfast.packs.report import Report


def folder_of(space: UUID) -> Path:
    return Path(settings.HANDFAST_HOME) / "packs" / str(space)


def path_of(pack: Pack, form: str) -> Path:
    """Named by the digest too: a file never stands for other facts."""
    return folder_of(pack.space_id) / f"{pack.pk}-{pack.digest[:16]}.{form}"


def kept_content(pack: Pack, form: str) -> bytes | None:
    try:
        return path_of(pack, form).read_bytes()
    except FileNotFoundError:
        return None


def write(pack: Pack, report: Report, form: str) -> bytes:
    """Write one form, whole or not at all, and give its bytes."""
    rendering = FORMS[form].rendering
    content = rendering(report, pack.digest) if rendering else pack.body.encode()
    target = path_of(pack, form)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = target.with_name(f"{uuid4()}.part")
    with part.open("wb") as stream:
        stream.write(content)
        os.fsync(stream.fileno())
    part.replace(target)
    return content


def remove_orphans(space: UUID, packs: Collection[Pack], *, at: datetime) -> int:
    """Remove what no standing pack names, once it is a day old; how many."""
    names = {path_of(one, form).name for one in packs for form in FORMS}
    return remove_old(folder_of(space), names, at=at)
