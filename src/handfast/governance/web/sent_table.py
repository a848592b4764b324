"""The rows that a request sends: carried from the page before, in a file, or pasted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handfast.foundation.files.staged import NoFileSent, path_of
from handfast.governance.reading.tables import MOST_BYTES, read_carried, read_pasted, read_table
from handfast.governance.refusals import TableRefused
from handfast.people.queries import own_space_of

if TYPE_CHECKING:
    from handfast.engagement.models import Engagement
    from handfast.foundation.files.receiving import Receiving
    from handfast.foundation.web.doors import ActorRequest
    from handfast.governance.reading.tables import Table

LONGEST_PASTE = 1_000_000


def table_sent(request: ActorRequest, deal: Engagement, one: Receiving) -> Table:
    """What a page before has read; else the file, where one was chosen; else what was pasted.

    Raises NoFileSent where there is none of them, TableRefused where it is too large or cannot be read.
    """
    if carried := request.POST.get("table", ""):
        return read_carried(carried)
    try:
        staged = one.staged
    except NoFileSent:
        return _pasted(request.POST.get("pasted", ""))
    if staged.size_bytes > MOST_BYTES:
        raise TableRefused(
            f"{staged.file_name}: {staged.size_bytes:,} bytes; at most {MOST_BYTES:,} are read"
        )
    space = own_space_of(request.actor, deal.pk)
    return read_table(path_of(space.pk, staged.name).read_bytes(), staged.file_name)


def _pasted(text: str) -> Table:
    if not text.strip():
        raise NoFileSent("nothing was sent: paste rows, or choose a file (XLSX or CSV)")
    if len(text) > LONGEST_PASTE:
        raise TableRefused(
            f"more than {LONGEST_PASTE:,} characters were pasted: paste fewer rows, or send a file"
        )
    return read_pasted(text)
