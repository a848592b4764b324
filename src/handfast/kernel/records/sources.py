"""The mapping of one source in a written document that may hold much else."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from pydantic import RootModel

from handfast.kernel.document import parsed
from handfast.kernel.records.mapping import EventsMapping, IntervalsMapping, RecordsMapping, SourceMapping
from handfast.kernel.records.refusals import SourceUnknown

if TYPE_CHECKING:
    from handfast.kernel.document import Document


class OneSource(RootModel[SourceMapping]):
    """What stands under one name of `sources:`."""


def mapping_in(
    document: Document, wanted: str | None
) -> tuple[str, EventsMapping | RecordsMapping | IntervalsMapping]:
    """The name and the mapping of the wanted source, or of the only one."""
    content = document.content
    sources = content.get("sources") if isinstance(content, dict) else None
    if not isinstance(sources, dict) or not sources:
        raise SourceUnknown(
            f"{document.name}: no `sources:`; write the mapping of each source under its name"
        )
    names = list(sources)
    if wanted is None and len(names) > 1:
        raise SourceUnknown(f"{document.name}: several sources; say which with --source: {', '.join(names)}")
    name = wanted or names[0]
    if name not in sources:
        near = difflib.get_close_matches(name, names, n=1, cutoff=0.5)
        hint = f"did you mean {near[0]!r}?" if near else f"there are: {', '.join(names)}"
        raise SourceUnknown(f"{document.name}: no source {name!r}; {hint}")
    return name, parsed(OneSource, document, at=("sources", name)).root
