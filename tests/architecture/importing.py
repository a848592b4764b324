"""The desk that a deal's records come from: a file of it that was read, and one that was refused."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from tests.operate.month import MAPPING
from tests.records.deal import work

from handfast.foundation.files.staged import staged_from
from handfast.foundation.scope import entered
from handfast.records.actions import add_source, receive_upload

if TYPE_CHECKING:
    from tests.architecture.deals import Deal

    from handfast.records.models import Source

AT = datetime(2026, 4, 16, 9, 12, tzinfo=UTC)
ROWS = (
    ("1", "2026-03-02T09:00:00", "created"),
    ("1", "2026-03-02T10:00:00", "first_reply"),
    ("2", "2026-03-03T09:00:00", "created"),
    ("2", "2026-03-03T15:00:01", "first_reply"),
    ("3", "2026-02-04T09:00:00", "created"),
    ("3", "2026-02-04T10:00:00", "first_reply"),
)


def imported(deal: Deal) -> Source:
    client = deal.actor("client")
    mapping = f"# {deal.said('mapping')}\n{MAPPING}"
    source = add_source(
        client, deal.engagement, key="desk", name=f"Desk {deal.said('source')}", mapping=mapping, at=AT
    )
    named = deal.said("record")
    lines = [
        ",".join((f"{named}-{row[0]}", *row[1:]))
        for row in (*ROWS, *((two.replace("1", "4"), *rest) for two, *rest in ROWS[:1]))
    ]
    bodies = {
        "read": "\n".join(["Ticket,At,Event", *lines]),
        "refused": f"Nothing,{deal.said('refused file')}\n1,2",
    }
    for word, body in bodies.items():
        with staged_from([body.encode() + b"\n"], source.space_id, f"{deal.said(word)}.csv") as (
            staging,
            staged,
        ):
            upload = receive_upload(client, source, staged=staged, at=AT, is_dry_run=False)
            staging.keep()
        work(AT)
        deal.shared["upload" if word == "read" else "refused_upload"] = str(upload.pk)
    with entered(client.reach):
        deal.shared["batch"] = str(source.batches.get().pk)
    return source
