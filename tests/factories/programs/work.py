"""`work.py FOLDER`: a worker whose handlers mail into a folder and note in the database, until it is ended; it says when it begins."""

from __future__ import annotations

import hashlib
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import django

django.setup()

from handfast.foundation import outbox  # noqa: E402 - after Django is set up
from handfast.foundation.models import Outgoing  # noqa: E402 - as above

# A dead worker's rows are free again soon, so that the test need not wait a minute for each.
outbox.LEASE = timedelta(seconds=2)


def main(folder: Path) -> None:
    """Send each row as a file named by its key, then note it; a kill may fall between the two."""

    def send(task: outbox.Task) -> None:
        name = hashlib.sha256(task.key.encode()).hexdigest()
        (folder / f"{name}.{uuid4().hex}.mail").write_text(task.key)
        time.sleep(0.002)
        noted = Outgoing(
            kind="bell.noted", space_id=task.row.space_id, subject_id=task.subject, key=f"noted:{task.key}",
            due_at=datetime(2100, 1, 1, tzinfo=UTC),
        )  # fmt: skip
        Outgoing.objects.bulk_create([noted], ignore_conflicts=True)

    outbox.HANDLERS["bell.rung"] = send
    print("at work", flush=True)  # noqa: T201 - whoever started it may kill it from now on
    while True:
        if not outbox.work_once(lambda: datetime.now(UTC)):
            time.sleep(0.02)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
